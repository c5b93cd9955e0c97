"""What a history shows when something was chosen, on the page and in the file."""

import csv
import datetime as dt
from io import StringIO

import pytest
from django.utils import timezone

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.delete_record import delete_record
from registry.actions.states import verify_record
from registry.models import AuditEntry, Baseline, InoCycle
from registry.transfer.cells import safe_cell
from registry.web.history import pages
from tests.pages import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def baseline(patient, people):
    """Entered by the data manager, corrected by the investigator, complete by the data manager."""
    record = save(Baseline(patient=patient, centre_id=3, ecog="1", hb=9, hb_unit="gdl"), by=people.datamanager_03)
    record.ecog = "2"
    record = save(record, by=people.investigator_03, expected_version=1, reason="typing error")
    record.hb, record.hb_unit, record.missing = None, None, {"hb": "ND"}
    return save(record, by=people.datamanager_03, expected_version=2)


@pytest.fixture
def client(open_as, people):
    return open_as(people.monitor)


@pytest.fixture
def address(patient, baseline):
    return f"/patients/{patient.public_id}/history/"


def shown(response):
    return [
        (row.title, row.entry.user_name, [change.name for change in row.changes]) for row in response.context["rows"]
    ]


def lines(response):
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_a_field_shows_only_its_own_changes_missing_reason_and_unit_included(client, address):
    found = shown(client.get(address, {"field": "baseline.hb"}))
    assert found == [
        ("Baseline", "datamanager-03", ["hb", "hb_unit"]),
        ("Baseline", "datamanager-03", ["hb", "hb_unit"]),
    ]
    assert shown(client.get(address, {"field": "baseline.ecog"})) == [
        ("Baseline", "investigator-03", ["ecog"]),
        ("Baseline", "datamanager-03", ["ecog"]),
    ]


def test_a_reason_that_changes_without_a_value_is_a_change_of_the_field(client, patient, people, baseline):
    baseline.missing = {"hb": "UNK"}
    save(baseline, by=people.datamanager_03, expected_version=3)
    address = f"/patients/{patient.public_id}/baseline/history/"
    assert len(shown(client.get(address, {"field": "baseline.hb"}))) == 3
    assert len(shown(client.get(address, {"field": "baseline.ecog"}))) == 2


def test_a_field_that_was_never_answered_has_no_change(client, address):
    response = client.get(address, {"field": "baseline.ldh"})
    assert shown(response) == []
    assert b"No change matches." in response.content


def test_a_form_shows_all_its_changes(client, address):
    assert [title for title, *_ in shown(client.get(address, {"field": "patient"}))] == ["Patient"]
    assert len(shown(client.get(address, {"field": "baseline"}))) == 3


def test_person_and_role_are_chosen_from_those_who_changed_something(client, address, people):
    found = shown(client.get(address, {"person": str(people.investigator_03.pk)}))
    assert [who for _, who, _ in found] == ["investigator-03"]
    assert [who for _, who, _ in shown(client.get(address, {"role": "centre_investigator"}))] == ["investigator-03"]
    people_offered = [name for _, name in client.get(address).context["history"].filter.fields["person"].choices]
    assert people_offered == ["any", "datamanager-03", "investigator-03"]


def test_the_channel_is_that_through_which_the_change_came(client, address):
    assert len(shown(client.get(address, {"channel": "page"}))) == 4
    assert shown(client.get(address, {"channel": "import"})) == []


def test_days_are_those_of_the_registrys_time(client, address, patient):
    today = timezone.localdate()
    tomorrow, yesterday = today + dt.timedelta(days=1), today - dt.timedelta(days=1)
    assert len(shown(client.get(address, {"since": str(today), "until": str(today)}))) == 4
    assert shown(client.get(address, {"since": str(tomorrow)})) == []
    assert shown(client.get(address, {"until": str(yesterday)})) == []


@pytest.mark.parametrize(
    ("kind", "number"),
    [("entered", 3), ("changed", 2), ("after completion", 1), ("state", 0), ("deleted", 1), ("confirmed", 1)],
)
def test_kinds_of_change(client, address, patient, people, kind, number):
    cycle = save(InoCycle(patient=patient, centre_id=3, cycle_no=1), by=people.datamanager_03)
    with scope(claims_of(people.datamanager_03)):
        delete_record(cycle, by=people.datamanager_03, reason="entered twice", expected_version=1)
    with scope(claims_of(people.monitor)):
        verify_record(patient, by=people.monitor)
    found = shown(client.get(address, {"kind": kind}))
    if kind == "entered":
        found = [row for row in found if not row[0].startswith("Verification")]
    assert len(found) == number


def test_what_is_not_understood_is_named_and_filters_nothing(client, address):
    response = client.get(address, {"since": "31.12.99x", "role": "nobody", "before": "x", "kind": "changed"})
    assert len(shown(response)) == 2
    page = response.content.decode()
    assert "Enter a valid date." in page and "Select a valid choice" in page


