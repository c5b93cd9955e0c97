"""What every format must give back: the records of the database as texts, read without the code of the exports."""

from decimal import Decimal
from typing import Any

from registry.crf.fields import crf_fields
from registry.crf.partial_dates import PartialDate
from registry.crf.rows import as_row
from registry.models import ALL_FORMS

Rows = list[dict[str, str]]
KEYS = ("patient_id", "instance_no", "centre_no")


def database() -> dict[str, Rows]:
    """Every form, sorted by its keys."""
    return {model.form: in_order([_row(record) for record in model.objects.all()]) for model in ALL_FORMS}


def in_order(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: tuple(row.get(key, "").zfill(12) for key in KEYS))


def _row(record: Any) -> dict[str, str]:
    values = as_row(record)
    missing, state = values.pop("missing"), values.pop("state")
    row = {name: text(value) for name, value in values.items()} | {"form_state": state}
    for field in crf_fields(type(record)):
        value = getattr(record, field.attname)
        if field.crf.kind == "partial-date":
            row[f"{field.crf.name}_precision"] = value.precision if isinstance(value, PartialDate) else ""
        if field.crf.may_be_missing:
            row[f"{field.crf.name}_missing"] = missing.pop(field.name, "")
    assert missing == {}
    return row | _own(record)


def _own(record: Any) -> dict[str, str]:
    if record.form == "centre":
        return {}
    if record.form == "patient":
        return {"excluded": text(record.excluded), "excluded_reason": text(record.excluded_reason)}
    keys = {"patient_id": record.patient.number, "centre_no": str(record.centre_id)}
    return keys | ({"instance_no": str(record.instance_no)} if record.repeats else {})


def text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return ";".join(value) if isinstance(value, list) else str(value)


def number(value: float) -> str:
    """A number of a file as the database writes it."""
    plain = format(Decimal(repr(float(value))), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
