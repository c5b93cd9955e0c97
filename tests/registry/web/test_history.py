"""The history in words: what a field was, what it is, who changed it and why."""

import pytest
from django.utils import timezone

from registry.models import Baseline, InoCycle
from tests.pages import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def baseline(patient, people):
    by = people.datamanager_03
    record = Baseline(patient=patient, centre_id=3, ecog="1", hb=9, hb_unit="gdl", emd_sites=["node", "skin"])
    record = save(record, by=by)
    record.hb, record.hb_unit, record.missing, record.ecog = None, None, {"hb": "ND"}, "2"
    return save(record, by=by, expected_version=1, reason="typing error")


def rows(client, address):
    return client.get(address).context["rows"]


@pytest.fixture
def client(open_as, people):
    return open_as(people.monitor)


def test_the_newest_change_comes_first_with_who_why_and_how(client, patient, baseline):
    entry, title, role, _ = rows(client, f"/patients/{patient.public_id}/baseline/history/")[0]
    assert (entry.user_name, role, entry.reason, entry.channel, title) == (
        "datamanager-03",
        "Data manager",
        "typing error",
        "page",
        "Baseline",
    )


def test_changed_fields_carry_labels_and_values_in_words(client, patient, baseline):
    changes = rows(client, f"/patients/{patient.public_id}/baseline/history/")[0][-1]
    assert [(change.label, change.old, change.new) for change in changes] == [
        ("ECOG performance status", "1", "2"),
        ("Hemoglobin", "9", "missing: not done"),
        ("Unit of hemoglobin", "g/dL", ""),
    ]


def test_codes_are_shown_by_their_labels(client, patient, baseline):
    changes = rows(client, f"/patients/{patient.public_id}/baseline/history/")[1][-1]
    assert ("Sites of extramedullary disease", "lymph node/mediastinum, skin") in [
        (change.label, change.new) for change in changes
    ]


def test_the_history_of_a_patient_holds_all_forms_and_names_repeats(client, patient, people, baseline):
    save(InoCycle(patient=patient, centre_id=3, cycle_no=2), by=people.datamanager_03)
    titles = [title for _, title, _, _ in rows(client, f"/patients/{patient.public_id}/history/")]
    assert titles == ["INO cycle 2", "Baseline", "Baseline", "Patient"]


def test_a_form_that_was_never_started_has_no_history(client, patient):
    assert client.get(f"/patients/{patient.public_id}/baseline/history/").status_code == 404


def test_the_history_names_local_time_to_the_second(client, patient, baseline):
    entry = rows(client, f"/patients/{patient.public_id}/baseline/history/")[0][0]
    page = client.get(f"/patients/{patient.public_id}/baseline/history/").content.decode()
    assert f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}" in page
