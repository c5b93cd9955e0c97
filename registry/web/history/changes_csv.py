"""A history as CSV: one row for each field that changed, everything in a column of its own."""

import datetime as dt
from collections.abc import Collection, Iterator
from io import StringIO
from typing import Final

from django.utils import timezone
from django.utils.translation import override

from registry.models import AuditEntry
from registry.transfer.cells import csv_writer, safe_cell
from registry.web.history.words import Change, Names, changes_of, form_name, role_in_words

COLUMNS: Final = (
    "at_utc",
    "at_local",
    "person",
    "role",
    "centre",
    "channel",
    "patient",
    "form",
    "number",
    "kind",
    "field",
    "label",
    "old",
    "new",
    "reason",
    "batch",
)
_AT_ONCE = 1000
_NOTHING = Change("", "", "", "")  # an entry without a field, such as a record that was opened and left empty


def changes_csv(entries: list[AuditEntry], *, only: Collection[str]) -> str:
    """The changes of these entries, in English; with `only`, of the fields of these names."""
    text = StringIO()
    writer = csv_writer(text)
    writer.writerow(COLUMNS)
    with override(None):
        for start in range(0, len(entries), _AT_ONCE):
            part = entries[start : start + _AT_ONCE]
            names = Names(part)
            for entry in part:
                for row in _rows(entry, names, only):
                    writer.writerow([safe_cell(row[column]) for column in COLUMNS])
    return text.getvalue()


def _rows(entry: AuditEntry, names: Names, only: Collection[str]) -> Iterator[dict[str, str]]:
    patient, number = names.patient(entry), names.number(entry)
    head = {
        "at_utc": f"{entry.at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "at_local": timezone.localtime(entry.at).isoformat(sep=" ", timespec="seconds"),
        "person": entry.user_name,
        "role": role_in_words(entry.role),
        "centre": "" if entry.centre is None else f"{entry.centre:02d}",
        "channel": entry.channel or "",
        "patient": str(patient or ""),
        "form": form_name(entry),
        "number": "" if number is None else str(number),
        "kind": entry.get_operation_display(),
        "reason": entry.reason or "",
        "batch": entry.batch or "",
    }
    for change in changes_of(entry, only) or [_NOTHING]:
        yield head | {"field": change.name, "label": change.label, "old": change.old, "new": change.new}
