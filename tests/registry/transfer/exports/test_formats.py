"""Each format keeps the rules of its own world, and the same columns whether there are patients or not."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import odmlib
import openpyxl
import pyreadstat
import pytest
import xmlschema
from odmlib.dataset_json_1_1 import model as cdisc

from registry.models import ALL_FORMS, Export
from registry.transfer.exports import stata
from registry.transfer.exports.columns import Column, columns_of, short_forms
from registry.transfer.exports.redcap_dictionary import COLUMNS, field_name
from registry.transfer.exports.tables import Choice, Content, Table, no_progress
from tests.registry.transfer.exports.making import files, manifest
from tests.registry.transfer.exports.readers import READERS

pytestmark = pytest.mark.slow

ODM_SCHEMA = Path(odmlib.__file__).parent / "schemas" / "odm" / "1.3.2" / "ODM1-3-2.xsd"


def read_csv(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def read_rows(file: Path) -> list[dict[str, str]]:
    names, *rows = read_csv(file)
    return [dict(zip(names, row, strict=True)) for row in rows]


def head(file: Path) -> list[str]:
    """The names of the columns of one file, or of the sheets of one."""
    match file.suffix:
        case ".csv":
            return read_csv(file)[0]
        case ".sav" | ".dta" | ".xpt":
            read = getattr(pyreadstat, f"read_{file.suffix[1:].replace('xpt', 'xport')}")
            return list(read(file, metadataonly=True)[0].columns)
        case ".json":
            return [column["name"] for column in json.loads(file.read_text())["columns"]]
        case ".xlsx":
            book = openpyxl.load_workbook(file)
            return [f"{sheet.title}.{cell.value}" for sheet in book.worksheets for cell in sheet[1]]
        case _:
            return []


def columns(folder: Path) -> dict[str, list[str]]:
    return {file.name: head(file) for file in folder.iterdir() if file.name != "manifest.json"}


@pytest.mark.parametrize("name", READERS)
def test_an_empty_registry_exports_the_columns_of_a_full_one(cohort_registry, empty_registry, tmp_path, name):
    full = columns(files(tmp_path / "full", format=name))
    with empty_registry():
        empty = columns(files(tmp_path / "empty", format=name))
    assert empty == full
    assert sum(map(len, full.values())) > 200 or name == "odm"


def test_names_in_sas_are_short_unique_and_follow_the_item_numbers():
    for model in ALL_FORMS:
        short = [column.short for column in columns_of(model)]
        assert len(short) == len(set(short))
        assert all(len(name) <= 8 and name.isalnum() for name in short)
    assert len(set(short_forms().values())) == len(ALL_FORMS)
    assert short_forms()["ino_cycle"] == "INO"


def test_field_names_in_redcap_are_unique_in_the_project():
    names = [
        field_name(column, model.form) for model in ALL_FORMS[1:] for column in columns_of(model) if not column.is_key
    ]
    assert len(names) == len(set(names))
    assert "ino_resp" in names


def test_odm_is_valid_against_the_schema(cohort_registry, tmp_path):
    schema = xmlschema.XMLSchema(str(ODM_SCHEMA))
    schema.validate(str(files(tmp_path, format="odm") / "registry.xml"))


def test_the_audit_trail_goes_with_a_full_odm_where_it_is_asked_for(cohort_registry, tmp_path):
    folder = files(tmp_path, format="odm", with_audit=True, forms=["patient", "ino_cycle", "cytogenetics"], centres=[3])
    xmlschema.XMLSchema(str(ODM_SCHEMA)).validate(str(folder / "audit_trail.xml"))
    text = (folder / "audit_trail.xml").read_text()
    assert text.count("<SubjectData ") == 8
    assert "<ReasonForChange>Reference cohort of the demonstration</ReasonForChange>" in text
    assert 'FormOID="F.ino_cycle" FormRepeatKey="1" TransactionType="Insert"' in text
    assert text.count("<AuditRecord>") == text.count("<FormData ") > 8 + 16 + 8


def test_dataset_json_is_accepted_by_odmlib(cohort_registry, tmp_path):
    data = json.loads((files(tmp_path, format="dataset-json") / "ino_cycle.json").read_text())
    read = cdisc.DatasetJSON(**data | {"columns": [cdisc.Column(**column) for column in data["columns"]]})
    assert read.records == len(read.rows) > 58
    assert [column.name for column in read.columns if column.keySequence] == ["patient_id", "centre_no", "instance_no"]


def test_redcap_dictionary_has_its_18_columns_and_begins_with_the_key_of_a_record(cohort_registry, tmp_path):
    rows = read_csv(files(tmp_path, format="redcap") / "data_dictionary.csv")
    assert rows[0] == list(COLUMNS) and len(COLUMNS) == 18
    assert rows[1][:4] == ["patient_id", "patient", "", "text"]
    by_name = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]}
    assert by_name["sex"]["Choices, Calculations, OR Slider Labels"] == "F, female | M, male"
    assert by_name["modalities"]["Field Type"] == "checkbox"


def test_stata_and_spss_keep_all_four_reasons_as_missing_values_of_their_own(cohort_registry, tmp_path):
    _, stata = pyreadstat.read_dta(files(tmp_path / "stata", format="stata") / "baseline.dta", user_missing=True)
    assert stata.variable_value_labels["bm_blasts"] == {
        "a": "unknown or not documented",
        "b": "not done",
        "c": "not applicable",
        "d": "result pending",
    }
    _, spss = pyreadstat.read_sav(files(tmp_path / "spss", format="spss") / "baseline.sav", user_missing=True)
    assert spss.missing_ranges["bm_blasts"] == [{"lo": -99.0, "hi": -96.0}]
    assert spss.variable_value_labels["ecog"][-99] == "unknown or not documented"
    assert spss.variable_value_labels["cns_rr"][0] == "no"


def test_a_number_may_be_missing_in_many_records_before_it_is_there_once(tmp_path):
    codes = {"codes": {"UNK": "unknown", "ND": "not done"}, "integers": {"UNK": 1, "ND": 2}}
    number = Column("blasts", "Blasts", "decimal", lambda record: None, "BLA01")
    reason = Column("blasts_missing", "Why", "code", lambda record: None, "BLA01M", of="blasts", **codes)
    rows = [*[(None, "ND")] * 150, (None, None), (Decimal("12.5"), None)]
    table = Table("marrow", "Marrow", False, (number, reason), lambda: iter(rows))
    stata.write(Content(Choice(), (table,), {}, no_progress, None, {}), tmp_path)
    read, _ = pyreadstat.read_dta(tmp_path / "marrow.dta", user_missing=True)
    assert list(read["blasts"][:150]) == ["b"] * 150 and read["blasts"][151] == 12.5


def test_no_value_of_an_item_can_be_a_missing_code_of_spss():
    limits = [column.item.crf.hard for model in ALL_FORMS for column in columns_of(model) if column.item]
    assert all(low > -96 for low, _ in filter(None, limits))


def test_the_codebook_holds_items_and_derived_variables_and_no_patient(cohort_registry, tmp_path):
    folder = files(tmp_path, format="codebook")
    assert {"codebook.csv", "codebook.pdf", "derived_variables.csv", "blank_crf.pdf"} <= {
        file.name for file in folder.iterdir()
    }
    derived = read_rows(folder / "derived_variables.csv")
    assert "D01" in {row["number"] for row in derived} and all(row["rule"] for row in derived)
    assert manifest(folder)["rows"] == {}


def test_sas_script_gives_long_names_formats_and_special_missing_values(cohort_registry, tmp_path):
    script = (files(tmp_path, format="sas") / "load.sas").read_text()
    assert "value PAT03_f 1='female' 2='male';" in script
    assert "if BAS11M = 1 then BAS11 = .A;" in script or ".A;" in script
    assert "PAT03=sex" in script


def test_a_form_that_nobody_asked_for_is_not_in_it(cohort_registry, tmp_path):
    folder = files(tmp_path, format="csv", forms=["patient", "hct"], centres=[3])
    assert {file.name for file in folder.glob("*.csv")} == {"patient.csv", "hct.csv", "labels.csv"}
    assert {row["centre_no"] for row in read_rows(folder / "hct.csv")} == {"3"}


def test_every_format_with_patients_row_by_row_is_read_back():
    assert set(READERS) == set(Export.Format.values) - {"analysis", "codebook"}