def test_each_choice_is_a_chip_that_takes_it_away_and_keeps_the_rest(client, address):
    response = client.get(address, {"field": "baseline.hb", "role": "data_manager", "before": "99999999"})
    chips = {chip.label: (chip.value, chip.without) for chip in response.context["chips"]}
    assert chips == {
        "Form or field": ("Baseline: Hemoglobin", "?role=data_manager"),
        "Role": ("Data manager", "?field=baseline.hb"),
    }
    assert client.get(address).context["chips"] == []


def test_the_file_has_one_row_for_each_field_that_changed(client, address):
    response = client.get(f"{address}changes.csv", {"field": "baseline.ecog"})
    assert response["Content-Disposition"] == 'attachment; filename="history-03-001.csv"'
    newest, first = lines(response)
    assert {name: newest[name] for name in newest if not name.startswith("at_")} == {
        "person": "investigator-03",
        "role": "Centre investigator",
        "centre": "03",
        "channel": "page",
        "patient": "03-001",
        "form": "baseline",
        "number": "",
        "kind": "changed",
        "field": "ecog",
        "label": "ECOG performance status",
        "old": "1",
        "new": "2",
        "reason": "typing error",
        "batch": "",
    }
    assert (first["kind"], first["old"], first["new"]) == ("entered", "", "1")


def test_the_file_gives_world_time_and_local_time_to_the_second(client, address, patient, people):
    with scope(claims_of(people.monitor)):
        at = AuditEntry.objects.of_form(Baseline).last().at
    row = lines(client.get(f"{address}changes.csv", {"field": "baseline.ecog"}))[-1]
    assert row["at_utc"] == f"{at:%Y-%m-%dT%H:%M:%SZ}"
    assert dt.datetime.fromisoformat(row["at_local"]) == at.replace(microsecond=0)
    assert row["at_local"].endswith(("+01:00", "+02:00"))


def test_the_file_holds_what_the_page_shows_all_pages_of_it(client, patient, people, baseline):
    for version in range(3, 60):
        baseline.ecog = str(version % 5)
        baseline = save(baseline, by=people.datamanager_03, expected_version=version)
    address = f"/patients/{patient.public_id}/baseline/history/"
    assert len(lines(client.get(f"{address}changes.csv", {"field": "baseline.ecog", "before": "5"}))) == 59


def test_repeats_carry_their_number(client, patient, people):
    save(InoCycle(patient=patient, centre_id=3, cycle_no=2), by=people.datamanager_03)
    rows = lines(client.get(f"/patients/{patient.public_id}/history/changes.csv", {"field": "ino_cycle"}))
    assert {(row["form"], row["number"]) for row in rows} == {("ino_cycle", "2")}


def test_the_file_of_a_record_is_named_for_it(client, patient, people):
    cycle = save(InoCycle(patient=patient, centre_id=3, cycle_no=2), by=people.datamanager_03)
    response = client.get(f"/patients/{patient.public_id}/ino_cycle/{cycle.public_id}/history/changes.csv")
    assert response["Content-Disposition"] == 'attachment; filename="history-03-001-ino_cycle-2.csv"'


def test_what_was_typed_does_not_run_in_a_spreadsheet(client, patient, people, baseline):
    baseline.ecog = "3"
    save(baseline, by=people.datamanager_03, expected_version=3, reason='=HYPERLINK("http://x")')
    row = lines(client.get(f"/patients/{patient.public_id}/history/changes.csv", {"field": "baseline.ecog"}))[0]
    assert row["reason"] == '\'=HYPERLINK("http://x")'


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r", "-", "+", "==1", "\x00=1", "-1e5|x"]
)
def test_a_formula_is_marked_as_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "safe"), [("a;=1", "a;'=1"), ("a\r=1", "a\r'=1"), ("\r=1", "'\r'=1"), ("a;-5", "a;-5")]
)
def test_what_another_spreadsheet_takes_for_the_next_cell_is_marked_too(text, safe):
    assert safe_cell(text) == safe


@pytest.mark.parametrize("text", ["", "-5", "+5", "-5.25", "46,XX", "a=b", "5 = five", "'x", "–"])
def test_numbers_and_other_texts_stay_as_they_are(text):
    assert safe_cell(text) == text


def test_more_than_a_file_holds_is_refused_in_words(client, address, monkeypatch):
    monkeypatch.setattr(pages, "MOST_ENTRIES_OF_A_FILE", 2)
    response = client.get(f"{address}changes.csv", {"kind": "changed", "role": ""})
    assert response.status_code == 200
    response = client.get(f"{address}changes.csv", {"field": "baseline"}, follow=True)
    assert response.redirect_chain[0][0] == f"{address}?field=baseline"
    assert b"A file holds at most 2 changes." in response.content
