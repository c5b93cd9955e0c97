"""Saving a form: drafts pass, completion names every fault, nobody overwrites anybody."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.create_patient import create_patient
from registry.actions.delete_record import delete_record
from registry.actions.errors import NotComplete, ReasonNeeded, StaleVersion
from registry.actions.save_record import save_record
from registry.models import AuditEntry, Baseline, CrfForm, Cytogenetics, Diagnosis, InoCycle, Patient
from tests.registry.actions.conftest import baseline, cycle

pytestmark = pytest.mark.django_db


def test_patients_of_a_centre_are_numbered_one_after_the_other(people, anna, patient):
    second = create_patient(Patient(centre=people.baltimore), by=anna).record
    assert (patient.number, second.number) == ("03-001", "03-002")


def test_a_draft_may_be_empty(anna, patient):
    saved = save_record(baseline(patient), by=anna)
    assert (saved.record.state, saved.faults) == (CrfForm.State.IN_PROGRESS, ())


def test_a_form_begun_by_somebody_else_in_the_same_moment_is_not_overwritten(anna, patient, monkeypatch):
    save_record(baseline(patient, ecog="1"), by=anna)
    monkeypatch.setattr("registry.actions.save_record.clean", lambda record: None)  # neither has seen the other yet
    with pytest.raises(StaleVersion) as refused:
        save_record(baseline(patient, ecog="2"), by=anna)
    assert refused.value.stored.ecog == "1"


def test_completion_names_all_faults_at_once_and_keeps_the_draft(anna, patient):
    saved = save_record(baseline(patient, hb=Decimal(300), hb_unit="gdl"), by=anna, complete=True)
    assert saved.record.state == CrfForm.State.IN_PROGRESS
    assert {fault.places[0].field for fault in saved.faults} >= {"rr_date", "lab_date", "ecog", "wbc", "plt", "hb"}
    assert Baseline.objects.get().hb == 300


def test_a_value_is_judged_in_its_standard_unit(anna, patient):
    saved = save_record(baseline(patient, hb=Decimal(118), hb_unit="gl"), by=anna, complete=True)
    assert "hb" not in {fault.places[0].field for fault in saved.faults}


def test_a_missing_reason_answers_an_item_that_allows_it(anna, patient):
    saved = save_record(baseline(patient, missing={"wbc": "ND"}), by=anna, complete=True)
    assert "wbc" not in {fault.places[0].field for fault in saved.faults}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ecog": "7"}, "ecog"),
        ({"lab_date": "2019-02-30"}, "lab_date"),
        ({"rr_date": "19-04"}, "rr_date"),
        ({"wbc": "many"}, "wbc"),
        ({"emd_sites": ["node", "nose"]}, "emd_sites"),
        ({"missing": {"rr_date": "UNK"}}, "rr_date"),
        ({"missing": {"ecog": "LOST"}}, "ecog"),
        ({"ecog": "1", "missing": {"ecog": "UNK"}}, "ecog"),
    ],
)
def test_not_even_a_draft_may_hold_what_is_not_readable(anna, patient, values, field):
    with pytest.raises(ValidationError) as refused:
        save_record(baseline(patient, **values), by=anna)
    assert list(refused.value.message_dict) == [field]


def test_rules_between_fields_wait_for_completion(anna, patient):
    contradictory = cycle(patient, resp_assessed=True, resp=None)
    draft = save_record(contradictory, by=anna).record
    saved = save_record(draft, by=anna, expected_version=1, complete=True)
    assert "C57" in {fault.check_id for fault in saved.faults}


def test_a_stale_version_is_a_conflict_that_shows_what_stands(anna, patient):
    mine = save_record(baseline(patient), by=anna).record
    theirs = Baseline.objects.get()
    theirs.ecog = "1"
    save_record(theirs, by=anna, expected_version=1)
    mine.ecog = "2"
    with pytest.raises(StaleVersion) as conflict:
        save_record(mine, by=anna, expected_version=1)
    assert (conflict.value.stored.ecog, conflict.value.stored.version) == ("1", 2)


def test_saving_without_a_change_writes_nothing(anna, patient):
    record = save_record(baseline(patient), by=anna).record
    saved = save_record(Baseline.objects.get(), by=anna, expected_version=1)
    assert (saved.changed, saved.record.version) == (False, record.version)


class TestACompleteRecord:
    @pytest.fixture
    def complete(self, anna, patient):
        saved = save_record(
            Diagnosis(patient=patient, centre_id=3, dx_entity="ball", dx_cns="0", missing={"dx_date": "UNK"}),
            by=anna,
            complete=True,
        )
        assert saved.record.state == CrfForm.State.COMPLETE
        return saved.record

    def test_changes_only_with_a_reason(self, anna, complete):
        complete.dx_entity = "other"
        with pytest.raises(ReasonNeeded):
            save_record(complete, by=anna, expected_version=1, reason="  no ")
        assert save_record(complete, by=anna, expected_version=1, reason="wrong line").record.state == "complete"
        assert AuditEntry.objects.filter(table="registry_diagnosis").first().reason == "wrong line"

    def test_never_becomes_incomplete(self, anna, complete):
        complete.dx_cns = None
        with pytest.raises(NotComplete) as refused:
            save_record(complete, by=anna, expected_version=1, reason="not in the file")
        assert [fault.places[0].field for fault in refused.value.faults] == ["dx_cns"]
        assert Diagnosis.objects.get().dx_cns == "0"


def test_other_roles_and_other_centres_enter_nothing(people, patient):
    for user in (people.datamanager_07, people.coordinator, people.statistician, people.administrator, people.monitor):
        with pytest.raises(PermissionDenied, match="right to enter"), scope(claims_of(user)):
            save_record(baseline(patient), by=user)


def test_only_the_coordinating_centre_enters_the_central_review(people, anna, patient):
    reviewed = Cytogenetics(patient=patient, centre_id=3, timepoint="dx", class_review="normal")
    with pytest.raises(PermissionDenied, match="central review"):
        save_record(reviewed, by=anna)
    save_record(Cytogenetics(patient=patient, centre_id=3, timepoint="dx"), by=anna)
    with scope(claims_of(people.monitor)):
        stored = Cytogenetics.objects.get()
        stored.class_review = "normal"
        assert save_record(stored, by=people.monitor, expected_version=1).changed
        stored.banding = "nd"
        with pytest.raises(PermissionDenied):
            save_record(stored, by=people.monitor, expected_version=2)


def test_the_same_cycle_number_twice_is_refused_in_words(anna, patient):
    save_record(cycle(patient), by=anna)
    with pytest.raises(ValidationError, match="already an INO cycle"):
        save_record(cycle(patient), by=anna)


def test_a_record_is_taken_back_with_a_reason(anna, patient):
    record = save_record(cycle(patient), by=anna).record
    with pytest.raises(ReasonNeeded):
        delete_record(record, by=anna, expected_version=1, reason="")
    delete_record(record, by=anna, expected_version=1, reason="entered for the wrong patient")
    assert not InoCycle.objects.exists()
    assert AuditEntry.objects.filter(table="registry_inocycle").first().operation == "D"
