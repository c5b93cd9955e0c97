"""The bodies of a form, from its declaration: every item with its type, codes, unit and number on paper."""

from decimal import Decimal
from typing import Any

from registry.api.description.types import (
    DAY,
    TEXT,
    TRUE_OR_FALSE,
    UUID,
    WHOLE,
    Schema,
    body,
    many,
    one_of,
    or_null,
    said,
)
from registry.crf.fields import crf_fields
from registry.crf.language import english
from registry.crf.missing import REASONS
from registry.models import CrfForm
from registry.models.base import RepeatedForm

_PARTIAL_DATE = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
_NUMBER = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}


def shown(model: Any) -> Schema:
    """A record as it is answered."""
    fields = crf_fields(model)
    coded = [field for field in fields if field.crf.choices]
    partial = [field for field in fields if field.crf.kind == "partial-date"]
    members = {
        "id": UUID,
        "form": {"type": "string", "const": model.form},
        **_place(model),
        "state": one_of(CrfForm.State.values),
        "version": said(WHOLE, "Goes up by one with each change; it is the ETag of the record."),
        "verified": said(TRUE_OR_FALSE, "The monitor compared the whole record with the source documents."),
        "verified_items": said(many(TEXT), "Items verified alone."),
        "signed": said(TRUE_OR_FALSE, "The centre investigator signed the record as it is."),
        "values": said(body({field.crf.name: _item(field, is_sent=False) for field in fields}), "Items of the form."),
        "missing": said(body(_reasons(model), required=()), "Why a value is missing."),
        "precision": said(
            body({field.crf.name: one_of(("year", "month", "day")) for field in partial}, required=()),
            "How much of a partial date is known.",
        ),
        "labels": said(body({field.crf.name: _words(field) for field in coded}), "With `labels=true`: codes in words."),
    }
    return body(members, required=[name for name in members if name != "labels"])


def sent(model: Any, *, is_new: bool) -> Schema:
    """A record as it is sent: only what is to be entered or changed."""
    given = ("number", "centre") if model.form == "patient" else ()
    fields = [field for field in crf_fields(model) if field.name not in given]
    members: dict[str, Schema] = {}
    if is_new and model.form != "patient":
        members["patient"] = said(UUID, "The `id` of the patient.")
    if is_new and issubclass(model, RepeatedForm) and model.number_field == "instance_no":
        members["instance_no"] = said(WHOLE | {"minimum": 1}, "The next number of the patient unless it is sent.")
    reasons = {name: or_null(schema) for name, schema in _reasons(model).items()}
    members |= {
        "values": said(
            body({field.crf.name: _item(field, is_sent=True) for field in fields}, required=()), "Items of the form."
        ),
        "missing": said(body(reasons, required=()), "Why a value is missing; null takes the reason back."),
        "complete": said(TRUE_OR_FALSE, "Save only if the record can be completed. False: a draft may have gaps."),
        "reason": said(
            TEXT | {"examples": ["Corrected after the visit"]},
            "Why a complete record is changed, in at least 5 characters.",
        ),
    }
    return body(members, required=[name for name in ("patient",) if name in members])


def _place(model: Any) -> dict[str, Schema]:
    number = said(TEXT | {"examples": ["03-001"]}, "The registry number of the patient.")
    if model.form == "patient":
        excluded = {"excluded": TRUE_OR_FALSE, "excluded_reason": or_null(TEXT)}
        return {"patient_number": number, "centre": WHOLE, **excluded}
    place = {"patient": UUID, "patient_number": number, "centre": WHOLE}
    return place | ({"instance_no": or_null(WHOLE)} if model.repeats else {})


def _reasons(model: Any) -> dict[str, Schema]:
    return {field.crf.name: one_of(REASONS) for field in crf_fields(model) if field.crf.may_be_missing}


def _words(field: Any) -> Schema:
    return or_null(many(TEXT) if field.crf.kind == "multi-choice" else TEXT)


def _item(field: Any, *, is_sent: bool) -> Schema:
    schema = or_null(_type(field, is_sent=is_sent))
    return {"title": english(field.verbose_name), "description": _description(field), **schema, **_example(field)}


def _type(field: Any, *, is_sent: bool) -> Schema:
    match field.crf.kind:
        case "decimal":
            return _NUMBER | ({"type": ["string", "number"]} if is_sent else {})
        case "choice":
            return one_of(field.crf.choices)
        case "multi-choice":
            return many(one_of(field.crf.choices))
        case "text":
            return TEXT | {"maxLength": field.max_length}
        case kind:
            return {"int": WHOLE, "bool": TRUE_OR_FALSE, "date": DAY, "partial-date": _PARTIAL_DATE}[kind]


def _description(field: Any) -> str:
    parts = [f"Item {field.crf.number}."]
    if field.crf.unit:
        unit = english(field.crf.unit)
        parts.append(f"In the unit of {field.crf.unit_field}." if field.crf.unit_field else f"In {unit}.")
    if field.crf.hard:
        parts.append(
            f"From {field.crf.hard[0]} to {field.crf.hard[1]}{' ' + english(field.crf.unit) if field.crf.unit else ''}."
        )
    if field.crf.choices and field.crf.kind != "bool":
        parts.append("; ".join(f"{code}: {english(label)}" for code, label in field.crf.choices.items()) + ".")
    if field.crf.review_only:
        parts.append("Entered by the coordinating centre.")
    return " ".join(parts)


def _example(field: Any) -> Schema:
    example: Any
    low, high = field.crf.soft or field.crf.hard or (Decimal(1), Decimal(9))
    match field.crf.kind:
        case "int":
            example = int((low + high) / 2)
        case "decimal":
            middle = (low + high) / 2
            example = str(round(middle, max(1, 1 - middle.adjusted())))
        case "choice":
            example = next(iter(field.crf.choices))
        case "multi-choice":
            example = [next(iter(field.crf.choices))]
        case "bool":
            example = True
        case "date":
            example = "2019-04-03"
        case "partial-date":
            example = "2019-04"
        case _:
            return {}
    return {"examples": [example]}
