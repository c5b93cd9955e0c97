"""A centre sees its own patients: by the queryset, and by the database alone when the queryset forgets."""

import pytest
from django.db import DatabaseError, connection

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.audit.acting import acting_as
from registry.models import AuditEntry, Baseline, Patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_patients(people):
    for user, centre, number in ((people.datamanager_03, 3, "03-001"), (people.datamanager_07, 7, "07-001")):
        with acting_as(user, centre=centre):
            patient = Patient.objects.create(number=number, centre_id=centre)
            Baseline.objects.create(patient=patient, centre_id=centre)


def seen_by(user):
    with scope(claims_of(user)):
        return list(Patient.objects.values_list("number", flat=True))


def test_row_level_security_alone_isolates_centres(people, two_patients):
    assert seen_by(people.datamanager_03) == ["03-001"]
    assert seen_by(people.monitor) == ["03-001", "07-001"]
    assert seen_by(people.statistician) == seen_by(people.administrator) == []


def test_visible_to_alone_isolates_centres(people, two_patients):
    with scope(claims_of(people.monitor)):  # the database shows everything here
        assert [p.number for p in Patient.objects.visible_to(people.datamanager_07)] == ["07-001"]
        assert not Baseline.objects.visible_to(people.statistician).exists()


def test_without_a_context_there_is_nothing(two_patients):
    assert not Patient.objects.exists()


def test_the_trail_of_another_centre_is_not_seen(people, two_patients):
    with scope(claims_of(people.datamanager_03)):
        assert set(AuditEntry.objects.values_list("centre", flat=True)) == {3, 7} - {7}


@pytest.mark.parametrize(
    "statement",
    [
        "insert into registry_patient (public_id, state, version, missing, number, centre_id, excluded) "
        "values (gen_random_uuid(), 'in progress', 1, '{}', '07-009', 7, false)",
        "update registry_patient set centre_id = 7",
    ],
)
def test_a_foreign_centre_is_not_written_to(people, two_patients, statement):
    with pytest.raises(DatabaseError), acting_as(people.datamanager_03, centre=3), connection.cursor() as cursor:
        cursor.execute(statement)


def test_reading_everything_gives_no_right_to_write(people, two_patients):
    with pytest.raises(DatabaseError, match="row-level security"), acting_as(people.coordinator):
        Patient.objects.update(age_rr=50)


def test_a_form_cannot_claim_another_centre_than_its_patient(people, two_patients):
    with pytest.raises(DatabaseError), acting_as(people.datamanager_07, centre=7), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(
            "insert into registry_baseline (public_id, state, version, missing, patient_id, centre_id) "
            "select gen_random_uuid(), 'in progress', 1, '{}', max(patient_id) - 1, 7 from registry_baseline"
        )


def test_the_context_ends_with_its_transaction(people, two_patients):
    with scope(claims_of(people.monitor)):
        pass
    assert not Patient.objects.exists()


def test_an_error_restores_the_context_before_it(people, two_patients):
    with scope(claims_of(people.datamanager_03)):
        with pytest.raises(RuntimeError), scope(claims_of(people.monitor)):
            raise RuntimeError
        assert Patient.objects.count() == 1
