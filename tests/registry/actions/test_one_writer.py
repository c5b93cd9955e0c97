"""Two who write to one patient at the same moment: the second waits for the first and sees what it did."""

import pytest

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.create_patient import create_patient
from registry.actions.errors import RecordLocked
from registry.actions.one_writer import hold
from registry.actions.rule_queries import check_all_patients, update_rule_queries
from registry.actions.save_record import save_record
from registry.audit.acting import acting_as
from registry.checks import engine
from registry.models import Gvhd, Patient, Query
from tests.people import make_people
from tests.registry.actions.conftest import full_baseline, while_another_waits


@pytest.fixture
def people(committed_registry):
    return make_people()


@pytest.fixture
def patient(people):
    """Anna's patient with ECOG 3, entered before the rule that asks about it."""
    anna, rules = people.datamanager_03, engine.CHECKS
    engine.CHECKS = {}
    try:
        with scope(claims_of(anna)):
            new = Patient(centre=people.baltimore, sex="F", age_rr=40, consent_basis="written")
            patient = create_patient(new, by=anna, complete=True).record
            save_record(full_baseline(patient, ecog="3"), by=anna, complete=True)
    finally:
        engine.CHECKS = rules
    return patient


def test_a_question_is_raised_once_when_the_nightly_run_meets_a_save(people, patient):
    def save():
        with acting_as(people.datamanager_03, "a save beside the nightly run", centre=3):
            update_rule_queries(patient)

    while_another_waits(save, check_all_patients)
    with scope(system("test", read="all")):
        assert Query.objects.filter(check_id="C38").count() == 1


def test_a_form_that_is_begun_while_the_patient_is_locked_is_refused(people, patient):
    def lock():
        with acting_as(people.monitor, "end of monitoring", centre=3):
            hold(patient)
            Patient.objects.update(state="locked")

    def begin():
        with scope(claims_of(people.datamanager_03)), pytest.raises(RecordLocked):
            save_record(Gvhd(patient=patient, centre_id=3), by=people.datamanager_03)

    while_another_waits(lock, begin)
