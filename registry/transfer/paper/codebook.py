"""The codebook as PDF."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.crf import codebook
from registry.crf.codebook_entries import Entry, entries, note_on
from registry.crf.missing import REASONS
from registry.transfer.paper.pdf import render


def codebook_pdf(*, at: dt.datetime) -> bytes:
    """Every item of every form, with its codes, limits and missing reasons."""
    version, day = codebook.version(), timezone.localtime(at).date().isoformat()
    reasons = ", ".join(f"{code} {words}" for code, words in REASONS.items())
    data = {
        "title": _("Codebook"),
        "introduction": _("Dictionary version %(version)s. Missing reasons: %(reasons)s.")
        % {"version": version, "reasons": reasons},
        "footer": _("Codebook, dictionary version %(version)s, made on %(day)s") % {"version": version, "day": day},
        "texts": {
            "columns": [_("Item"), _("Question"), _("Answer"), _("Codes"), _("Limits"), _("Reason missing, source")]
        },
        "forms": [_form(model) for model in codebook.forms()],
    }
    return render("codebook", data, at=at)


def _form(model: Any) -> dict[str, Any]:
    return {
        "title": str(model._meta.verbose_name),
        "note": note_on(model),
        "items": [_item(entry) for entry in entries(model)],
    }


def _item(entry: Entry) -> dict[str, Any]:
    limits = [_("usual %(range)s") % {"range": entry.usual}] if entry.usual else []
    limits += [_("possible %(range)s") % {"range": entry.possible}] if entry.possible else []
    origin = [_("central review")] if entry.review_only else []
    return {
        "number": entry.number,
        "name": entry.name,
        "label": entry.label,
        "required": entry.required,
        "type": entry.type,
        "unit": entry.unit,
        "codes": entry.codes,
        "limits": limits,
        "missing": entry.missing,
        "origin": "; ".join([*origin, entry.source]),
    }
