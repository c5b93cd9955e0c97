"""The kinds of forms in words."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from registry.models import PATIENT_FORMS, Patient
from registry.models import form_kinds as kinds
from registry.models.form_rows import EMPTY

WORDS: Final[dict[str, Any]] = {
    kinds.DUE: _("due"),
    kinds.OVERDUE: _("overdue"),
    EMPTY: _("empty"),
    kinds.State.IN_PROGRESS: _("in progress"),
    kinds.State.COMPLETE: _("complete"),
    kinds.VERIFIED: _("verified"),
    kinds.VERIFIED_IN_PART: _("items verified"),
    kinds.SIGNED: _("signed"),
    kinds.State.LOCKED: _("locked"),
    kinds.CHANGED: _("changed since verification"),
}


def form_choices(anything: Any) -> list[tuple[str, Any]]:
    models: tuple[Any, ...] = (Patient, *PATIENT_FORMS)
    return [("", anything), *((model.form, model._meta.verbose_name) for model in models)]


def kind_choices(anything: Any) -> list[tuple[str, Any]]:
    return [("", anything), *((kind, WORDS[kind]) for kind in kinds.KINDS)]
