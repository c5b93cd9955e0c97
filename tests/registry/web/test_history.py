"""The history in words: what a field was, what it is, who changed it and why."""

import pytest
from django.utils import timezone

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.states import verify_record
from registry.models import Baseline, InoCycle
from tests.pages import save
from tests.registry.web.work import answer, ask

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
    row = rows(client, f"/patients/{patient.public_id}/baseline/history/")[0]
    assert (row.entry.user_name, row.role, row.entry.reason, row.entry.channel, row.title) == (
        "datamanager-03",
        "Data manager",
        "typing error",
        "page",
        "Baseline",
    )


def test_changed_fields_carry_labels_and_values_in_words(client, patient, baseline):
    changes = rows(client, f"/patients/{patient.public_id}/baseline/history/")[0].changes
    assert [(change.label, change.old, change.new) for change in changes] == [
        ("ECOG performance status", "1", "2"),
        ("Hemoglobin", "9", "missing: not done"),
        ("Unit of hemoglobin", "g/dL", ""),
    ]


def test_codes_are_shown_by_their_labels(client, patient, baseline):
    changes = rows(client, f"/patients/{patient.public_id}/baseline/history/")[1].changes
    assert ("Sites of extramedullary disease", "lymph node/mediastinum, skin") in [
        (change.label, change.new) for change in changes
    ]


def test_the_history_of_a_patient_holds_all_forms_and_names_repeats(client, patient, people, baseline):
    save(InoCycle(patient=patient, centre_id=3, cycle_no=2), by=people.datamanager_03)
    titles = [row.title for row in rows(client, f"/patients/{patient.public_id}/history/")]
    assert titles == ["INO cycle 2", "Baseline", "Baseline", "Patient"]


def test_what_is_verified_stands_in_the_history_of_the_patient(client, patient, people):
    with scope(claims_of(people.monitor)):
        verify_record(patient, by=people.monitor, fields=["sex", "age_rr"])
    row = rows(client, f"/patients/{patient.public_id}/history/")[0]
    assert (row.title, [(change.label, change.new) for change in row.changes]) == (
        "Verification: Patient",
        [("Items", "Sex, Age at relapsed/refractory disease (completed years)")],
    )


def test_a_query_stands_in_the_history_in_the_words_of_the_pages(client, patient, people):
    answer(ask(people, patient, field="sex", message="Is this right?"), by=people.datamanager_03)
    told = [
        (change.label, change.new)
        for row in rows(client, f"/patients/{patient.public_id}/history/")
        for change in row.changes
    ]
    assert ("Item", "Sex") in told
    assert ("Answer", "confirmed as it stands") in told


def test_a_form_that_was_never_started_has_no_history(client, patient):
    assert client.get(f"/patients/{patient.public_id}/baseline/history/").status_code == 404


def test_the_history_names_local_time_to_the_second(client, patient, baseline):
    entry = rows(client, f"/patients/{patient.public_id}/baseline/history/")[0].entry
    page = client.get(f"/patients/{patient.public_id}/baseline/history/").content.decode()
    assert f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}" in page


def test_a_page_ends_after_fifty_changes_and_leads_to_the_older_ones(client, patient, people):
    record = save(Baseline(patient=patient, centre_id=3, ecog="0"), by=people.datamanager_03)
    for version in range(1, 53):
        record.ecog = str(version % 5)
        record = save(record, by=people.datamanager_03, expected_version=version)
    address = f"/patients/{patient.public_id}/baseline/history/"
    first = client.get(address)
    older = client.get(address, {"before": first.context["older"]})
    assert (len(first.context["rows"]), len(older.context["rows"]), older.context["older"]) == (50, 3, None)
    assert f"?before={first.context['older']}" in first.content.decode()
    assert older.context["rows"][-1].entry.get_operation_display() == "entered"


def test_each_question_of_a_stored_form_leads_to_its_own_history(client, patient, baseline):
    page = client.get(f"/patients/{patient.public_id}/baseline/").content.decode()
    assert f'href="/patients/{patient.public_id}/baseline/history/?field=baseline.hb"' in page
    not_started = client.get(f"/patients/{patient.public_id}/diagnosis/").content.decode()
    assert "field-history" not in not_started


def test_the_number_of_queries_does_not_depend_on_the_number_of_changes(
    client, patient, people, django_assert_num_queries, django_assert_max_num_queries
):
    save(InoCycle(patient=patient, centre_id=3, cycle_no=1), by=people.datamanager_03)
    address = f"/patients/{patient.public_id}/history/"
    client.get(address)
    with django_assert_max_num_queries(25) as few:
        client.get(address)
    for number in range(2, 7):
        save(InoCycle(patient=patient, centre_id=3, cycle_no=number), by=people.datamanager_03)
    with django_assert_num_queries(len(few)):
        client.get(address)
