"""A workbook from the download to the undo, as the data manager of a centre meets it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from registry.models import AuditEntry, Baseline, ImportBatch, Patient
from registry.transfer.importing.job import work_on
from tests.registry.importing.paused import paused
from tests.registry.importing.sheets import Sheets, row_with

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER, CENTRE = "datamanager-06", 6
ECOG, MARRED = "06-001", "06-002"


@pytest.fixture
def worker(connected):
    """Does what a Celery worker of the site would do next."""

    def work(address):
        with connected():
            work_on(_batch_of(address))

    return work


def _batch_of(address):
    from registry.access.context import scope, system

    with scope(system("test", read="all")):
        return ImportBatch.objects.get(public_id=address.rstrip("/").rpartition("/")[2]).pk


def workbook_from(page):
    page.get_by_role("link", name="Import", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Workbook with the patients of the centre").click()
    return Sheets(download.value.path().read_bytes())


def bring_in(page, name, content):
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("File", exact=True).set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Read the file").click()
    page.get_by_text("waiting for a worker").wait_for()
    return page.url


def test_faults_are_seen_corrected_imported_and_undone(open_as, worker, in_registry, picture):
    page = open_as(USER)
    sheets = workbook_from(page)
    baseline, patients = sheets.book["baseline"], sheets.book["patient"]
    changed, marred = row_with(baseline, patient_id=ECOG), row_with(baseline, patient_id=MARRED)
    before = _ecog(in_registry)
    after = "3" if before != "3" else "2"
    sheets.put("baseline", changed, ecog=after).put(
        "baseline", marred, rr_date="04/03/19", plt="many", plt_missing=None
    )
    sheets.put("patient", row_with(patients, patient_id=MARRED), age_rr=140)
    picture(page, "imports-start")

    address = bring_in(page, "centre-06.xlsx", sheets.content)
    picture(page, "import-waiting")
    worker(address)
    page.get_by_text("3 cells are at fault.").wait_for(timeout=10_000)
    expect(page.get_by_text("Years have four digits")).to_be_visible()
    expect(page.get_by_text("140 years is not possible.")).to_be_visible()
    picture(page, "story-import-faults")
    with page.expect_download() as download:
        page.get_by_role("link", name="The workbook with coloured cells and notes").click()
    marked = load_workbook(BytesIO(download.value.path().read_bytes()))
    note = marked["patient"][sheets.address("patient", row_with(patients, patient_id=MARRED), "age_rr")].comment
    assert "140 years is not possible." in note.text

    fresh = workbook_from(page)
    fresh.put("baseline", row_with(fresh.book["baseline"], patient_id=ECOG), ecog=after)
    address = bring_in(page, "centre-06-corrected.xlsx", fresh.content)
    worker(address)
    page.get_by_text("No cell is at fault.").wait_for(timeout=10_000)
    picture(page, "story-import-changes")
    page.get_by_label("Why is this imported?").fill("checked against the charts")
    page.get_by_role("button", name="Import 1 row").click()
    page.get_by_text("waiting for a worker").wait_for()
    worker(address)
    page.get_by_role("heading", name="Undo this import").wait_for(timeout=10_000)
    picture(page, "story-import-done")
    assert _ecog(in_registry) == after

    page.get_by_label("Why is the import undone?").fill("it was the wrong patient")
    page.get_by_role("button", name="Undo the import").click()
    page.get_by_text("waiting for a worker").wait_for()
    worker(address)
    page.get_by_text("Every previous value is back.").wait_for(timeout=10_000)
    picture(page, "story-import-undone")
    assert _ecog(in_registry) == before
    with in_registry():
        newest = AuditEntry.objects.filter(table="registry_baseline").newest_first().first()
        assert (newest.reason, newest.channel) == ("it was the wrong patient", "import")


def test_a_table_of_ones_own_is_matched_once(open_as, worker, in_registry, picture):
    page = open_as(USER)
    table = "Code;Sesso;Età;Basis;Note\n06-901;donna;52;written;x\n".encode()
    address = bring_in(page, "our patients.csv", table)
    worker(address)
    page.get_by_role("heading", name="What are these columns?").wait_for(timeout=10_000)
    for heading, label in {
        "Code": "Registry patient number",
        "Sesso": "Patient: Sex",
        "Età": "Patient: Age at relapsed/refractory disease (completed years)",
        "Basis": "Patient: Legal basis for inclusion",
    }.items():
        page.get_by_role("combobox", name=heading).fill(label)
    page.get_by_label("Leave out the columns without an item").check()
    picture(page, "story-import-columns")
    page.get_by_role("button", name="Go on with these columns").click()
    page.get_by_text("waiting for a worker").wait_for()
    worker(address)
    page.get_by_role("heading", name="What do these words mean?").wait_for(timeout=10_000)
    page.get_by_role("combobox", name="donna").select_option(label="female")
    picture(page, "story-import-words")
    page.get_by_role("button", name="Read the file again with these words").click()
    page.get_by_text("waiting for a worker").wait_for()
    worker(address)
    page.get_by_text("No cell is at fault.").wait_for(timeout=10_000)
    page.get_by_role("button", name="Discard the file").click()
    page.get_by_text("The file was discarded").wait_for()
    with in_registry():
        assert not Patient.objects.filter(number="06-901").exists()

    address = bring_in(page, "our patients.csv", table.replace(b"52", b"53"))
    worker(address)
    page.get_by_text("No cell is at fault.").wait_for(timeout=10_000)


def test_who_saves_meanwhile_is_told_at_once_and_keeps_what_was_typed(open_as, worker, connected, in_registry, picture):
    page = open_as(USER)
    sheets = workbook_from(page)
    sheets.put("baseline", row_with(sheets.book["baseline"], patient_id=ECOG), wbc="6400", wbc_missing=None)
    address = bring_in(page, "centre-06-counts.xlsx", sheets.content)
    worker(address)
    page.get_by_label("Why is this imported?").fill("counts of the laboratory")
    page.get_by_role("button", name="Import 1 row").click()
    page.get_by_text("waiting for a worker").wait_for()

    with in_registry():
        form = f"/patients/{Patient.objects.get(number=ECOG).public_id}/baseline/"
    other = open_as("investigator-06")
    other.goto(form)
    other.locator("#id_hb").fill("9.7")
    other.get_by_label("Reason for change").fill("typed from the chart")
    with connected(), paused(lambda: work_on(_batch_of(address))):
        other.get_by_role("button", name="Save changes").click()
        other.get_by_text("Patients of this centre are being imported from “centre-06-counts.xlsx”").wait_for()
        expect(other.locator("#id_hb")).to_have_value("9.7")
        picture(other, "story-import-beside-entry")
        other.goto(form)
        other.get_by_role("heading", name="You typed this today").wait_for()  # also after the page was left


def _ecog(in_registry):
    with in_registry():
        return Baseline.objects.get(patient__number=ECOG).ecog
