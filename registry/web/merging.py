"""Two people changed the same record: both values of every field that differs, and a choice for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from registry.crf import words
from registry.crf.fields import crf_fields, is_beside_value, unit_beside
from registry.crf.titles import title_of
from registry.models import AuditEntry
from registry.web.record_form import RecordForm, as_posted

CHOICE = "keep-"
STORED = "stored"


@dataclass(frozen=True)
class Difference:
    """One field that differs. `preselected` is the stored value where the other person changed the field."""

    name: str
    label: str
    yours: str
    stored: str
    preselected: str


def chosen(posted: QueryDict, record: Any) -> QueryDict:
    """What was posted; for fields where the stored value was chosen, the stored value."""
    merged = posted.copy()
    stored = as_posted(record)
    for field in crf_fields(type(record)):
        if posted.get(f"{CHOICE}{field.name}") == STORED:
            for part in (field.name, f"{field.name}_missing", unit_beside(field)):
                value = stored.get(part, "")
                merged.setlist(part, value if isinstance(value, list) else [value])
    return merged


def opened_version(posted: Mapping[str, Any]) -> int:
    """The version that the page showed; 0 for a form that was not started."""
    text = str(posted.get("version", ""))
    return int(text) if text.isdecimal() else 0


def given_reason(posted: Mapping[str, Any]) -> str:
    """Why the record is changed; without characters that PostgreSQL cannot keep."""
    return str(posted.get("reason", "")).replace("\x00", "")


def show(
    request: HttpRequest, form: RecordForm, attempt: Any, *, stored: Any, posted: Mapping[str, Any]
) -> HttpResponse:
    """The page that asks, field by field. Nothing was saved yet."""
    others = _changes_since(stored, opened_version(posted))
    context = {
        "title": title_of(stored),
        "stored": stored,
        "others": others,
        "differences": _differences(form, attempt, stored, {name for entry in others for name in entry.new or {}}),
        "kept": [(name, value) for name in form.fields for value in _values(posted, name)],
        "step": posted.get("step", ""),
        "reason": posted.get("reason", ""),
        "prefix": CHOICE,
    }
    return render(request, "registry/merge.html", context, status=409)


def _differences(form: RecordForm, attempt: Any, stored: Any, changed_by_others: set[str]) -> list[Difference]:
    found = []
    for field in crf_fields(type(stored)):
        if is_beside_value(field):
            continue  # chosen together with its value
        yours, theirs = words.answer_in_words(field, attempt), words.answer_in_words(field, stored)
        if field.name in form.fields and yours != theirs:
            preselected = STORED if field.attname in changed_by_others else "yours"
            found.append(Difference(field.name, str(field.verbose_name), yours, theirs, preselected))
    return found


def _changes_since(stored: Any, version: int) -> list[AuditEntry]:
    """What was saved after the version that this user had opened."""
    entries = AuditEntry.objects.filter(table=stored._meta.db_table, row=str(stored.pk))
    return [entry for entry in entries if (entry.new or {}).get("version", 0) > version]


def _values(posted: Any, name: str) -> list[str]:
    return posted.getlist(name) if hasattr(posted, "getlist") else [posted.get(name, "")]
