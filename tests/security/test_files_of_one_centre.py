"""Where row-level security is off, the files that a centre gets still hold its own patients only."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.exports import Wish, levels_of
from registry.models import Export, Patient
from registry.transfer.importing.at_once import import_at_once
from registry.transfer.importing.workbook_out import workbook
from tests.databases import without_row_level_security
from tests.pages import log_in, new_patient
from tests.people import make_people
from tests.registry.transfer.exports.making import export

pytestmark = pytest.mark.slow
FORMATS = [format for format in Export.Format.values if format != Export.Format.CODEBOOK]


@pytest.fixture
def by(committed_registry):
    """A data manager of Baltimore. The registry has a patient of hers and one of Brescia."""
    people = make_people()
    with without_row_level_security(committed_registry):
        for manager in (people.datamanager_03, people.datamanager_07):
            new_patient(manager)
        yield people.datamanager_03


def test_row_level_security_is_off(by):
    """Else the others would prove nothing."""
    with scope(claims_of(by)):
        assert sorted(Patient.objects.values_list("number", flat=True)) == ["03-001", "07-001"]


def test_an_export_holds_the_own_centre_only(by):
    for format in FORMATS:
        for level in levels_of(by) if format in (Export.Format.CSV, Export.Format.XLSX) else ("full",):
            made = export(Wish(format, level), by=by.username)
            assert made.state == Export.State.DONE, made.problem
            with zipfile.ZipFile(io.BytesIO(bytes(made.file.content))) as archive:
                files = {name: archive.read(name) for name in archive.namelist()}
            assert b'"07"' not in files["manifest.json"], (format, level)
            assert not [name for name, content in files.items() if b"07-001" in content or b"Brescia" in content]


def test_the_filled_workbook_holds_the_own_centre_only(by):
    with scope(claims_of(by)):
        book = load_workbook(io.BytesIO(workbook(by.centre, prefilled=True)))
    assert [row[0].value for row in book["patient"].iter_rows(min_row=3)] == ["03-001"]


def test_an_import_finds_no_patient_of_another_centre(by):
    content = b"patient_id,sex\n07-001,M\n"
    done = import_at_once(content, name="patient.csv", centre=by.centre, by=by, reason="A file", dry_run=True)
    assert {fault[4] for fault in done.faults} == {"C01", "required"}  # a new patient, of a wrong number


@pytest.mark.parametrize(
    "address", ["/history/changes.csv", "/exports/counts/?format=csv&level=full", "/outcomes/patients/"]
)
def test_a_download_or_count_holds_the_own_centre_only(by, address):
    content = log_in(by).get(address).content.decode()
    assert "07-001" not in content and "Brescia" not in content
