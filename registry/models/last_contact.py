"""When a patient was last seen, asked of many patients in one database query."""

import datetime as dt
from typing import Any, Final

from django.db.models import BooleanField, Case, DateField, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from registry.models.follow_up import FollowUp
from registry.models.registry_settings import RegistrySettings

DAYS_BETWEEN_CONTACTS: Final = 400  # as edit check C20


def reference_day(today: dt.date) -> dt.date:
    """The day up to which forms and contacts are asked for: today, or the data cut-off where it is earlier."""
    cut_off = RegistrySettings.load().data_cut_off
    return min(today, cut_off) if cut_off else today


def with_first_dose(patients: Any) -> Any:
    """`first_dose`: day 1 of INO cycle 1."""
    cycle = FilteredRelation("inocycle_set", condition=Q(inocycle_set__cycle_no=1))
    return patients.annotate(first_cycle=cycle).annotate(first_dose=F("first_cycle__d1_date"))


def with_last_contact(patients: Any) -> Any:
    """`last_contact`: death, else the latest visit alive, else the day of HCT, else the first dose (D34, with what is
    known before the first visit). `is_followed`: neither dead nor lost at the latest visit."""
    visits = FollowUp.objects.filter(patient=OuterRef("pk"), visit_date__isnull=False).order_by("-visit_date")
    ended = Case(When(Q(alive=False) | Q(lost=True), then=Value(True)), default=Value(False))
    visit = Subquery(visits.filter(alive=True).values("visit_date")[:1], output_field=DateField())
    has_ended = Subquery(visits.annotate(ended=ended).values("ended")[:1], output_field=BooleanField())
    contact = Coalesce(F("death__death_date"), visit, F("transplant__hct_date"), F("first_dose"))
    return (
        with_first_dose(patients)
        .annotate(last_contact=contact, has_ended=Coalesce(has_ended, Value(False)))
        .annotate(is_followed=Case(When(death__isnull=True, has_ended=False, then=Value(True)), default=Value(False)))
    )


def contact_is_old(reference: dt.date, *, days: int = DAYS_BETWEEN_CONTACTS) -> Q:
    """Of patients `with_last_contact`: somebody should have asked again."""
    return Q(is_followed=True, last_contact__lt=reference - dt.timedelta(days=days))
