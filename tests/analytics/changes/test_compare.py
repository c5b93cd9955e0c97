"""What changed between two snapshots: the answers, and what they did to the numbers."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

from analytics.changes.compare import Comparison, PatientChanges, compare
from analytics.changes.effects import Effect
from analytics.cohort.population import DataState
from analytics.reports.content import Source
from tests.analytics import reference_cohort

Forms = dict[str, list[dict[str, Any]]]
AUTHOR = {"name": "datamanager-01", "reason": "read the source again"}


def source(forms: Forms) -> Source:
    return Source(forms, DataState.COMPLETE, reference_cohort.CUT_OFF, dt.datetime(2023, 7, 1, tzinfo=dt.UTC))


def compared(edit: Callable[[Forms], None], authors: Any = None) -> Comparison:
    before = reference_cohort.forms()
    after = copy.deepcopy(before)
    edit(after)
    return compare(source(before), source(after), authors or {})


def row(forms: Forms, form: str, patient: str) -> dict[str, Any]:
    return next(each for each in forms[form] if each["patient_id"] == patient)


def effects(patient: PatientChanges) -> dict[str, Effect]:
    return {effect.label: effect for effect in patient.effects or ()}


def shown(answer: PatientChanges) -> list[tuple[Any, ...]]:
    return [(each.change.form, each.change.field, each.change.old, each.change.new) for each in answer.changes]


def test_a_change_near_no_outcome_is_told_with_who_made_it_and_has_no_effect() -> None:
    def correct(forms: Forms) -> None:
        row(forms, "baseline", "01-001")["hb"] = "9.1"

    found = compared(correct, {("01-001", "baseline", 0, "hb"): AUTHOR})
    (patient,) = found.patients
    ((form, field, _, new),) = shown(patient)
    assert (form, field, new) == ("baseline", "hb", "9.1")
    assert patient.changes[0].author == AUTHOR
    assert patient.effects == ()
    assert found.total == ()


def move_an_early_death(forms: Forms) -> None:
    """A death of SOS/VOD happens a year later."""
    patient = next(each["patient_id"] for each in forms["death"] if each["cause"] == "sos")
    death = row(forms, "death", patient)
    death["death_date"] = str(dt.date.fromisoformat(death["death_date"]) + dt.timedelta(days=365))


def test_the_effect_of_the_only_change_is_the_whole_difference_between_the_two() -> None:
    found = compared(move_an_early_death)
    (patient,) = found.patients
    moved = effects(patient)["Overall survival at 12 months"]
    assert moved.without is not None
    assert moved.with_it is not None
    assert moved.with_it["value"] > moved.without["value"]
    assert patient.effects == found.total


def test_the_changes_of_two_patients_are_told_apart() -> None:
    def edit(forms: Forms) -> None:
        move_an_early_death(forms)
        row(forms, "baseline", "01-001")["hb"] = "9.1"

    (near_no_outcome, moved) = sorted(compared(edit).patients, key=lambda patient: bool(patient.effects))
    assert near_no_outcome.patient == "01-001"
    assert (near_no_outcome.effects, bool(moved.effects)) == ((), True)


def test_a_new_patient_is_told_as_new_and_as_entering_the_analysis() -> None:
    before = reference_cohort.forms()
    newcomer = "01-001"
    without = {form: [each for each in rows if each.get("patient_id") != newcomer] for form, rows in before.items()}
    (patient,) = compare(source(without), source(before), {}).patients
    assert (patient.patient, patient.is_new, patient.enters_analysis) == (newcomer, True, True)
    assert effects(patient)["Patients"].without["value"] == 57
    assert effects(patient)["Patients"].with_it["value"] == 58


def test_a_form_that_goes_back_to_in_progress_takes_the_patient_out_of_the_analysis() -> None:
    def reopen(forms: Forms) -> None:
        row(forms, "hct", "01-001")["state"] = "in progress"

    (patient,) = compared(reopen).patients
    assert patient.leaves_analysis
    assert ("hct", "state", "complete", "in progress") in shown(patient)


def test_a_missing_reason_stands_for_the_value_and_a_deleted_record_tells_what_it_held() -> None:
    def edit(forms: Forms) -> None:
        baseline = row(forms, "baseline", "01-001")
        baseline["wbc"], baseline["missing"] = None, {**baseline["missing"], "wbc": "ND"}
        forms["relapse"] = [each for each in forms["relapse"] if each["patient_id"] != "01-001"]

    (patient,) = compared(edit).patients
    assert ("baseline", "wbc", row(reference_cohort.forms(), "baseline", "01-001")["wbc"], "missing: ND") in shown(
        patient
    )
    assert ("relapse", "rel_date", row(reference_cohort.forms(), "relapse", "01-001")["rel_date"], None) in shown(
        patient
    )
