"""Edit checks 1.6, soft: response to INO against the next cycle, the marrow and the relapses."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations.patient import Record
from registry.derivations.response import BEST_FIRST, REMISSIONS
from registry.models.checks.operands import Results, words

ALL_BLASTS = Decimal(100)
# Per cent of blasts that a response allows; remission excludes its upper limit.
MARROW: Mapping[str, tuple[Decimal, Decimal]] = {
    "cr": (Decimal(0), Decimal(5)),
    "cri": (Decimal(0), Decimal(5)),
    "pr": (Decimal(5), Decimal(25)),
    "rd": (Decimal(5), ALL_BLASTS),
}


@check(
    "C58",
    Severity.SOFT,
    fields="ino_cycle.resp_date ino_cycle.d1_date",
    message="This response date lies in the next cycle.",
)
def response_is_assessed_before_the_next_cycle(records: PatientRecords) -> Results:
    for cycle, following in pairwise(records.answers.all("ino_cycle")):
        assessed, start = cycle.date("resp_date"), following.date("d1_date")
        if assessed is not None and start is None:
            yield NOT_EVALUABLE
        elif assessed is not None and start is not None and assessed > start:
            yield violated(place(cycle, "resp_date"), place(following, "d1_date"))


@check(
    "C59",
    Severity.SOFT,
    fields="ino_cycle.resp ino_cycle.resp_bm_blasts",
    message="{resp} does not fit {resp_bm_blasts}% blasts.",
)
def response_fits_the_marrow(records: PatientRecords) -> Results:
    for cycle in records.answers.all("ino_cycle"):
        response, blasts = cycle.code("resp"), cycle.decimal("resp_bm_blasts")
        if response is None or response not in MARROW:
            continue
        if cycle.reason("resp_bm_blasts"):
            yield NOT_EVALUABLE
        elif blasts is not None and not _fits(response, blasts):
            at_cycle = place(cycle, "resp"), place(cycle, "resp_bm_blasts")
            yield violated(*at_cycle, resp=words(cycle, "resp"), resp_bm_blasts=blasts)


def _fits(response: str, blasts: Decimal) -> bool:
    low, high = MARROW[response]
    return low <= blasts < high or (response not in REMISSIONS and blasts == high)


@check(
    "C60",
    Severity.SOFT,
    fields="ino_cycle.resp ino_cycle.resp_date relapse.rel_date",
    message="A loss of CR needs a relapse record.",
)
def loss_of_remission_has_its_relapse(records: PatientRecords) -> Results:
    """Asked once for each loss, of the first worse response after CR/CRi; "not evaluable" says nothing."""
    evaluable = [cycle for cycle in records.answers.all("ino_cycle") if cycle.code("resp") in BEST_FIRST]
    for reached, lost in pairwise(evaluable):
        if reached.code("resp") not in REMISSIONS or lost.code("resp") in REMISSIONS:
            continue
        relapsed = _relapse_between(records, reached, lost)
        if relapsed is None:
            yield NOT_EVALUABLE
        elif not relapsed:
            yield violated(place(reached, "resp"), place(lost, "resp"), place(lost, "resp_date"))


def _relapse_between(records: PatientRecords, reached: Record, lost: Record) -> bool | None:
    start, end = reached.date("resp_date"), lost.date("resp_date")
    if start is None or end is None:
        return None
    days = (relapse.date("rel_date") for relapse in records.answers.all("relapse"))
    return any(day is not None and start <= day <= end for day in days)
