"""The codebook: every item of every form, computed from the declarations. Nothing here is typed twice."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import override

from registry.crf import conditions
from registry.crf.fields import crf_fields
from registry.crf.missing import REASONS
from registry.crf.rows import canonical_json, digest

COLUMNS = (
    "form",
    "form_title",
    "item",
    "name",
    "label",
    "type",
    "unit",
    "codes",
    "integer_codes",
    "required",
    "hard_range",
    "soft_range",
    "missing_reasons",
    "repeats",
    "entered_by",
    "source",
)

# fmt: off
_PAPER_ORDER = (
    "centre", "patient", "eligibility", "diagnosis", "cytogenetics", "baseline", "prior_treatment", "ino_cycle",
    "pre_hct_therapy", "hct", "conditioning_drug", "sos_vod", "gvhd", "maintenance", "maintenance_course", "relapse",
    "follow_up", "death",
)
# fmt: on


def forms() -> list[Any]:
    """The forms in the order of the paper."""
    models = [model for model in apps.get_app_config("registry").get_models() if hasattr(model, "repeats")]
    return sorted(models, key=lambda model: _PAPER_ORDER.index(model.form))


def rows() -> list[dict[str, str]]:
    """One row an item, every cell as text."""
    return [_row(model, field) for model in forms() for field in crf_fields(model)]


def version() -> str:
    """Changes when, and only when, the dictionary does; the same whatever the reader's language."""
    with override(None):
        return digest(canonical_json(rows()))[:12]


def _row(model: Any, field: Any) -> dict[str, str]:
    item = field.crf
    return {
        "form": model.form,
        "form_title": str(model._meta.verbose_name),
        "item": item.number,
        "name": item.name,
        "label": str(field.verbose_name),
        "type": item.kind,
        "unit": str(item.unit),
        "codes": _list(f"{code}={label}" for code, label in item.choices.items()),
        "integer_codes": _list(f"{number}={code}" for code, number in item.integer_codes.items()),
        "required": required_text(model, field),
        "hard_range": _range(item.hard),
        "soft_range": _range(item.soft),
        "missing_reasons": ", ".join(REASONS) if item.may_be_missing else "",
        "repeats": "yes" if model.repeats else "no",
        "entered_by": "coordinating centre" if item.review_only else "centre",
        "source": str(item.source),
    }


def required_text(model: Any, field: Any) -> str:
    """`always`, `no`, or the condition in words."""
    required = field.crf.required
    if isinstance(required, Q):
        return f"when {conditions.describe(required, model.form)}"
    return "always" if required else "no"


def _list(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _range(limits: Any) -> str:
    return "" if limits is None else f"{limits[0]} to {limits[1]}"
