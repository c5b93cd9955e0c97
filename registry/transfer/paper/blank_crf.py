"""The case report form of one patient, empty, to print and to fill in by hand."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from registry.crf import codebook, words
from registry.crf.missing import REASONS
from registry.models import PATIENT_FORMS, Patient
from registry.transfer.paper.pdf import render
from registry.transfer.paper.questions import Question, questions

# Texts up to this length are written one letter a box.
SHORT_TEXT = 10
# Lines to write on, by the longest text that the item takes.
_LINES = ((200, 1), (500, 2), (1000, 4))


def blank_crf(*, at: dt.datetime) -> bytes:
    """One section a form. The centre's own form is filled in once and on the page, not for each patient."""
    data = {
        "title": _("Case report form"),
        "introduction": introduction(),
        "reasons": [(code, str(meaning)) for code, meaning in REASONS.items()],
        "footer": _("Case report form, dictionary version %(version)s") % {"version": codebook.version()},
        "texts": _texts(),
        "forms": forms(),
    }
    return render("blank_crf", data, at=at)


def introduction() -> list[str]:
    return [
        _(
            "For one patient. Write the patient number on every sheet; never a name, initials or a full date of"
            " birth. Print the sheet of a form that repeats as often as it is needed."
        ),
        _(
            "One digit a box, one tick a question unless it says otherwise. A question is left empty only where its"
            " condition does not hold; otherwise give the value or tick why it is missing."
        ),
    ]


def forms() -> list[dict[str, Any]]:
    """What stands on each sheet, in the order of the paper; for print and page alike."""
    return [_form(model) for model in (Patient, *PATIENT_FORMS)]


def _texts() -> dict[str, Any]:
    return {
        "contents": _("Forms"),
        "patient_number": _("Patient number"),
        "centre": _("Centre"),
        "reason_columns": [_("Reason missing"), _("Meaning")],
        "columns": [_("Item"), _("Question"), _("Answer"), _("Reason missing")],
        "reasons": list(REASONS),
        "date_letters": [_("YYYY"), _("MM"), _("DD")],
        "filled_in_by": _("Filled in by"),
        "date": _("on"),
        "entered_by": _("Entered in the registry by"),
        "number": _("Number"),
    }


def _form(model: Any) -> dict[str, Any]:
    return {
        "name": model.form,
        "title": str(model._meta.verbose_name),
        "repeats": model.repeats,
        "note": _("This form repeats: fill in as many as the patient needs.") if model.repeats else "",
        "is_numbered": model.repeats and model.number_field == "instance_no",
        "items": [_item(model, question) for question in questions(model)],
    }


def _item(model: Any, question: Question) -> dict[str, Any]:
    field = question.field
    kind, size = _space(field)
    return {
        "numbers": question.numbers,
        "label": str(field.verbose_name),
        "requirement": _requirement(model, field),
        "kind": kind,
        "size": size,
        "options": [str(label) for label in field.crf.choices.values()],
        "unit": "" if question.unit_field else str(field.crf.unit),
        "units": [str(label) for label in question.unit_field.crf.choices.values()] if question.unit_field else [],
        "hint": _hint(question),
        "may_be_missing": field.crf.may_be_missing,
    }


def _space(field: Any) -> tuple[str, int]:
    """What to draw for the answer, and how many boxes or lines of it."""
    match field.crf.kind:
        case "bool" | "choice" | "multi-choice":
            return "options", 0
        case "date" | "partial-date":
            return "date", 0
        case "int" if field.crf.hard and field.crf.hard[0] >= 0:
            return "digits", len(str(field.crf.hard[1]))
        case "text" if field.max_length <= SHORT_TEXT:
            return "digits", field.max_length
        case "text":
            return "text", next((lines for longest, lines in _LINES if field.max_length <= longest), _LINES[-1][1])
        case _:
            return "number", 0


def _requirement(model: Any, field: Any) -> str:
    parts = [_("by the coordinating centre")] if field.crf.review_only else []
    required = field.crf.required
    if not isinstance(required, Q):
        parts += [] if required else [_("optional")]
    elif required.negated:
        parts.append(_("unless %(condition)s") % {"condition": words.condition_in_words(model, ~required)})
    else:
        parts.append(_("if %(condition)s") % {"condition": words.condition_in_words(model, required)})
    return "; ".join(parts)


def _hint(question: Question) -> str:
    field = question.field
    if field.crf.kind == "multi-choice":
        return _("tick all that apply")
    if field.crf.kind == "partial-date":
        return _("what is not known stays empty")
    limits = words.limits_in_words(field.crf)
    return f"{limits} {field.crf.unit}" if limits and question.unit_field else limits
