"""Signing on the pages: the meaning is shown, the password is asked again, and a broken signature is seen."""

import pytest
from django.core.cache import cache

from registry.audit.acting import acting_as
from registry.models import Gvhd, Signature
from registry.web.chosen import token_of
from tests.registry.web.work import complete_gvhd, count, stored, text_of

pytestmark = pytest.mark.django_db
PASSWORD = "a password of the investigator"


@pytest.fixture
def gvhd(people, patient):
    return complete_gvhd(patient, by=people.datamanager_03)


@pytest.fixture
def signer(people, open_as):
    people.investigator_03.set_password(PASSWORD)
    with acting_as(people.administrator):
        people.investigator_03.save(update_fields=["password"])
    cache.clear()  # the count of guesses
    return open_as(people.investigator_03)


def sign(client, *records, password=PASSWORD):
    about = [f"{token_of(record)}@{record.version}" for record in records]
    return client.post("/sign/", {"about": about, "password": password})


def test_the_page_says_what_the_signature_means(signer, gvhd):
    text = text_of(signer.get("/sign/", {"about": token_of(gvhd)}))
    assert "“I have reviewed this record and it is correct and complete.”" in text
    assert "03-001 GVHD" in text


def test_the_investigator_signs_with_the_password(signer, people, gvhd):
    page = f"/patients/{gvhd.patient.public_id}/gvhd/"
    assert sign(signer, gvhd).url == page
    assert "signed investigator-03" in text_of(signer.get(page))


def test_all_complete_records_of_a_patient_are_signed_at_once(signer, people, patient, gvhd):
    page = f"/patients/{patient.public_id}/"
    marks = signer.get(page).context["marks"]
    assert marks.unsigned == 2
    about = [token for _record, _title, token in signer.get(marks.sign).context["records"]]
    assert signer.post("/sign/", {"about": about, "password": PASSWORD}).url == page
    context = signer.get(page).context
    assert (context["marks"].unsigned, context["marks"].sign) == (0, "")
    assert {row.form: row.entries[0].state for row in context["rows"] if row.form in ("gvhd", "patient")} == {
        "gvhd": "signed",
        "patient": "signed",
    }


def test_a_wrong_password_signs_nothing_and_guessing_ends(signer, gvhd):
    response = sign(signer, gvhd, password="a guess")
    assert response.status_code == 422
    assert "The password is not right" in text_of(response)
    answers = {sign(signer, gvhd, password="a guess").status_code for _ in range(10)}
    assert answers == {422, 429}
    assert count(Signature.objects) == 0


def test_what_changed_after_the_page_was_opened_is_not_signed(signer, people, gvhd):
    with acting_as(people.datamanager_03, "letter of the clinic", centre=3):
        Gvhd.objects.update(version=2)
    response = sign(signer, gvhd)
    assert "Somebody else changed this record" in text_of(response)
    assert count(Signature.objects) == 0


def test_a_signature_of_other_content_is_shown_as_broken(signer, people, gvhd):
    sign(signer, gvhd)
    with acting_as(people.datamanager_03, "repair in psql", centre=3):
        Gvhd.objects.update(cgvhd=None, missing={"cgvhd": "UNK"})
    assert "signature broken" in text_of(signer.get(f"/patients/{gvhd.patient.public_id}/gvhd/"))
    context = signer.get(f"/patients/{gvhd.patient.public_id}/").context
    assert next(row.entries[0].state for row in context["rows"] if row.form == "gvhd") == "complete"
    assert context["marks"].of("gvhd").broken == 1


@pytest.mark.parametrize("who", ["datamanager_03", "monitor", "coordinator", "statistician", "administrator"])
def test_only_the_centre_investigator_signs(open_as, people, gvhd, who):
    client = open_as(getattr(people, who))
    assert sign(client, gvhd).status_code == 403
    assert stored(gvhd).state == "complete"


def test_signing_nothing_says_so(signer, patient):
    response = signer.post("/sign/", {"about": f"{patient.public_id}/hct/@1", "password": PASSWORD})
    assert "Nothing was chosen" in text_of(response)
