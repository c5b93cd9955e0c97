from datetime import date
from typing import Any

import pytest

from registry.derivations import response
from registry.derivations.patient import Patient
from tests.small_patients import patient


def cycles(*responses: tuple[str | None, str | None], **hct: Any) -> Patient:
    given = [
        {"cycle_no": number, "resp_assessed": found is not None, "resp": found, "resp_date": day}
        for number, (found, day) in enumerate(responses, start=1)
    ]
    return patient(ino_cycle=given, hct=hct)


@pytest.mark.parametrize(
    ("found", "expected"),
    [("cr", "cr"), ("cri", "cr"), ("pr", "pr"), ("rd", "rd"), ("pd", "pd"), ("ne", None), (None, None)],
)
def test_the_response_after_cycle_1_counts_cri_as_cr(found: str | None, expected: str | None) -> None:
    assert response.response_after_first_cycle(cycles((found, "2019-01-20"))) == expected


def test_a_response_after_cycle_2_is_none_after_cycle_1() -> None:
    assert response.response_after_first_cycle(cycles((None, None), ("cr", "2019-02-10"))) is None


def test_the_best_response_is_the_best_of_all_cycles() -> None:
    someone = cycles(("pr", "2019-01-20"), ("cri", "2019-02-10"), ("rd", "2019-03-01"))
    assert response.best_response(someone) == "cri"
    assert response.is_responder(someone) is True


def test_partial_remission_is_no_responder_and_no_response_is_unknown() -> None:
    assert response.is_responder(cycles(("pr", "2019-01-20"))) is False
    assert response.is_responder(cycles(("ne", "2019-01-20"))) is None


def test_the_first_remission_is_the_earliest_date_with_cr_or_cri() -> None:
    someone = cycles(("pr", "2019-01-20"), ("cri", "2019-02-10"), ("cr", "2019-03-01"))
    assert response.first_remission(someone) == date(2019, 2, 10)
    assert response.first_remission(cycles(("rd", "2019-01-20"))) is None


def test_relapse_between_ino_and_hct_is_kept_apart_although_in_remission_at_hct() -> None:
    ino = [{"cycle_no": 1, "resp_assessed": True, "resp": "cr", "resp_date": "2019-01-20"}]
    hct = {"hct_date": "2019-05-01", "status": "cr"}
    relapsed = [{"rel_date": "2019-03-01", "rel_type": "marrow"}]
    someone = patient(ino_cycle=ino, hct=hct, relapse=relapsed)
    assert response.response_before_hct(someone) == "rel"
    assert response.in_remission_at_hct(someone) is True


@pytest.mark.parametrize(
    "relapse", [{"rel_date": "2019-03-01", "rel_type": "mol"}, {"rel_date": "2019-06-01", "rel_type": "marrow"}]
)
def test_molecular_relapse_or_relapse_after_hct_does_not_change_the_response_before(relapse: dict[str, str]) -> None:
    ino = [{"cycle_no": 1, "resp_assessed": True, "resp": "cr", "resp_date": "2019-01-20"}]
    someone = patient(ino_cycle=ino, hct={"hct_date": "2019-05-01", "status": "cri"}, relapse=[relapse])
    assert response.response_before_hct(someone) == "cr"


@pytest.mark.parametrize(("status", "expected"), [("pr", "pr"), ("rd", "rd"), ("rel", "rel"), (None, None)])
def test_otherwise_the_response_before_hct_is_the_status(status: str | None, expected: str | None) -> None:
    assert response.response_before_hct(patient(hct={"status": status})) == expected


def test_mrd_before_hct_is_that_of_the_hct_form() -> None:
    assert response.mrd_before_hct(patient(hct={"status": "cr", "mrd_done": True, "mrd_result": "dnq"})) == "dnq"


def test_mrd_before_hct_falls_back_to_the_last_result_since_remission() -> None:
    ino = [
        {"cycle_no": 1, "resp": "pr", "resp_date": "2019-01-20", "mrd_done": True, "mrd_date": "2019-01-20"}
        | {"mrd_result": "pos"},
        {"cycle_no": 2, "resp": "cr", "resp_date": "2019-02-10", "mrd_done": True, "mrd_date": "2019-02-10"}
        | {"mrd_result": "neg"},
    ]
    hct = {"status": "cr", "mrd_done": False}
    assert response.mrd_before_hct(patient(ino_cycle=ino, hct=hct)) == "neg"
    assert response.mrd_before_hct(patient(ino_cycle=ino[:1], hct=hct)) is None


def test_a_result_from_before_the_remission_is_no_mrd_before_hct() -> None:
    ino = [
        {"cycle_no": 1, "resp": "pr", "resp_date": "2019-01-20", "mrd_done": True, "mrd_date": "2019-01-20"}
        | {"mrd_result": "pos"},
        {"cycle_no": 2, "resp": "cr", "resp_date": "2019-02-10", "mrd_done": False},
    ]
    assert response.mrd_before_hct(patient(ino_cycle=ino, hct={"status": "cr", "mrd_done": False})) is None


def test_no_mrd_before_hct_out_of_remission() -> None:
    assert response.mrd_before_hct(patient(hct={"status": "pr", "mrd_done": True, "mrd_result": "pos"})) is None
