"""The coordinating investigator leaves a patient out of the analysis, with a reason, and takes the patient back."""

import pytest

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.models import AuditEntry, Patient
from tests.pages import log_in, new_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(people):
    with scope(claims_of(people.datamanager_03)):
        return new_patient(people.datamanager_03)


def stored(people, patient):
    with scope(claims_of(people.coordinator)):
        return Patient.objects.get(pk=patient.pk)


def address(patient):
    return f"/patients/{patient.public_id}/exclusion/"


def exclude(people, patient, reason="withdrew the consent"):
    answer = {"version": stored(people, patient).version, "reason": reason}
    return log_in(people.coordinator).post(address(patient), answer)


def test_an_excluded_patient_carries_the_reason_and_says_so_on_the_page(people, patient):
    assert exclude(people, patient).url == f"/patients/{patient.public_id}/"
    assert stored(people, patient).excluded
    page = log_in(people.datamanager_03).get(f"/patients/{patient.public_id}/").content.decode()
    assert "excluded from analysis</strong>: withdrew the consent" in page


def test_the_exclusion_is_in_the_trail_with_its_reason(people, patient):
    exclude(people, patient)
    with scope(claims_of(people.coordinator)):
        entry = AuditEntry.objects.filter(table="registry_patient").order_by("-pk").first()
    assert (entry.new["excluded"], entry.reason, entry.user_name) == (True, "withdrew the consent", "coordinator")


def test_a_patient_is_taken_back(people, patient):
    exclude(people, patient)
    exclude(people, patient, "the consent was found")
    assert (stored(people, patient).excluded, stored(people, patient).excluded_reason) == (False, None)


def test_without_a_reason_nobody_is_excluded(people, patient):
    response = exclude(people, patient, "no")
    assert response.status_code == 422
    assert "at least 5 characters" in response.content.decode()
    assert not stored(people, patient).excluded


@pytest.mark.parametrize("who", ["datamanager_03", "investigator_03", "monitor", "statistician", "administrator"])
def test_nobody_else_excludes(people, patient, who):
    client = log_in(getattr(people, who))
    assert client.get(address(patient)).status_code == 404
    assert client.post(address(patient), {"version": patient.version, "reason": "a reason"}).status_code == 404
    assert not stored(people, patient).excluded
