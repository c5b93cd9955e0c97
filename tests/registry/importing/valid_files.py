"""One patient with every form filled in, as each kind of file has her: what the damaged files were before."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.crf.fields import crf_fields
from registry.models import PATIENT_FORMS, ImportBatch
from registry.transfer.exports import odm, redcap, tables
from registry.transfer.importing.workbook_out import workbook
from tests.pages import new_patient, save

Kind = ImportBatch.Kind
ANSWERS: dict[str, Any] = {
    "int": 5,
    "decimal": "1.5",
    "text": "46,XX é",
    "bool": True,
    "date": dt.date(2019, 4, 3),
    "partial-date": "2019-04",
}
CSV = b"""patient_id;rr_date;lab_date;ecog;wbc;wbc_unit;plt;hb_missing;form_state;version
03-001;2019-04;3 Apr 2019;1;5.9;ul;CLEAR;ND;in progress;1
03-001;2019-04;2019-04-03;1: x;"1;5";ul;150000;;draft;1
"""


@dataclass(frozen=True)
class ValidFile:
    kind: str
    name: str
    content: bytes
    dictionary: bytes | None = None  # of REDCap


def draft_of_every_form(by: Any) -> Any:
    """Every item answered; what the answers say together makes no sense, and need not in a draft."""
    patient = new_patient(by)
    for model in PATIENT_FORMS:
        record = model(patient=patient, centre=by.centre)
        for field in crf_fields(model):
            if not field.crf.review_only:
                setattr(record, field.name, _answer(field))
        if model.repeats:
            setattr(record, model.number_field, "dx" if model.form == "cytogenetics" else 1)
        save(record, by=by)
    return patient


def _answer(field: Any) -> Any:
    codes = list(field.crf.choices)
    match field.crf.kind:
        case "choice":
            return codes[0]
        case "multi-choice":
            return codes[:2]
    return field.to_python(ANSWERS[field.crf.kind])


def valid_files(by: Any, folder: Path) -> dict[str, ValidFile]:
    """By how they are read."""
    with scope(claims_of(by)):
        content = tables.content_of(tables.Choice(centres=(by.centre_id,)))
        book = workbook(by.centre, prefilled=True)
        redcap.write(content, folder)
        odm.write(content, folder)
    return {
        "csv": ValidFile(Kind.TABLES, "baseline.csv", CSV),
        "xlsx": ValidFile(Kind.TABLES, "workbook.xlsx", book),
        "odm": ValidFile(Kind.ODM, "registry.xml", (folder / "registry.xml").read_bytes()),
        "redcap": ValidFile(
            Kind.REDCAP,
            "data.csv",
            (folder / "data.csv").read_bytes(),
            (folder / "data_dictionary.csv").read_bytes(),
        ),
    }
