"""When patients were last seen, asked of all at once: the same days as the derivations say of each."""

import datetime as dt

import pytest

from analytics.stats import clark_completeness
from registry.access.context import scope, system
from registry.audit.acting import acting_as
from registry.derivations import outcome, treatment
from registry.models import Death, FollowUp, InoCycle, Patient, RegistrySettings, Transplant
from registry.models.centre_summary import summaries
from registry.models.last_contact import contact_is_old, reference_day, with_last_contact
from registry.models.patient_records import load_patient_records
from registry.models.query import Query

REFERENCE = dt.date(2023, 6, 30)


@pytest.fixture
def seen(people):
    """Makes a patient of Baltimore with these visits, `(day, alive, lost)`, and what else is known."""

    def make(*visits, first_dose=None, hct=None, died=None):
        with acting_as(people.datamanager_03, "made for the test", centre=3):
            patient = Patient.objects.create(centre_id=3, number=f"03-{Patient.objects.count() + 1:03d}")
            where = {"patient": patient, "centre_id": 3}
            for number, (day, alive, lost) in enumerate(visits, start=1):
                FollowUp.objects.create(**where, instance_no=number, visit_date=day, alive=alive, lost=lost)
            InoCycle.objects.create(**where, cycle_no=1, d1_date=first_dose)
            if hct:
                Transplant.objects.create(**where, hct_date=hct)
            if died:
                Death.objects.create(**where, death_date=died)
            return with_last_contact(Patient.objects.filter(pk=patient.pk)).get()

    return make


@pytest.mark.django_db
class TestTheLastContact:
    def test_is_the_latest_visit_alive(self, seen):
        patient = seen((dt.date(2021, 5, 1), True, False), (dt.date(2020, 5, 1), True, False))
        assert (patient.last_contact, patient.is_followed) == (dt.date(2021, 5, 1), True)

    def test_is_the_day_of_death_of_the_dead(self, seen):
        patient = seen((dt.date(2021, 5, 1), True, False), died=dt.date(2021, 9, 9))
        assert (patient.last_contact, patient.is_followed) == (dt.date(2021, 9, 9), False)

    def test_is_transplant_or_first_dose_before_the_first_visit(self, seen):
        first_dose, hct = dt.date(2020, 1, 1), dt.date(2020, 3, 1)
        assert seen(first_dose=first_dose, hct=hct).last_contact == hct
        assert seen(first_dose=first_dose).last_contact == first_dose
        assert seen().last_contact is None

    def test_is_not_asked_for_again_of_the_lost_and_of_those_seen_dead(self, seen):
        assert not seen((dt.date(2020, 5, 1), True, True)).is_followed
        assert not seen((dt.date(2020, 5, 1), False, False)).is_followed

    def test_counts_again_where_somebody_lost_was_found(self, seen):
        assert seen((dt.date(2020, 5, 1), True, True), (dt.date(2021, 5, 1), True, False)).is_followed


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "old"), [(dt.date(2022, 5, 25), True), (dt.date(2022, 5, 26), False)])
def test_a_contact_is_old_after_400_days(seen, day, old):
    patient = seen((day, True, False))
    with scope(system("test", read="all")):
        found = with_last_contact(Patient.objects.filter(pk=patient.pk))
        assert (found.count(), found.filter(contact_is_old(REFERENCE)).exists()) == (1, old)


@pytest.mark.django_db
def test_the_day_of_reference_is_the_cut_off_where_it_is_earlier_than_today(people):
    assert reference_day(dt.date(2026, 1, 1)) == dt.date(2026, 1, 1)
    with scope(system("install")):
        RegistrySettings.objects.create(pk=1, data_cut_off=REFERENCE)
    assert reference_day(dt.date(2026, 1, 1)) == REFERENCE
    assert reference_day(dt.date(2020, 1, 1)) == dt.date(2020, 1, 1)


@pytest.mark.slow
def test_on_the_reference_cohort_it_says_what_the_derivations_say(cohort_registry):
    with scope(system("test", read="all")):
        for patient in with_last_contact(Patient.objects.all()):
            answers = load_patient_records(patient).answers
            assert patient.last_contact == outcome.last_contact(answers), patient
            assert patient.first_dose == treatment.first_dose(answers), patient


@pytest.mark.slow
def test_on_the_reference_cohort_completeness_equals_that_of_the_analysis(cohort_registry):
    with scope(system("test", read="all")):
        _, together = summaries(Patient.objects.all(), Query.objects.open(), REFERENCE)
        rows = [
            (each.first_dose.toordinal(), each.last_contact.toordinal(), hasattr(each, "death"))
            for each in with_last_contact(Patient.objects.filter(excluded=False)).select_related("death")
        ]
    entry, contact, dead = zip(*rows, strict=True)
    theirs = clark_completeness(entry, contact, [int(each) for each in dead], REFERENCE.toordinal())
    assert together.completeness == pytest.approx(theirs.value)
