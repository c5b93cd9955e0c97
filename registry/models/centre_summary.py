"""What the coordinating centre asks of each centre: patients, follow-up and open queries, counted in the database."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F
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
    """By centre, and all together, of these patients and open queries. Four database queries."""
    followed = _followed(patients)
    asked = ExpressionWrapper(Now() - F("raised_at"), output_field=DurationField())
    open_queries = queries.annotate(asked=asked)
    by_centre = {
        centre: {"open_queries": count, "median_time": median}
        for centre, count, median in open_queries.order_by()
        .values("centre_id")
        .annotate(count=Count("pk"), median=Median("asked"))
        .values_list("centre_id", "count", "median")
    }
    counts = (
        with_last_contact(patients)
        .order_by()
        .values("centre_id")
        .annotate(patients=Count("pk"), old_contacts=Count("pk", filter=contact_is_old(reference)))
    )
    found = {
        row["centre_id"]: Summary(
            patients=row["patients"],
            old_contacts=row["old_contacts"],
            completeness=completeness_of_follow_up(followed[row["centre_id"]], until=reference),
            **by_centre.get(row["centre_id"], {}),
        )
        for row in counts
    }
    everybody = [patient for centre in followed.values() for patient in centre]
    median = open_queries.aggregate(median=Median("asked"))["median"]
    return found, _together(found.values(), completeness_of_follow_up(everybody, until=reference), median)


def _followed(patients: Any) -> dict[int, list[Followed]]:
    """The patients of the analysis by centre, from the first INO dose."""
    rows = with_last_contact(patients.filter(excluded=False)).filter(first_dose__isnull=False)
    found: dict[int, list[Followed]] = defaultdict(list)
    columns = rows.order_by().values_list("centre_id", "first_dose", "last_contact", "death__death_date")
    for centre, entry, contact, died in columns:
        found[centre].append(Followed(entry, contact, died is not None))
    return found


def _together(found: Iterable[Summary], completeness: float | None, median: dt.timedelta | None) -> Summary:
    each = list(found)
    return Summary(
        patients=sum(one.patients for one in each),
        old_contacts=sum(one.old_contacts for one in each),
        completeness=completeness,
        open_queries=sum(one.open_queries for one in each),
        median_time=median,
    )
