"""Which forms a patient owes: from the start, or once another form says so. `next_step` of the pages asks the same."""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from registry.models.eligibility import Eligibility
from registry.models.follow_up import FollowUp
from registry.models.maintenance import Maintenance
from registry.models.transplant import Transplant

_NEVER: Final = Q(pk__in=[])
_FROM_THE_START: Final = (
    *("diagnosis", "cytogenetics", "baseline", "prior_treatment", "ino_cycle"),
    *("hct", "sos_vod", "gvhd", "maintenance"),
)
_ONCE: Final[dict[str, tuple[Any, Q]]] = {
    "conditioning_drug": (Transplant, Q()),
    "maintenance_course": (Maintenance, Q(given=True)),
    "death": (FollowUp, Q(alive=False)),
}


def is_owed(form: str) -> Q:
    """Of patients who have not begun the form. The next follow-up visit is told by the last contact instead."""
    if form == Eligibility.form:
        return ~_NEVER
    if form in _FROM_THE_START:
        return ~is_screening_failure()
    if form in _ONCE:
        model, condition = _ONCE[form]
        return _has_a(model, condition) & ~is_screening_failure()
    return _NEVER


def is_screening_failure() -> Q:
    """Of patients: B-ALL not confirmed or no HCT after INO. Nothing more is asked of them."""
    return _has_a(Eligibility, Q(ball_confirmed=False) | Q(hct_after_ino=False))


def _has_a(model: Any, condition: Q) -> Q:
    """As a subquery: asked only where the answer decides."""
    return Q(Exists(model.objects.filter(condition, patient=OuterRef("pk"))))
