"""The day after which a form is late."""

import datetime as dt
from typing import Any, Final

from django.db.models import DateField, ExpressionWrapper, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from registry.models.ino_cycle import InoCycle
from registry.models.transplant import Transplant

DAYS_TO_COMPLETE: Final = 100  # after the event that the form documents; the first report after HCT is of day 100

# The event that a form documents, on the form itself. Without it: HCT for what follows HCT, else the first INO dose.
_EVENTS: Final = {
    "ino_cycle": "d1_date",
    "pre_hct_therapy": "start_date",
    "hct": "hct_date",
    "maintenance_course": "start_date",
    "relapse": "rel_date",
    "follow_up": "visit_date",
    "death": "death_date",
}
_AFTER_HCT: Final = ("conditioning_drug", "sos_vod", "gvhd", "maintenance")


def deadline_of(model: Any, path: str) -> Any:
    """The day in a query of patients; `path` leads to the records of the form.

    Asked by subqueries and not by joins: only rows that are due or shown need the day.
    """
    first_dose = _of_patient(InoCycle.objects.filter(cycle_no=1), "d1_date")
    if own := _EVENTS.get(model.form):
        event = Coalesce(F(f"{path}__{own}"), first_dose)
    elif model.form in _AFTER_HCT:
        event = Coalesce(_of_patient(Transplant.objects.all(), "hct_date"), first_dose)
    else:
        event = first_dose
    return days_after(event, DAYS_TO_COMPLETE)


def days_after(day: Any, days: int) -> Any:
    later = ExpressionWrapper(day + Value(dt.timedelta(days=days)), output_field=DateField())
    return Cast(later, DateField())


def _of_patient(records: Any, field: str) -> Any:
    return Subquery(records.filter(patient=OuterRef("pk")).order_by().values(field)[:1], output_field=DateField())
