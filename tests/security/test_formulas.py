"""Nothing that somebody typed runs in a spreadsheet: every text item, every file that a spreadsheet opens.

A spreadsheet parts the cells of a CSV at commas, or, in languages with a decimal comma, at semicolons: then quotes
count for nothing. Both are looked at.
"""

import ast
import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.exports import Wish
from registry.audit.acting import acting_as
from registry.crf.fields import crf_fields
from registry.models import PATIENT_FORMS, CrfForm, ImportBatch, Patient
from registry.transfer.cells import plain_cell
from registry.transfer.importing.at_once import import_at_once
from registry.transfer.importing.workbook_out import workbook
from tests.pages import log_in
from tests.people import make_people
from tests.registry.transfer.exports.making import export
from tests.registry.transfer.exports.test_formulas import COMMANDS, PAYLOADS

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(E[+-]?\d+)?", re.ASCII)
HIDDEN = [
    f"{before}={COMMANDS[1]}" for before in ("a;", "a\n", "a\r", "a\r\n", 'a";', "a;'", "\u00a0", "  ", "a,", "a|")
]
TEXTS = [*PAYLOADS, *HIDDEN]
PATIENTS = {f"03-{place:03d}": text for place, text in enumerate(TEXTS, start=1)}


@pytest.fixture
def by(committed_registry):
    """A data manager each of whose patients has one of the texts in all text items, and as reason of the entry."""
    by = make_people().datamanager_03
    for number, text in PATIENTS.items():
        with acting_as(by, text, centre=by.centre_id):
            patient = Patient(centre=by.centre, number=number, sex="F", state=CrfForm.State.IN_PROGRESS)
            Patient.objects.bulk_create([_with(text, patient)])
            for model in PATIENT_FORMS:
                if any(field.crf.kind == "text" for field in crf_fields(model)):
                    record = model(patient=patient, centre=by.centre, state=CrfForm.State.IN_PROGRESS)
                    if model.repeats:
                        setattr(record, model.number_field, "dx" if model.form == "cytogenetics" else 1)
                    model.objects.bulk_create([_with(text, record)])
    return by


def _with(text, record):
    for field in crf_fields(type(record)):
        if field.crf.kind == "text" and not field.unique:
            setattr(record, field.name, field.clean(text[: field.max_length], None))
    return record


def files_of(by, format, level="full"):
    made = export(Wish(format, level), by=by.username)
    with zipfile.ZipFile(io.BytesIO(bytes(made.file.content))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def formulas_of_csv(content):
    text = content.decode("utf-8-sig")
    found = [cell for row in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in row]
    found += [cell for line in re.split(r"[\r\n]", text) for cell in line.split(";")]
    return [cell for cell in found if FORMULA.match(cell) and not NUMBER.fullmatch(cell)]


def formulas_of_workbook(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]
    book = load_workbook(io.BytesIO(content))
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def formulas(files):
    found = {name: formulas_of_csv(content) for name, content in files.items() if name.endswith(".csv")}
    found |= {name: formulas_of_workbook(content) for name, content in files.items() if name.endswith(".xlsx")}
    assert found or not files
    return {name: cells for name, cells in found.items() if cells}


def changed_by(by, content, **about):
    """What an import of the same file would write."""
    with scope(claims_of(by)):
        done = import_at_once(content, centre=by.centre, by=by, reason="The same again", dry_run=True, **about)
    return [fault for fault in done.faults if fault[4] != "C01"], done.summary


def test_there_are_sixty_texts():
    assert len(set(TEXTS)) >= 60


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_made_safe_comes_back(text):
    from registry.transfer.cells import safe_cell

    assert plain_cell(safe_cell(text)) == text
    assert not [part for part in re.split(r"[;\r\n]", safe_cell(text)) if FORMULA.match(part)]


SAME = "0 records entered, 0 changed, "


def test_no_export_holds_a_formula_and_each_comes_back_the_same(by):
    files = {format: files_of(by, format) for format in ("csv", "xlsx", "redcap", "sas", "codebook", "odm")}
    for format, found in files.items():
        assert formulas({name: part for name, part in found.items() if name.endswith((".csv", ".xlsx"))}) == {}, format
    for format in ("csv", "xlsx"):
        assert formulas(files_of(by, format, "aggregate")) == {}
    again = [
        changed_by(by, files["csv"]["cytogenetics.csv"], name="cytogenetics.csv"),
        changed_by(by, files["odm"]["registry.xml"], name="registry.xml", kind=ImportBatch.Kind.ODM),
        changed_by(
            by,
            files["redcap"]["data.csv"],
            name="data.csv",
            kind=ImportBatch.Kind.REDCAP,
            dictionary=files["redcap"]["data_dictionary.csv"],
        ),
    ]
    assert [(faults, summary[: len(SAME)]) for faults, summary in again] == [([], SAME)] * 3


def test_no_workbook_of_a_centre_holds_a_formula_and_it_comes_back_the_same(by):
    with scope(claims_of(by)):
        filled, empty = (workbook(by.centre, prefilled=prefilled) for prefilled in (True, False))
    assert formulas({"filled.xlsx": filled, "empty.xlsx": empty}) == {}
    faults, summary = changed_by(by, filled, name="03.xlsx")
    assert (faults, summary[: len(SAME)]) == ([], SAME)


def test_no_history_holds_a_formula(by):
    client = log_in(by)
    with scope(claims_of(by)):
        patients = [patient.public_id for patient in Patient.objects.all()]
    found = {f"{key}.csv": client.get(reverse("patient history csv", args=[key])).content for key in patients}
    assert len(found) == len(TEXTS)
    assert formulas(found) == {}
    rows = [
        row
        for content in found.values()
        for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    ]
    assert {plain_cell(row["reason"]) for row in rows} == {text.strip() for text in TEXTS}


def test_no_other_module_writes_csv():
    """Whoever writes a CSV does it through `cells`, or stands here with the reason why no text of a person is in it."""
    without_texts_of_persons = {
        "registry/transfer/cells.py": "the writer itself",
        "registry/transfer/codebook_csv.py": "declared in the program",
        "registry/transfer/exports/redcap.py": "its cells are made safe",
        "analytics/exports.py": "steps and reasons declared in the program",
        "analytics/cohort/csv_text.py": "codes, numbers and dates",
        "analytics/reports/kinds/data_quality.py": "codes, numbers and dates",
        "analytics/reports/r_script.py": "numbers, with labels declared in the program",
        "analytics/reports/figures/data.py": "numbers, with labels declared in the program",
    }
    found = set()
    for folder in ("registry", "analytics"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Attribute) and ast.unparse(node) in ("csv.writer", "csv.DictWriter"):
                    found.add(str(file.relative_to(ROOT)))
    assert found == set(without_texts_of_persons)
