"""What the checks are given of other patients: within the rights of the reader, and only when asked."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.audit.acting import acting_as
from registry.checks.engine import run
from registry.checks.records import OtherPatient
from registry.models import InoCycle, Patient, Transplant
from registry.models.patient_records import load_patient_records

pytestmark = pytest.mark.django_db

DAY_0, DAY_1 = dt.date(2019, 7, 25), dt.date(2019, 5, 2)


@pytest.fixture
def alike(people):
    """Two women born in 1976 in Baltimore and one in Brescia, transplanted on the same day; a man beside them."""
    persons = (
        (people.datamanager_03, 3, "03-001", "F", 1976),
        (people.datamanager_03, 3, "03-002", "F", 1976),
        (people.datamanager_03, 3, "03-003", "M", 1976),
        (people.datamanager_03, 3, "03-004", "F", None),
        (people.datamanager_07, 7, "07-001", "F", 1976),
    )
    for user, centre, number, sex, born in persons:
        with acting_as(user, centre=centre):
            patient = Patient.objects.create(number=number, centre_id=centre, sex=sex, birth_year=born)
            Transplant.objects.create(patient=patient, centre_id=centre, hct_date=DAY_0)
            for cycle_no, day in ((1, DAY_1), (2, DAY_1 + dt.timedelta(26))):
                InoCycle.objects.create(patient=patient, centre_id=centre, cycle_no=cycle_no, d1_date=day)


def others(user):
    with scope(claims_of(user)):
        records = load_patient_records(Patient.objects.get(number="03-001"))
        return list(records.other_patients("F", 1976))


def double_enrolments(user):
    with scope(claims_of(user)):
        findings = run(load_patient_records(Patient.objects.get(number="03-001"))).findings
    return [(finding.is_across_centres, finding.message) for finding in findings if finding.check_id == "C06"]


def test_a_centre_compares_with_its_own_patients(people, alike):
    assert others(people.datamanager_03) == [OtherPatient("03-002", 3, DAY_0, DAY_1)]
    assert [found for found, _ in double_enrolments(people.datamanager_03)] == [False]


def test_who_reads_all_centres_compares_with_all_and_sees_no_number_of_another_centre(people, alike):
    assert [other.number for other in others(people.monitor)] == ["03-002", "07-001"]
    own, foreign = double_enrolments(people.monitor)
    assert (own[0], foreign[0]) == (False, True)
    assert "(03-002)" in own[1]
    assert "07-001" not in foreign[1]


def test_other_patients_cost_no_query_until_a_check_asks(people, alike):
    with scope(claims_of(people.monitor)):
        patient = Patient.objects.get(number="03-004")
        with CaptureQueriesContext(
            connection,
        ) as without:
            run(load_patient_records(patient))
        patient = Patient.objects.get(number="03-001")
        with CaptureQueriesContext(connection) as with_search:
            run(load_patient_records(patient))
    assert len(with_search) == len(without) + 1
