"""The vectors of the CRF definitions, section 3.2, the risk factors of 3.4, and what a missing item leaves open."""

import datetime as dt
from typing import Any

import pytest

from registry.derivations.patient import Patient
from registry.derivations.sos_risk import risk_factors
from registry.derivations.sos_severity import SosSeverity, severity
from tests.small_patients import patient

DIAGNOSED = dt.date(2019, 3, 13)
WITHOUT_RISK = {
    "hct_date": "2019-03-01",
    "hct_no": 1,
    "status": "cr",
    "donor": "mrel",
    "intensity": "ric",
    "tbi": False,
    "kps": "100",
    "liver_disease": "0",
    "bili": "0.7",
    "bili_unit": "mgdl",
    "alt": "30",
    "alt_uln": "40",
    "creat": "0.8",
    "creat_unit": "mgdl",
}
TWO_RISK_FACTORS = {"donor": "mud", "kps": "80"}
NO_ORGAN = {"mod_organs": ["none"], "bili_doubled": "0", "bili_unit": "mgdl", "creat_unit": "mgdl"}


def items(days: int, bili: str, alt_x: str, weight: str, creat_x: str | None = None, **more: Any) -> dict[str, Any]:
    """The items in the words of the vectors: transaminases in multiples of 40 U/L, creatinine of 0.8 mg/dL."""
    return {
        "symptom_date": str(DIAGNOSED - dt.timedelta(days)),
        "bili_max": bili,
        "alt_max": str(float(alt_x) * 40),
        "weight_gain": weight,
        "creat_max": None if creat_x is None else str(float(creat_x) * 0.8),
    } | more


def someone(sos: dict[str, Any], **hct: Any) -> Patient:
    return patient(
        hct=WITHOUT_RISK | hct,
        sos_vod={"occurred": True, "dx_date": str(DIAGNOSED)} | NO_ORGAN | sos,
        prior_treatment=[{"line_no": 1, "setting": "first", "relapsed_after": "1"}],
        conditioning_drug=[{"drug": "flu", "purpose": "cond"}, {"drug": "mel", "purpose": "cond"}],
    )


def graded(sos: dict[str, Any], **hct: Any) -> SosSeverity:
    return severity(someone(sos, **hct))


MILD_ITEMS = items(8, "2.5", "1.5", "4", "1.0")
MODERATE_ITEMS = items(6, "3.5", "1.5", "6", "1.0")


@pytest.mark.parametrize(
    ("sos", "hct", "expected"),
    [
        (MILD_ITEMS, {}, 1),
        (MILD_ITEMS, TWO_RISK_FACTORS, 2),
        (MODERATE_ITEMS, {}, 2),
        (MODERATE_ITEMS, TWO_RISK_FACTORS, 3),
        (items(3, "2.5", "1.0", "6", "1.0"), {}, 3),
        (items(8, "2.2", "6", "3", bili_doubled="1"), {}, 3),
        (items(8, "9", "1", "11", "1.0"), {}, 4),
        (items(8, "9", "1", "3", "1.0"), {}, 1),
        (MILD_ITEMS | {"mod_organs": ["renal"]}, {}, 4),
        ({"bili_max": "2.5"}, {}, None),
    ],
)
def test_the_vectors_of_the_definitions(sos: dict[str, Any], hct: dict[str, Any], expected: int | None) -> None:
    assert graded(sos, **hct).grade == expected


@pytest.mark.parametrize(
    ("bilirubin", "unit", "expected"),
    [("34", "umol", 1), ("51", "umol", 2), ("85", "umol", 3), ("136", "umol", 4), ("50.9", "umol", 1),
     ("3", "mgdl", 2), ("5", "mgdl", 3), ("8", "mgdl", 4)],
)  # fmt: skip
def test_bilirubin_is_graded_in_the_unit_of_entry(bilirubin: str, unit: str, expected: int) -> None:
    # With transaminases above 8 x ULN bilirubin alone decides what two items reach.
    assert graded({"bili_max": bilirubin, "bili_unit": unit, "alt_max": "400"}).grade == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(0, 3), (4, 3), (5, 2), (7, 2), (8, 1)]
)  # fmt: skip
def test_the_time_from_the_first_symptom(days: int, expected: int) -> None:
    assert graded(items(days, "1.0", "9", "0") | {"weight_gain": None}).grade == expected


@pytest.mark.parametrize(("ratio", "expected"), [("2", 1), ("2.1", 2), ("5", 2), ("5.1", 3), ("8", 3), ("8.1", 4)])
def test_transaminases_are_multiples_of_the_upper_limit(ratio: str, expected: int) -> None:
    assert graded({"bili_max": "9", "alt_max": str(float(ratio) * 40)}).grade == expected


