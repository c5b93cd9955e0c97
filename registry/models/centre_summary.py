"""What the coordinating centre asks of each centre: patients, follow-up and open queries, counted in the database."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, DurationField, ExpressionWrapper, F, Value, When
from django.db.models.functions import Now

from registry.derivations.completeness_of_follow_up import Followed, completeness_of_follow_up
from registry.models.last_contact import contact_is_old, with_last_contact
from registry.models.query_metrics import Median


@dataclass(frozen=True)
class Summary:
    """Of one centre, or of all of them together."""

    patients: int = 0
    old_contacts: int = 0
    completeness: float | None = None
    open_queries: int = 0
    median_time: dt.timedelta | None = None  # for which the open queries have been open

    @property
    def median_days(self) -> int | None:
        return None if self.median_time is None else self.median_time.days


def summaries(patients: Any, queries: Any, reference: dt.date) -> tuple[dict[int, Summary], Summary]:
    """By centre, and all together, of these patients and open queries. Three database queries."""
    asked = ExpressionWrapper(Now() - F("raised_at"), output_field=DurationField())
    open_queries = queries.annotate(asked=asked)
    by_centre = {
        centre: {"open_queries": count, "median_time": median}
        for centre, count, median in open_queries.order_by()
        .values("centre_id")
        .annotate(count=Count("pk"), median=Median("asked"))
        .values_list("centre_id", "count", "median")
    }
    of_centre = _contacts(patients, reference)
    found = {
        centre: Summary(
            patients=len(contacts),
            old_contacts=sum(contact.is_old for contact in contacts),
            completeness=_completeness(contacts, reference),
            **by_centre.get(centre, {}),
        )
        for centre, contacts in of_centre.items()
    }
    everybody = [contact for contacts in of_centre.values() for contact in contacts]
    median = open_queries.aggregate(median=Median("asked"))["median"]
    return found, _together(found.values(), _completeness(everybody, reference), median)


@dataclass(frozen=True)
class _Contact:
    """When one patient was last seen."""

    is_old: bool
    is_excluded: bool
    first_dose: dt.date | None
    last: dt.date | None
    died: dt.date | None


def _contacts(patients: Any, reference: dt.date) -> dict[int, list[_Contact]]:
    """By centre."""
    is_old = Case(When(contact_is_old(reference), then=Value(True)), default=Value(False))
    rows = with_last_contact(patients).annotate(is_old=is_old).order_by()
    columns = ("centre_id", "is_old", "excluded", "first_dose", "last_contact", "death__death_date")
    found: dict[int, list[_Contact]] = defaultdict(list)
    for centre, *values in rows.values_list(*columns):
        found[centre].append(_Contact(*values))
    return found


def _completeness(contacts: Iterable[_Contact], reference: dt.date) -> float | None:
    """Of the patients of the analysis, from the first INO dose."""
    followed = [
        Followed(contact.first_dose, contact.last, contact.died is not None)
        for contact in contacts
        if contact.first_dose and not contact.is_excluded
    ]
    return completeness_of_follow_up(followed, until=reference)


def _together(found: Iterable[Summary], completeness: float | None, median: dt.timedelta | None) -> Summary:
    each = list(found)
    return Summary(
        patients=sum(one.patients for one in each),
        old_contacts=sum(one.old_contacts for one in each),
        completeness=completeness,
        open_queries=sum(one.open_queries for one in each),
        median_time=median,
    )
