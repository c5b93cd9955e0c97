from typing import Any

import pytest

from registry.derivations import transplant
from tests.small_patients import patient

INO = [{"d1_date": "2019-01-01", "d8_given": True, "d8_date": "2019-01-08", "d15_given": False}]


def drug(name: str, purpose: str = "cond", **more: Any) -> dict[str, Any]:
    return {"drug": name, "purpose": purpose} | more


def test_intervals_to_hct_count_from_the_first_and_the_last_dose() -> None:
    someone = patient(ino_cycle=INO, hct={"hct_date": "2019-02-01"})
    assert transplant.first_dose_to_hct(someone) == 31
    assert transplant.last_dose_to_hct(someone) == 24
    assert transplant.last_dose_to_hct(patient(ino_cycle=INO)) is None


@pytest.mark.parametrize(
    ("drugs", "expected"),
    [
        ([drug("tt"), drug("bu"), drug("flu")], True),
        ([drug("bu"), drug("flu"), drug("cy", "ptcy")], False),
        ([drug("bu"), drug("bu")], False),
        ([drug("mel"), drug("other", other_alkylator=True, drug_other="nimustine")], True),
        ([drug("mel"), drug("other", other_alkylator=False, drug_other="venetoclax")], False),
    ],
)
def test_two_different_alkylators_of_the_conditioning_are_dual(drugs: list[dict[str, Any]], expected: bool) -> None:
    assert transplant.dual_alkylators(patient(conditioning_drug=drugs)) is expected


def test_alkylators_are_unknown_without_a_drug_list_unless_irradiation_was_all() -> None:
    assert transplant.dual_alkylators(patient(hct={"tbi": False})) is None
    assert transplant.dual_alkylators(patient(hct={"tbi": True})) is False


@pytest.mark.parametrize(
    ("donor", "group", "matched"),
    [
        ("mrel", "mrel", True),
        ("syn", "mrel", True),
        ("mud", "mud", True),
        ("haplo", "haplo_cb", False),
        ("cb", "haplo_cb", False),
        ("mmud", "other", False),
        ("mmrel", "other", False),
        (None, None, None),
    ],
)
def test_donor_groups(donor: str | None, group: str | None, matched: bool | None) -> None:
    someone = patient(hct={"donor": donor})
    assert transplant.donor_group(someone) == group
    assert transplant.donor_matched(someone) is matched


@pytest.mark.parametrize(("intensity", "expected"), [("mac", True), ("ric", False), ("nma", False), (None, None)])
def test_non_myeloablative_is_grouped_with_reduced_intensity(intensity: str | None, expected: bool | None) -> None:
    assert transplant.myeloablative(patient(hct={"intensity": intensity})) is expected


@pytest.mark.parametrize(
    ("answers", "occurred", "fatal"),
    [
        ({"occurred": True, "outcome": "fatal"}, True, True),
        ({"occurred": True, "outcome": "died"}, True, False),
        ({"occurred": True}, True, None),
        ({"occurred": False}, False, False),
        ({}, None, None),
    ],
)
def test_sos_is_fatal_by_its_outcome(answers: dict[str, Any], occurred: bool | None, fatal: bool | None) -> None:
    someone = patient(sos_vod=answers)
    assert transplant.sos(someone) is occurred
    assert transplant.sos_fatal(someone) is fatal


def test_both_sos_intervals_differ_by_the_interval_to_hct() -> None:
    someone = patient(ino_cycle=INO, hct={"hct_date": "2019-02-01"}, sos_vod={"dx_date": "2019-02-14"})
    assert transplant.hct_to_sos(someone) == 13
    assert transplant.last_dose_to_sos(someone) == 24 + 13


def test_maintenance_is_the_answer_given_once() -> None:
    assert transplant.maintenance(patient(maintenance={"given": True})) is True
    assert transplant.maintenance(patient()) is None


@pytest.mark.parametrize(("day", "onset"), [("2019-02-22", "classical"), ("2019-02-23", "late onset"), (None, None)])
def test_sos_is_classical_until_day_21(day: str | None, onset: str | None) -> None:
    assert transplant.sos_onset(patient(hct={"hct_date": "2019-02-01"}, sos_vod={"dx_date": day})) == onset
