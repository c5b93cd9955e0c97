"""The vectors of the CRF definitions, section 3.1, and what a missing item leaves open."""

import datetime as dt
from typing import Any

import pytest

from registry.derivations.patient import Patient
from registry.derivations.sos_criteria import Assessment, assess, histology
from tests.small_patients import patient

TRANSPLANT = dt.date(2019, 3, 1)
PAINFUL = {"hepatomegaly": "1", "ruq_pain": "1"}
NOTHING = {
    "occurred": True,
    "bili_dx": "1.0",
    "bili_unit": "mgdl",
    "hepatomegaly": "0",
    "ruq_pain": "0",
    "weight_gain": "0",
    "ascites": "0",
    "doppler": "nd",
    "elastography": "nd",
    "biopsy": "nd",
    "other_cause_excluded": True,
}

VECTORS = [
    ("day 12 bili 2.4 painful hepatomegaly wt +6 %", 12, {"bili_dx": "2.4", "weight_gain": "6"} | PAINFUL,
     "yes", "yes", "classical", "clinical"),
    ("day 12 bili 1.6 painful hepatomegaly wt +6 %", 12, {"bili_dx": "1.6", "weight_gain": "6"} | PAINFUL,
     "yes", "no", "no", "probable"),
    ("day 12 bili 2.0 hepatomegaly without pain wt +3 %", 12,
     {"bili_dx": "2.0", "hepatomegaly": "1", "weight_gain": "3"}, "yes", "no", "no", "no"),
    ("day 12 bili 2.1 hepatomegaly without pain wt +3 %", 12,
     {"bili_dx": "2.1", "hepatomegaly": "1", "weight_gain": "3"}, "yes", "no", "no", "no"),
    ("day 21 bili 2.0 ascites wt +5.1 %", 21, {"bili_dx": "2.0", "ascites": "1", "weight_gain": "5.1"},
     "no", "yes", "classical", "clinical"),
    ("day 21 bili 2.0 ascites wt +5.0 %", 21, {"bili_dx": "2.0", "ascites": "1", "weight_gain": "5.0"},
     "no", "no", "no", "probable"),
    ("day 27 bili 1.5 ascites wt +7 % Doppler +", 27,
     {"bili_dx": "1.5", "ascites": "1", "weight_gain": "7", "doppler": "pos"}, "no", "no", "late onset", "probable"),
    ("day 27 bili 1.5 ascites wt +7 % no Doppler", 27, {"bili_dx": "1.5", "ascites": "1", "weight_gain": "7"},
     "no", "no", "no", "probable"),
    ("day 34 bili 3.0 ascites wt +7 %", 34, {"bili_dx": "3.0", "ascites": "1", "weight_gain": "7"},
     "no", "no", "late onset", "clinical"),
    ("day 40 biopsy proven only", 40, {"biopsy": "pos"}, "no", "no", "late onset", "proven"),
    ("day 9 HVPG 14 mmHg, bili 1.8, wt +3 %", 9, {"hvpg": "14", "bili_dx": "1.8", "weight_gain": "3"},
     "no", "no", "no", "proven"),
    ("day 10 wt +6 % and elastography +, bili 1.0", 10, {"weight_gain": "6", "elastography": "pos"},
     "no", "no", "no", "probable"),
    ("day 10 bili 6 ascites wt +8 %, other cause not excluded", 10,
     {"bili_dx": "6", "ascites": "1", "weight_gain": "8", "other_cause_excluded": False}, "no", "no", "no", "no"),
]  # fmt: skip


def with_items(day: int | None, items: dict[str, Any]) -> Patient:
    diagnosed = None if day is None else str(TRANSPLANT + dt.timedelta(day))
    return patient(hct={"hct_date": str(TRANSPLANT)}, sos_vod=NOTHING | {"dx_date": diagnosed} | items)


def assessed(criteria: str, day: int | None, **items: Any) -> Assessment:
    return assess(with_items(day, items))[criteria]


def shown(assessment: Assessment) -> str:
    return assessment.kind or {True: "yes", False: "no", None: "not assessable"}[assessment.is_met]


@pytest.mark.parametrize(("words", "day", "items", *("seattle", "baltimore", "ebmt2016", "ebmt2023")), VECTORS)
def test_the_vectors_of_the_definitions(
    words: str, day: int, items: dict[str, Any], seattle: str, baltimore: str, ebmt2016: str, ebmt2023: str
) -> None:
    found = {name: shown(assessment) for name, assessment in assess(with_items(day, items)).items()}
    expected = {"seattle": seattle, "baltimore": baltimore, "ebmt2016": ebmt2016, "ebmt2023": ebmt2023}
    assert found == expected, words


