from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from analytics.cohort.build import DERIVATIONS, Cohort, build
from analytics.cohort.columns import COLUMNS
from analytics.cohort.population import PUBLISHED_COHORT, DataState
from tests.small_patients import COMPLETE, forms


def cohort(change: dict[str, Any] | None = None, **options: Any) -> Cohort:
    return build(forms(**{**deepcopy(COMPLETE), **(change or {})}), **options)


def row(found: Cohort) -> dict[str, str]:
    return {name: cells[0] for name, cells in found.data_set.cells.items()}


def left_out(found: Cohort) -> dict[str, int]:
    return dict(found.flow.left_out)


def test_every_column_has_its_derivation() -> None:
    assert set(DERIVATIONS) | {"cutoff_date"} == set(COLUMNS)


def test_a_complete_patient_is_written_as_text() -> None:
    found = row(cohort(cut_off=date(2023, 6, 30)))
    expected = {
        "patient_id": "03-001",
        "centre_no": "3",
        "age": "44",
        "wbc": "5.9",
        "hb": "",
        "cyto_class": "",
        "heavily_pretreated": "1",
        "blina_before": "0",
        "ino_cycles": "1.00",
        "best_resp_ino": "cri",
        "resp_before_hct": "cr",
        "dual_alkylators": "1",
        "donor3": "mud",
        "ino_last_to_hct": "45",
        "sos": "0",
        "sos_fatal": "0",
        "os_days": "365",
        "os_event": "0",
        "ci_days": "344",
        "ci_status": "0",
        "cd22_pos": "1",
        "entry_date": "2019-01-01",
        "cutoff_date": "2023-06-30",
        "response_day": "21",
    }
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"eligibility": {"ball_confirmed": False, "hct_after_ino": True}}, "B-ALL not confirmed"),
        ({"eligibility": {"ball_confirmed": True, "hct_after_ino": False}}, "no allogeneic HCT after INO"),
        ({"eligibility": {}}, "eligibility not answered"),
        ({"hct": {}}, "no date of HCT"),
        ({"patient": {"excluded": True}}, "excluded by the coordinating centre"),
        ({"gvhd": []}, "form missing: gvhd"),
        ({"gvhd": {"state": "in progress"}}, "form in progress: gvhd"),
        ({"prior_treatment": []}, "form missing: prior_treatment"),
        ({"conditioning_drug": []}, "form missing: conditioning_drug"),
        ({"follow_up": []}, "neither follow-up nor death recorded"),
    ],
)
def test_who_is_left_out_has_a_reason(change: dict[str, Any], reason: str) -> None:
    found = cohort(change)
    assert found.data_set.n == 0
    assert left_out(found) == {reason: 1}


def test_locked_forms_count_as_complete() -> None:
    assert cohort({"gvhd": {"agvhd": "0", "state": "locked"}}).data_set.n == 1


def test_lines_are_not_required_in_blast_crisis_nor_drugs_with_irradiation() -> None:
    change = {"diagnosis": {"dx_entity": "cml_lbc"}, "prior_treatment": []}
    assert cohort(change).data_set.n == 1
    assert cohort({"hct": COMPLETE["hct"] | {"tbi": True}, "conditioning_drug": []}).data_set.n == 1


def test_drafts_are_analysed_when_all_states_are_asked_for() -> None:
    draft = {"gvhd": {"state": "in progress"}}
    assert cohort(draft, data_state=DataState.ALL).data_set.n == 1


def test_a_patient_whose_forms_are_all_signed_is_analysed_when_signatures_are_asked_for() -> None:
    signed = {form: _signed(answers) for form, answers in COMPLETE.items()}
    assert cohort(signed, data_state=DataState.SIGNED).data_set.n == 1
    found = cohort(signed | {"gvhd": COMPLETE["gvhd"]}, data_state=DataState.SIGNED)
    assert left_out(found) == {"form not signed: gvhd": 1}


def _signed(answers: Any) -> Any:
    return [_signed(each) for each in answers] if isinstance(answers, list) else answers | {"signed": True}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"hct": COMPLETE["hct"] | {"hct_date": "2018-12-01"}}, "not usable: Last INO dose to HCT"),
        ({"follow_up": []}, "missing: First INO dose to death or last contact"),
        ({"baseline": {"wbc": "-5", "wbc_unit": "e9"}}, "not usable: White blood cells, 10^9/L"),
    ],
)
def test_a_draft_that_no_analysis_can_use_is_left_out_and_stops_nothing(change: dict[str, Any], reason: str) -> None:
    found = cohort(change, data_state=DataState.ALL)
    assert found.data_set.n == 0
    assert left_out(found) == {reason: 1}


@pytest.mark.parametrize(("first_dose", "n"), [("2016-01-01", 1), ("2015-12-31", 0), ("2022-12-31", 1)])
def test_the_published_cohort_has_a_window_of_the_first_dose(first_dose: str, n: int) -> None:
    one_dose = {"cycle_no": 1, "d1_date": first_dose, "d8_given": False, "d15_given": False}
    change = {
        "ino_cycle": [one_dose],
        "hct": COMPLETE["hct"] | {"hct_date": "2023-01-31"},
        "follow_up": [{"visit_date": "2023-05-01", "alive": True}],
    }
    assert cohort(change, population=PUBLISHED_COHORT).data_set.n == n
    assert cohort(change).data_set.n == 1


def test_the_flow_goes_from_enrolment_to_the_analysis(reference: Cohort) -> None:
    steps = [(step.title, step.n) for step in reference.flow.steps]
    assert steps[0] == ("enrolled", 58)
    assert steps[-1] == ("in the analysis", 58)
    assert [title for title, _ in steps[1:-1]] == [
        "eligible",
        "allogeneic HCT done",
        "not excluded",
        "all required forms complete",
    ]


def test_patients_stand_in_the_order_of_their_numbers_whatever_the_order_of_the_rows() -> None:
    both = forms("07-002", **COMPLETE)
    for form, rows in forms("03-001", **COMPLETE).items():
        both[form] = both[form] + rows
    assert build(both).data_set.cells["patient_id"] == ("03-001", "07-002")


def test_cycles_are_read_in_the_order_of_their_numbers() -> None:
    given = forms(**COMPLETE)
    given["ino_cycle"] = list(reversed(forms(ino_cycle=[{"cycle_no": 1}, {"cycle_no": 2}])["ino_cycle"]))
    given["ino_cycle"][1] |= COMPLETE["ino_cycle"][0]
    assert build(given).data_set.cells["resp_c1"] == ("cr",)


def test_a_misspelt_field_is_not_taken_for_a_missing_answer() -> None:
    given = forms(**COMPLETE)
    del given["sos_vod"][0]["occurred"]
    with pytest.raises(KeyError):
        build(given)


def test_the_times_of_the_reference_cohort_are_those_solved_for_it(reference: Cohort) -> None:
    data = reference.data_set
    in_total = data.numbers("ino_last_to_hct") + data.numbers("hct_to_sos")
    with_sos = data.flag("sos")
    assert (in_total[with_sos] == data.numbers("ino_last_to_sos")[with_sos]).all()
    assert with_sos.sum() == 17
