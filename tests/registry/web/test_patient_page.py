"""The patient page: every form with its state, and what the checks say."""

import datetime as dt

import pytest

from registry.models import Eligibility, InoCycle, Transplant
from tests.pages import save
from tests.registry.web.work import ask, complete_gvhd

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(open_as, people):
    return open_as(people.datamanager_03)


def test_every_form_has_a_row_and_an_empty_one_leads_to_its_page(client, patient):
    rows = client.get(f"/patients/{patient.public_id}/").context["rows"]
    assert len(rows) == 17
    assert (rows[1].title, rows[1].entries[0].state) == ("Eligibility", "empty")
    assert client.get(rows[1].entries[0].url).status_code == 200


def test_repeats_stand_in_a_strip_and_the_next_is_offered_by_its_number(client, patient, people):
    for number in (1, 2):
        save(InoCycle(patient=patient, centre_id=3, cycle_no=number), by=people.datamanager_03)
    row = next(row for row in client.get(f"/patients/{patient.public_id}/").context["rows"] if row.form == "ino_cycle")
    assert ([entry.label for entry in row.entries], row.add_label) == (["1", "2"], "Add INO cycle 3")


def test_who_only_reads_is_offered_nothing_to_add(open_as, people, patient):
    rows = open_as(people.monitor).get(f"/patients/{patient.public_id}/").context["rows"]
    assert not any(row.add_url for row in rows)


def test_findings_over_two_forms_lead_to_both(client, patient, people):
    save(InoCycle(patient=patient, centre_id=3, cycle_no=1, d1_date=dt.date(2020, 5, 1)), by=people.datamanager_03)
    save(Transplant(patient=patient, centre_id=3, hct_date=dt.date(2020, 1, 1)), by=people.datamanager_03)
    save(Eligibility(patient=patient, centre_id=3, hct_after_ino=False), by=people.datamanager_03)
    remarks = client.get(f"/patients/{patient.public_id}/").context["remarks"]
    links = {title for remark in remarks for title, _ in remark.links}
    assert {"Allo-HCT", "INO cycle 1"} <= links


def test_the_number_of_database_queries_does_not_depend_on_the_number_of_records(
    client, patient, people, django_assert_num_queries, django_assert_max_num_queries
):
    client.get(f"/patients/{patient.public_id}/")
    with django_assert_max_num_queries(41) as few:
        client.get(f"/patients/{patient.public_id}/")
    for number in range(1, 5):
        cycle = InoCycle(patient=patient, centre_id=3, cycle_no=number, d1_date=dt.date(2020, 1, number))
        ask(people, save(cycle, by=people.datamanager_03))
    complete_gvhd(patient, by=people.datamanager_03)
    with django_assert_num_queries(len(few)):
        client.get(f"/patients/{patient.public_id}/")
