"""What the workbook says of itself: the first sheet, and the note at the heading of each column."""

from typing import Any

from django.utils.translation import gettext as _

from registry.crf import codebook, words
from registry.crf.missing import REASONS
from registry.models import Centre
from registry.transfer.importing.values import CLEAR

_LONGEST = 1_500


def note_of(field: Any, kind: str) -> str:
    """How the item is written, its limits, its answers."""
    if field is None or kind == "reason":
        return ""
    parts = [f"{field.crf.number} · {field.verbose_name}", _how(field), words.limits_in_words(field.crf)]
    if field.crf.kind == "multi-choice":
        parts.append("\n".join(f"{code}: {label}" for code, label in field.crf.choices.items()))
    text = "\n".join(part for part in parts if part)
    return text[:_LONGEST]


def _how(field: Any) -> str:
    match field.crf.kind:
        case "date":
            return _("Date: 2019-04-03")
        case "partial-date":
            return _("Date as far as it is known: 2019, 2019-04 or 2019-04-03")
        case "multi-choice":
            return _("Several codes with ; between them")
        case "int":
            return _("Whole number")
        case "decimal":
            return _("Number")
    return ""


def write_read_me(sheet: Any, styles: dict[str, Any], centre: Centre) -> None:
    title = _("INO registry: workbook of centre %(centre)s") % {"centre": centre}
    sheet.set_column(0, 0, 110, styles["wrap"])
    sheet.write_string(0, 0, title, styles["title"])
    for row, text in enumerate(_instructions(), start=2):
        sheet.write_string(row, 0, text, styles["wrap"])


def _instructions() -> list[str]:
    reasons = ", ".join(f"{code} ({label})" for code, label in REASONS.items())
    return [
        _("One sheet a form. One row a patient, or a row a cycle, course or visit where a form repeats."),
        _("The first line names the item, the second says what it is. Rest on a name for its limits and answers."),
        _("Leave both lines, and the names of the sheets, as they are. The order of the columns is free."),
        _("A blank cell leaves the registry as it is. The word %(word)s empties the item.") % {"word": CLEAR},
        _("Where there is no value, say why in the column beside it: %(reasons)s.") % {"reasons": reasons},
        _("form_state: “complete” asks for every answer; “in progress” keeps the row as a draft."),
        _("Bring the file in on the page Import. You see every change and every fault before anything is saved."),
        _("Version of the dictionary: %(version)s") % {"version": codebook.version()},
    ]
