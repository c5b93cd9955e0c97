"""How the queries of each rule and centre went: counted in the database."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, OuterRef, Q, Subquery

from registry.models.query import Query, QueryMessage

Answer = Query.Answer


class Median(Aggregate):
    """The median of intervals; PostgreSQL's percentile_cont, the mean of the middle two where the number is even."""

    function = "percentile_cont"
    template = "%(function)s(0.5) within group (order by %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Metrics:
    """Counts of queries. Each stands for the list of queries with the same filter."""

    key: Any  # the check, or the number of the centre
    hits: int
    open: int
    corrected: int
    self_closed: int
    confirmed: int
    unavailable: int
    median_time: dt.timedelta | None

    @property
    def override_rate(self) -> float | None:
        """How often the value stood: confirmed or unavailable, of all that were answered or corrected."""
        overridden = self.confirmed + self.unavailable
        settled = overridden + self.corrected + self.self_closed
        return overridden / settled if settled else None

    @property
    def median_days(self) -> float | None:
        """From the question to the first answer."""
        return None if self.median_time is None else self.median_time / dt.timedelta(days=1)


def metrics_by(key: str, queries: Any) -> list[Metrics]:
    """One line for each `check_id` or `centre_id` of these queries. One database query."""
    answered = QueryMessage.objects.filter(query=OuterRef("pk"), state=Query.State.ANSWERED).order_by("id")
    first_answer = Subquery(answered.values("at")[:1])
    waited = ExpressionWrapper(F("first_answer") - F("raised_at"), output_field=DurationField())
    rows = (
        queries.order_by()
        .annotate(first_answer=first_answer)
        .annotate(waited=waited)
        .values(key)
        .annotate(
            hits=Count("pk"),
            open=Count("pk", filter=Q(state__in=Query.OPEN_STATES)),
            corrected=Count("pk", filter=Q(answer=Answer.CORRECTED)),
            self_closed=Count("pk", filter=Query.SELF_CLOSED),
            confirmed=Count("pk", filter=Q(answer=Answer.CONFIRMED)),
            unavailable=Count("pk", filter=Q(answer=Answer.UNAVAILABLE)),
            median_time=Median("waited"),
        )
        .order_by(key)
    )
    return [Metrics(key=row.pop(key), **row) for row in rows]
