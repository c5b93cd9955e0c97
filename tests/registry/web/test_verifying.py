"""Source data verification on the pages: a record, or items of it; a change drops it."""

import pytest

from registry.models import Gvhd, Verification
from registry.web.chosen import token_of
from tests.pages import save
from tests.registry.web.work import complete_gvhd, count, stored, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gvhd(people, patient):
    return complete_gvhd(patient, by=people.datamanager_03)


def post(client, record, **given):
    return client.post("/verify/", {"about": token_of(record), "version": str(record.version)} | given)


def test_the_monitor_verifies_the_whole_record(open_as, people, gvhd):
    monitor = open_as(people.monitor)
    page = f"/patients/{gvhd.patient.public_id}/gvhd/"
    assert "Verify …" in text_of(monitor.get(page))
    assert post(monitor, gvhd, step="whole").status_code == 302
    marks = monitor.get(page).context["marks"]
    assert (marks.verification.by, marks.verified_items) == (people.monitor, ())


def test_from_a_verified_record_it_goes_on_to_the_next_of_the_patient_and_then_to_the_patient(open_as, people, gvhd):
    monitor = open_as(people.monitor)
    following = post(monitor, gvhd, step="whole").url
    assert "03-001: verify Patient" in text_of(monitor.get(following))
    assert post(monitor, gvhd.patient, step="whole").url == f"/patients/{gvhd.patient.public_id}/"


def test_from_items_of_a_record_it_goes_back_to_the_record(open_as, people, gvhd):
    following = post(open_as(people.monitor), gvhd, step="items", item=["agvhd"]).url
    assert following == f"/patients/{gvhd.patient.public_id}/gvhd/"


def test_items_are_verified_and_named(open_as, people, gvhd):
    monitor = open_as(people.monitor)
    post(monitor, gvhd, step="items", item=["agvhd"])
    text = text_of(monitor.get(f"/patients/{gvhd.patient.public_id}/gvhd/"))
    assert "items verified" in text
    chosen = {
        field.name: verified
        for field, _answer, verified in monitor.get("/verify/", {"about": token_of(gvhd)}).context["items"]
    }
    assert (chosen["agvhd"], chosen["cgvhd"]) == (True, False)


@pytest.mark.parametrize("given", [{"step": "items"}, {"step": "items", "item": ["hb"]}])
def test_choosing_no_item_verifies_nothing(open_as, people, gvhd, given):
    response = post(open_as(people.monitor), gvhd, **given)
    assert response.status_code == 422
    assert "Nothing was chosen" in text_of(response)
    assert count(Verification.objects) == 0


def test_what_changed_after_the_page_was_opened_is_not_verified(open_as, people, gvhd):
    changed = stored(gvhd)
    changed.patient, changed.cgvhd, changed.missing = gvhd.patient, None, {"cgvhd": "UNK"}
    save(changed, by=people.datamanager_03, expected_version=1, reason="letter of the clinic")
    response = post(open_as(people.monitor), gvhd, step="whole")
    assert "Somebody else changed this record" in text_of(response)
    assert count(Verification.objects) == 0


def test_a_draft_is_not_offered_for_verification(open_as, people, patient):
    draft = save(Gvhd(patient=patient, centre_id=3), by=people.datamanager_03)
    monitor = open_as(people.monitor)
    assert monitor.get(f"/patients/{patient.public_id}/gvhd/").context["marks"].verify == ""
    assert "Only a complete record" in text_of(post(monitor, draft, step="whole"))


@pytest.mark.parametrize("who", ["datamanager_03", "investigator_03", "coordinator", "statistician", "administrator"])
def test_only_the_monitor_verifies(open_as, people, gvhd, who):
    client = open_as(getattr(people, who))
    assert client.get("/verify/", {"about": token_of(gvhd)}).status_code == 403
    assert post(client, gvhd, step="whole").status_code == 403


def test_a_form_that_is_not_started_is_not_found(open_as, people, patient):
    assert open_as(people.monitor).get("/verify/", {"about": f"{patient.public_id}/hct/"}).status_code == 404
    assert open_as(people.monitor).get("/verify/").status_code == 404
