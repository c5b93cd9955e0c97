"""A patient of the reference cohort, entered form by form on the pages, is the same patient."""

import pytest
from django.conf import settings

from registry.access.context import scope, system
from registry.crf.rows import as_row
from registry.models import Patient
from registry.models.patient_records import load_patient_records
from registry.transfer.form_csv import read_patients
from registry.web.record_form import as_posted
from tests.pages import log_in

pytestmark = pytest.mark.django_db

COHORT = settings.BASE_DIR / "fixtures" / "reference_cohort"


@pytest.mark.slow
@pytest.mark.parametrize("number", ["03-001", "03-004"])
def test_a_patient_entered_on_the_pages_equals_the_fixture(people, number):
    client = log_in(people.datamanager_03)
    fixture, records = next((one, forms) for one, forms in read_patients(COHORT) if one.number == number)
    complete = {"version": "0", "step": "complete"}
    address = client.post("/patients/new/", as_posted(fixture) | complete).url
    for record in records:
        place = f"{address}{record.form}/new/" if record.repeats else f"{address}{record.form}/"
        own_number = {"instance_no": str(record.instance_no)} if record.repeats else {}
        response = client.post(place, as_posted(record) | own_number | complete)
        assert response.status_code == 302, record.form
        assert "?check" not in response.url, client.get(response.url).context["form"].summary
    with scope(system("test", read="all")):
        entered = load_patient_records(Patient.objects.get())
    assert rows(entered.forms) == rows(records)


def rows(records):
    """By form and number; the records of the fixture carry no state."""
    return {(each.form, getattr(each, "instance_no", None)): as_row(each) | {"state": ""} for each in records}
