"""Comparisons of reports: asked for, and computed by whichever worker comes first."""

import datetime as dt
import logging
from typing import Any, Final

from django.db.models import F, QuerySet

from analytics.changes.compare import compare
from analytics.models import Comparison, Kind, Report
from analytics.publish import source_of
from analytics.reports.content import Source
from analytics.reports.results_json import plain
from registry.access.context import scope, system
from registry.access.permissions import may, require
from registry.access.roles import Permission
from registry.models.authors import authors_between

logger = logging.getLogger(__name__)

MAXIMUM_ATTEMPTS: Final = 3
# An entry of the trail carries the time of its writing; its transaction may have ended after the earlier snapshot.
LONGEST_TRANSACTION: Final = dt.timedelta(minutes=10)


def may_compare(user: Any) -> bool:
    """A comparison names patients: it takes the right to read the reports and that to see patients."""
    return may(user, Permission.VIEW_REPORTS) and may(user, Permission.VIEW_PATIENTS)


def comparable_reports() -> QuerySet[Report]:
    return Report.objects.filter(kind=Kind.FULL_ANALYSIS).select_related("snapshot").defer("document")


def ask(earlier: Report, later: Report, *, by: Any) -> Comparison:
    """Have two reports compared, if they were not yet; one that failed is tried again."""
    require(by, Permission.VIEW_REPORTS)
    require(by, Permission.VIEW_PATIENTS)
    comparison, _ = Comparison.objects.get_or_create(earlier=earlier, later=later)
    if comparison.document is None and comparison.attempts >= MAXIMUM_ATTEMPTS:
        Comparison.objects.filter(pk=comparison.pk).update(attempts=0, problem="")
    return comparison


def compute_waiting() -> int:
    """Compare the newest report with the one before it, and what was asked for. Returns how many were computed."""
    with scope(system("scheduler", read="all")):
        _ask_for_newest()
        waiting = Comparison.objects.filter(document__isnull=True, attempts__lt=MAXIMUM_ATTEMPTS)
        ids = list(waiting.values_list("pk", flat=True))
    return sum(_compute(pk) for pk in ids)


def _ask_for_newest() -> None:
    newest = comparable_reports().first()
    if newest is None:
        return
    before = comparable_reports().filter(data_state=newest.data_state, published_at__lt=newest.published_at).first()
    if before is not None:
        Comparison.objects.get_or_create(earlier=before, later=newest)


def _compute(pk: int) -> bool:
    if not _count_attempt(pk):
        return False
    try:
        with scope(system("scheduler", read="all")):
            return _compute_locked(pk)
    except Exception as error:
        logger.exception("comparison %s failed", pk)
        with scope(system("scheduler", read="all")):
            Comparison.objects.filter(pk=pk).update(problem=f"{type(error).__name__}: {error}")
        return False


def _count_attempt(pk: int) -> bool:
    """In a transaction before the work, so that a comparison that ends its worker is not tried for ever."""
    with scope(system("scheduler", read="all")):
        if _free(pk) is None:
            return False
        return Comparison.objects.filter(pk=pk).update(attempts=F("attempts") + 1) == 1


def _free(pk: int) -> Comparison | None:
    """The comparison, held until the transaction ends; None where another worker has it or it is done."""
    waiting = Comparison.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, document__isnull=True)
    return waiting.select_related("earlier__snapshot", "later__snapshot").first()


def _compute_locked(pk: int) -> bool:
    comparison = _free(pk)
    if comparison is None:
        return False
    earlier, later = comparison.earlier.snapshot, comparison.later.snapshot
    authors = authors_between(earlier.taken_at - LONGEST_TRANSACTION, later.taken_at)
    found = compare(_source(comparison.earlier), _source(comparison.later), authors)
    comparison.document, comparison.problem = plain(found), ""
    comparison.save(update_fields=["document", "problem"])
    return True


def _source(report: Report) -> Source:
    return source_of(report.snapshot, data_state=report.data_state, centre=None)