@pytest.mark.parametrize(
    ("highest", "unit", "expected"),
    [("0.95", "mgdl", 1), ("0.96", "mgdl", 2), ("1.2", "mgdl", 3), ("1.6", "mgdl", 4), ("141.44", "umol", 4)],
)
def test_creatinine_is_a_multiple_of_the_baseline_each_in_its_unit(highest: str, unit: str, expected: int) -> None:
    assert graded({"bili_max": "9", "creat_max": highest, "creat_unit": unit}).grade == expected


@pytest.mark.parametrize(("gain", "expected"), [("4.9", 1), ("5", 2), ("9.9", 2), ("10", 4)])
def test_weight_gain_without_another_severe_item(gain: str, expected: int) -> None:
    with_moderate = {"bili_max": "4.9", "weight_gain": gain}
    assert graded(with_moderate).grade == min(expected, 2)
    assert graded(with_moderate | {"bili_max": "9"}).grade == {1: 1, 2: 3, 4: 4}[expected]


def test_bilirubin_below_the_table_reaches_no_class() -> None:
    assert graded({"bili_max": "1.9", "weight_gain": "3"}).grade is None


def test_severe_is_not_raised_by_risk_factors() -> None:
    assert graded(items(3, "2.5", "1.0", "6", "1.0"), **TWO_RISK_FACTORS).grade == 3


def test_one_risk_factor_does_not_raise_the_grade() -> None:
    assert graded(MILD_ITEMS, donor="mud").grade == 1


def test_the_words_say_which_items_decide() -> None:
    assert graded(MODERATE_ITEMS, **TWO_RISK_FACTORS).why == (
        "moderate by 6 days from first symptom to diagnosis; bilirubin 3.5 mg/dL; weight gain 6 %; "
        "one class higher for risk factors: unrelated donor, Karnofsky below 90"
    )
    assert graded(MILD_ITEMS | {"mod_organs": ["resp", "renal"]}).why == "multi-organ dysfunction (respiratory, renal)"


def test_a_grade_is_certain_only_if_no_missing_item_could_change_it() -> None:
    assert graded(MILD_ITEMS).is_certain is True
    assert graded(MILD_ITEMS | {"creat_max": None}).is_certain is False
    assert graded(MILD_ITEMS | {"mod_organs": None}).is_certain is False
    assert graded(MILD_ITEMS | {"creat_max": None, "mod_organs": ["cns"]}).is_certain is True


def test_an_unknown_risk_factor_matters_only_where_it_could_raise_the_grade() -> None:
    assert graded(MILD_ITEMS, kps=None).is_certain is True
    assert graded(MILD_ITEMS, kps=None, donor="mud").is_certain is False
    assert graded(MILD_ITEMS, kps=None, donor="mmud").is_certain is True


@pytest.mark.parametrize(
    ("hct", "factors"),
    [
        ({}, []),
        ({"donor": "mmud"}, ["unrelated donor", "HLA mismatch"]),
        ({"donor": "haplo"}, ["HLA mismatch"]),
        ({"intensity": "mac"}, ["myeloablative conditioning"]),
        ({"tbi": True}, ["total body irradiation"]),
        ({"hct_no": 2}, ["second or later allo-HCT"]),
        ({"kps": "90"}, []),
        ({"kps": "80"}, ["Karnofsky below 90"]),
        ({"status": "pr"}, ["not in first or second CR"]),
        ({"alt": "100"}, []),
        ({"alt": "101"}, ["ALT above 2.5 x ULN"]),
        ({"bili": "1.8"}, []),
        ({"bili": "31", "bili_unit": "umol"}, ["bilirubin above 1.5 x ULN"]),
        ({"liver_disease": "1"}, ["liver disease"]),
    ],
)
def test_risk_factors(hct: dict[str, Any], factors: list[str]) -> None:
    assert [factor.words for factor in risk_factors(someone({}, **hct)) if factor.holds] == factors


def test_busulfan_and_a_third_remission_are_risk_factors() -> None:
    twice = [{"line_no": 1, "setting": "first", "relapsed_after": "1"}] * 2
    cml = [{"line_no": 1, "setting": "antecedent", "relapsed_after": "1"}] * 2
    busulfan = [{"drug": "bu", "purpose": "cond"}]

    def present(lines: list[dict[str, Any]]) -> list[str]:
        found = risk_factors(patient(hct=WITHOUT_RISK, prior_treatment=lines, conditioning_drug=busulfan))
        return [factor.words for factor in found if factor.holds]

    assert present(twice) == ["busulfan", "not in first or second CR"]
    assert present(cml) == ["busulfan"]


def test_every_risk_factor_is_unknown_where_nothing_is_entered() -> None:
    assert {factor.holds for factor in risk_factors(patient(prior_treatment=[{"setting": "first"}]))} == {None}
