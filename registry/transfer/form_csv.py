"""One CSV a form, as exported: items by their dictionary names, missing reasons in a column beside each item."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from registry.crf.fields import crf_fields
from registry.models import ALL_FORMS, Centre, Patient

KEYS = {"patient_id", "instance_no"}


class CsvFault(Exception):
    """A file, row and column that cannot be read: what stands there, and what is expected."""


def read_patients(folder: Path) -> Iterator[tuple[Patient, list[Any]]]:
    """Each patient of the folder with all its records, unsaved."""
    records: dict[str, list[Any]] = {}
    for model in ALL_FORMS:
        if model not in (Centre, Patient):
            for row_patient, record in read_form(model, folder / f"{model.form}.csv"):
                records.setdefault(row_patient, []).append(record)
    for number, patient in read_form(Patient, folder / "patient.csv"):
        yield patient, records.get(number, [])


def read_form(model: Any, file: Path) -> Iterator[tuple[str, Any]]:
    """Each row of one form: the patient number it belongs to, and the unsaved record."""
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        _refuse_unknown_columns(model, file, reader.fieldnames or [])
        for line, row in enumerate(reader, start=2):
            yield row.get("patient_id", ""), _record(model, row, where=f"{file.name}, row {line}")


def _record(model: Any, row: dict[str, str], *, where: str) -> Any:
    record = model()
    for field in crf_fields(model):
        text = row.get(field.crf.name, "").strip()
        try:
            setattr(record, field.attname, _value(field, text))
        except ValidationError as error:
            raise CsvFault(f"{where}, column {field.crf.name}: {' '.join(error.messages)}") from error
        if reason := row.get(f"{field.crf.name}_missing", "").strip():
            record.missing[field.name] = reason
    if "instance_no" in row and getattr(model, "number_field", "") == "instance_no":
        record.instance_no = int(row["instance_no"])
    return record


def _value(field: Any, text: str) -> Any:
    if not text:
        return None
    if field.crf.kind == "bool" and text not in ("0", "1"):
        raise ValidationError(f"“{text}” is not 1 (yes) or 0 (no).")
    return text == "1" if field.crf.kind == "bool" else field.to_python(text)


def _refuse_unknown_columns(model: Any, file: Path, columns: Any) -> None:
    names = {field.crf.name for field in crf_fields(model)}
    known = names | {f"{name}_missing" for name in names} | KEYS
    if unknown := [column for column in columns if column not in known]:
        raise CsvFault(
            f"{file.name}: column {unknown[0]} is not an item of the form {model.form}. Remove or rename it."
        )