@pytest.mark.parametrize(
    ("value", "seattle", "baltimore"),
    [("34", False, True), ("33.9", False, False), ("34.1", True, True)],
)
def test_bilirubin_is_compared_in_the_unit_of_entry(value: str, seattle: bool, baltimore: bool) -> None:
    items = {"bili_dx": value, "bili_unit": "umol"}
    assert assessed("seattle", 10, hepatomegaly="1", **items).is_met is seattle
    assert assessed("baltimore", 10, ascites="1", weight_gain="6", **items).is_met is baltimore


@pytest.mark.parametrize(("criteria", "last"), [("seattle", 20), ("baltimore", 21)])
def test_the_window_includes_its_last_day(criteria: str, last: int) -> None:
    items = {"bili_dx": "3", "weight_gain": "6"} | PAINFUL
    assert assessed(criteria, last, **items).is_met is True
    late = assessed(criteria, last + 1, **items)
    assert (late.is_met, late.why) == (False, f"day {last + 1} is after day {last}")


def test_baltimore_takes_hepatomegaly_without_pain() -> None:
    items = {"bili_dx": "2.5", "hepatomegaly": "1", "weight_gain": "6"}
    assert assessed("baltimore", 10, **items).is_met is True
    assert assessed("ebmt2016", 10, **items).is_met is False


def test_a_biopsy_does_not_make_a_classical_ebmt_2016() -> None:
    assert assessed("ebmt2016", 21, biopsy="pos").is_met is False
    assert assessed("ebmt2016", 22, biopsy="pos").kind == "late onset"


def test_pressure_is_evidence_of_late_onset_and_elastography_is_not() -> None:
    signs = {"ascites": "1", "weight_gain": "7"}
    assert assessed("ebmt2016", 30, hvpg="10", **signs).is_met is True
    assert assessed("ebmt2016", 30, hvpg="9.9", **signs).is_met is False
    assert assessed("ebmt2016", 30, elastography="pos", **signs).is_met is False


@pytest.mark.parametrize(("ascites", "expected"), [("1", True), (None, None)])
def test_a_missing_item_leaves_a_set_open_unless_the_others_decide(ascites: str | None, expected: bool | None) -> None:
    found = assessed("baltimore", 10, bili_dx="2.5", weight_gain="6", ascites=ascites)
    assert found.is_met is expected


def test_a_missing_item_does_not_matter_where_the_set_fails_anyway() -> None:
    found = assessed("baltimore", 10, bili_dx="1.5", ascites=None)
    assert found.verdict == "not met"
    assert "bilirubin 1.5 mg/dL is below 2" in str(found.why)


def test_why_names_what_is_not_known() -> None:
    found = assessed("seattle", 10, bili_dx=None, weight_gain="3")
    assert found.verdict == "not assessable"
    assert found.why == (
        "1 of the signs, 2 needed (bilirubin at diagnosis is not known, "
        "neither hepatomegaly nor right upper quadrant pain, weight gain of 3 % is above 2 %)"
    )


def test_without_the_day_only_what_does_not_depend_on_it_is_assessed() -> None:
    items = {"bili_dx": "2.5", "ascites": "1", "weight_gain": "6"}
    assert assessed("baltimore", None, **items).is_met is None
    assert assessed("ebmt2016", None, **items).is_met is True
    assert assessed("ebmt2016", None, biopsy="pos").is_met is None
    assert assessed("ebmt2023", None, **items).kind == "clinical"


@pytest.mark.parametrize(("reason", "expected"), [("ND", False), ("NA", False), ("UNK", None), ("PEND", None)])
def test_what_was_not_done_is_no_evidence_and_what_is_not_known_leaves_open(reason: str, expected: bool | None) -> None:
    for field in ("hvpg", "doppler"):
        items = {field: None, "missing": {field: reason}, "weight_gain": "6"}
        assert assessed("ebmt2023", 10, **items).is_met is expected


def test_all_sets_need_other_causes_excluded() -> None:
    items = {"bili_dx": "6", "ascites": "1", "weight_gain": "8"}
    for is_excluded, expected in ((False, False), (None, None)):
        found = assess(with_items(10, items | {"other_cause_excluded": is_excluded}))
        assert {assessment.is_met for assessment in found.values()} == {expected}


def test_nothing_is_assessable_without_the_form() -> None:
    assert {found.verdict for found in assess(patient()).values()} == {"not assessable"}


@pytest.mark.parametrize(("biopsy", "expected"), [("pos", True), ("neg", False), ("nd", False), (None, None)])
def test_histology_is_the_biopsy(biopsy: str | None, expected: bool | None) -> None:
    assert histology(with_items(10, {"biopsy": biopsy})).is_met is expected
