"""The case report form of a patient as PDF: for whoever may see the patient."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["datamanager_03", "investigator_03", "monitor", "coordinator"])
def test_who_sees_the_patient_has_the_form_as_pdf(open_as, people, patient, who):
    response = open_as(getattr(people, who)).get(f"/patients/{patient.public_id}/crf.pdf")
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"] == 'attachment; filename="crf-03-001.pdf"'
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("who", ["datamanager_07", "statistician", "administrator"])
def test_for_all_others_there_is_no_such_patient(open_as, people, patient, who):
    assert open_as(getattr(people, who)).get(f"/patients/{patient.public_id}/crf.pdf").status_code == 404


def test_the_patient_page_leads_to_it(open_as, people, patient):
    page = open_as(people.monitor).get(f"/patients/{patient.public_id}/").content.decode()
    assert f'href="/patients/{patient.public_id}/crf.pdf"' in page
