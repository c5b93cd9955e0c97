"""Edit checks 1.6: inotuzumab. C51, C57 and, for MRD, C61 stand in the form of the cycle."""

from itertools import pairwise

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations import treatment
from registry.models.checks.operands import Results, misnumbered


@check(
    "C49",
    Severity.HARD,
    fields="ino_cycle.cycle_no",
    message="Number the INO cycles 1, 2, 3 ...",
)
def cycles_are_numbered_without_gap(records: PatientRecords) -> Results:
    out_of_sequence = misnumbered(records, "ino_cycle", "cycle_no")
    if out_of_sequence:
        yield violated(*out_of_sequence)
    elif not records.is_started("ino_cycle"):
        yield NOT_EVALUABLE


@check(
    "C50",
    Severity.HARD,
    fields="ino_cycle.d1_date ino_cycle.d8_date ino_cycle.d15_date",
    message="INO doses must be in date order; {a} is not before {b}.",
)
def doses_are_in_date_order(records: PatientRecords) -> Results:
    if any(cycle.d1_date is None for cycle in records.all("ino_cycle")):
        yield NOT_EVALUABLE
    for dose, following in pairwise(treatment.doses(records.answers)):
        if dose.date >= following.date:
            places = place(dose.cycle, dose.field), place(following.cycle, following.field)
            yield violated(*places, a=dose.words, b=following.words)
