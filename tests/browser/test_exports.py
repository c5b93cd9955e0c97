"""An export from the choice to the file in somebody's hands: each role has what it may have, and nothing else."""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from registry.access.context import scope, system
from registry.actions.export_files import delete_expired
from registry.models import Export, InoCycle, Patient
from registry.transfer.exports.job import carry_out

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def worker(connected):
    """Does what a Celery worker of the site would do next."""

    def work(page):
        with connected():
            with scope(system("test", read="all")):
                key = Export.objects.get(public_id=page.url.rstrip("/").rpartition("/")[2]).pk
            carry_out(key)
        page.get_by_role("link", name="Download (").wait_for(timeout=10_000)

    return work


def open_exports(page):
    page.get_by_role("link", name="Exports", exact=True).click()
    page.get_by_role("heading", name="Exports", exact=True).wait_for()


def choose_only(page, all_of_them, *names):
    """One tick takes all away, and then one each."""
    page.get_by_label(all_of_them, exact=True).uncheck()
    for name in names:
        page.get_by_label(name, exact=True).check()


def row(page, title):
    """The cells of a form in the table that says how many rows there will be."""
    return page.locator("#counts tbody tr", has=page.get_by_role("rowheader", name=title, exact=True)).locator("td")


def ask(page):
    page.get_by_role("button", name="Start the export").click()
    page.get_by_text("waiting for a worker").wait_for()


def take(page, link):
    with page.expect_download() as download:
        link.click()
    archive = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    return {name: archive.read(name) for name in archive.namelist()}


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_coordinating_investigator_chooses_looks_asks_and_has_the_file(open_as, worker, in_registry, picture):
    page = open_as("coordinator")
    open_exports(page)
    expect(row(page, "Patient")).to_have_count(13)  # in all, and at each of the twelve centres
    choose_only(page, "All forms", "Patient", "INO cycle")
    choose_only(page, "All centres", "03 Baltimore", "05 Ancona")
    page.get_by_label("Patients", exact=True).select_option(label="patients whose required forms are all complete")
    page.get_by_label("limited: without free text and year of birth").check()
    expect(row(page, "Patient")).to_have_count(3)
    with in_registry():
        cycles = [InoCycle.objects.filter(centre=centre).count() for centre in (3, 5)]
    picture(page, "story-export-choice")

    ask(page)
    worker(page)
    content = take(page, page.get_by_role("link", name="Download ("))
    page.reload()
    expect(page.get_by_role("cell", name="downloaded")).to_have_count(1)
    picture(page, "story-export-done")

    manifest = json.loads(content["manifest.json"])
    assert (manifest["level"], manifest["asked_for_by"], manifest["centres"]) == ("limited", "coordinator", [3, 5])
    for form, numbers in manifest["rows"].items():
        rows = rows_of(content[f"{form}.csv"])
        found = {centre: sum(int(row["centre_no"]) == int(centre) for row in rows) for centre in numbers}
        assert found == numbers and len(rows) == sum(numbers.values()) > 0
    assert list(manifest["rows"]["ino_cycle"].values()) == cycles
    for file in manifest["files"]:
        assert hashlib.sha256(content[file["name"]]).hexdigest() == file["sha256"]
    assert "birth_year" not in rows_of(content["patient.csv"])[0]
    assert 'source("FOLDER/load.R", chdir = TRUE)' in content["README.txt"].decode()


def test_a_data_manager_has_the_patients_of_the_own_centre(open_as, worker, in_registry):
    page = open_as("datamanager-05")
    open_exports(page)
    expect(page.get_by_text("Centre 05 Ancona")).to_be_visible()
    expect(page.get_by_text("All centres")).to_have_count(0)
    with in_registry():
        number = Patient.objects.filter(centre=5).count()
    assert row(page, "Patient").all_inner_texts() == [str(number)]
    ask(page)
    worker(page)
    address = page.url
    content = take(page, page.get_by_role("link", name="Download ("))
    assert {row["centre_no"] for row in rows_of(content["patient.csv"])} == {"5"}
    assert len(rows_of(content["patient.csv"])) == number

    other = open_as("datamanager-04")
    open_exports(other)
    expect(other.get_by_text("Nothing was exported yet.")).to_be_visible()
    assert other.goto(address).status == 404

    coordinator = open_as("coordinator")
    open_exports(coordinator)
    line = coordinator.get_by_role("row").filter(has_text="datamanager-05")
    expect(line.get_by_role("cell", name="05 Ancona")).to_be_visible()
    again = take(coordinator, line.get_by_role("link", name="Download CSV with R script, full"))
    assert again["manifest.json"] == content["manifest.json"]


def test_a_statistician_has_no_patient_and_no_small_number(open_as, worker):
    page = open_as("statistician")
    open_exports(page)
    expect(page.get_by_role("radio")).to_have_count(2)
    page.get_by_label("aggregate: counts, no patient").check()
    page.get_by_label("Format").select_option(label="SPSS (.sav)")
    expect(page.locator("#counts")).to_contain_text("Counts are exported as CSV or as an Excel workbook")
    page.get_by_label("Format").select_option(label="CSV with R script")
    expect(page.locator("#counts")).not_to_contain_text("Counts are exported")
    ask(page)
    worker(page)
    counts = rows_of(take(page, page.get_by_role("link", name="Download ("))["counts.csv"])
    assert not {line["number"] for line in counts} & {"1", "2", "3", "4"}
    assert not any("Baltimore" in line["centre"] for line in counts)


def test_a_file_has_an_end(open_as, worker, connected):
    page = open_as("datamanager-07")
    open_exports(page)
    page.get_by_label("Format").select_option(label="Codebook, without patients")
    expect(page.locator("#counts")).to_contain_text("No patient is in this export.")
    ask(page)
    worker(page)
    week = timezone.localtime() + dt.timedelta(days=7)
    expect(page.get_by_text(f"The file is deleted on {week:%Y-%m-%d}")).to_be_visible()
    with connected():
        with scope(system("exports", read="all")):
            Export.objects.filter(public_id=page.url.rstrip("/").rpartition("/")[2]).update(expires_at=timezone.now())
        delete_expired(now=timezone.now())
    page.reload()
    expect(page.get_by_text("The file was deleted after its time. Export again.")).to_be_visible()
    expect(page.get_by_role("cell", name="the registry itself")).to_be_visible()
    open_exports(page)
    expect(page.get_by_role("row").filter(has_text="Codebook").get_by_role("cell", name="deleted")).to_be_visible()
