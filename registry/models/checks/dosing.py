"""Edit checks 1.6, soft: intervals and doses of INO against the label."""

from decimal import Decimal
from itertools import pairwise

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Place, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations.response import reached_remission
from registry.derivations.statement import disjunction
from registry.models.checks.operands import Results

BETWEEN_DOSES = 6, 10  # days
BETWEEN_CYCLES = 19, 42
DAY_1_BEFORE_REMISSION, OTHER_DOSES = Decimal("0.8"), Decimal("0.5")  # mg/m2
TOLERANCE = Decimal("0.05")
MOST_CYCLES, MOST_WITHOUT_REMISSION = 6, 3


@check(
    "C52",
    Severity.SOFT,
    fields="ino_cycle.d1_date ino_cycle.d8_date ino_cycle.d15_date",
    message="{n} days between doses (label: 7 days, +/- 2, at least 6).",
)
def doses_are_a_week_apart(records: PatientRecords) -> Results:
    low, high = BETWEEN_DOSES
    for cycle in records.answers.all("ino_cycle"):
        for earlier, later in pairwise(("d1_date", "d8_date", "d15_date")):
            start, end = cycle.date(earlier), cycle.date(later)
            if start and end and not low <= (end - start).days <= high:
                yield violated(place(cycle, earlier), place(cycle, later), n=(end - start).days)


@check(
    "C53",
    Severity.SOFT,
    fields="ino_cycle.d1_date",
    message="{n} days from cycle to cycle (label: 21-28 for the first, 28 for later cycles).",
)
def cycles_have_the_usual_length(records: PatientRecords) -> Results:
    low, high = BETWEEN_CYCLES
    for cycle, following in pairwise(records.answers.all("ino_cycle")):
        start, end = cycle.date("d1_date"), following.date("d1_date")
        if start is None or end is None:
            yield NOT_EVALUABLE
        elif not low <= (end - start).days <= high:
            yield violated(place(cycle, "d1_date"), place(following, "d1_date"), n=(end - start).days)


@check(
    "C54",
    Severity.SOFT,
    fields="ino_cycle.d1_dose ino_cycle.resp ino_cycle.resp_assessed",
    message="Day 1 dose {d1_dose} mg/m2: 0.8 before and 0.5 after CR/CRi expected. Dose reduction?",
)
def day_1_dose_follows_the_response(records: PatientRecords) -> Results:
    in_remission: bool | None = False
    for cycle in records.answers.all("ino_cycle"):
        dose, expected = cycle.decimal("d1_dose"), OTHER_DOSES if in_remission else DAY_1_BEFORE_REMISSION
        if dose is None or in_remission is None:
            yield NOT_EVALUABLE
        elif abs(dose - expected) > TOLERANCE:
            yield violated(place(cycle, "d1_dose"), d1_dose=dose)
        in_remission = disjunction((in_remission, reached_remission(cycle)))


@check(
    "C55",
    Severity.SOFT,
    fields="ino_cycle.d8_dose ino_cycle.d15_dose",
    message="{dose} mg/m2 on day {day}: 0.5 expected.",
)
def later_doses_are_the_usual_ones(records: PatientRecords) -> Results:
    for cycle in records.answers.all("ino_cycle"):
        for day in (8, 15):
            dose = cycle.decimal(f"d{day}_dose")
            if dose is not None and abs(dose - OTHER_DOSES) > TOLERANCE:
                yield violated(place(cycle, f"d{day}_dose"), dose=dose, day=day)


@check(
    "C56",
    Severity.SOFT,
    fields="ino_cycle.cycle_no ino_cycle.resp ino_cycle.resp_assessed",
    message="Label: at most six cycles; stop after three without CR/CRi. Confirm.",
)
def cycles_end_with_the_label(records: PatientRecords) -> Results:
    """One finding for all the cycles beyond: a fourth counts as such if none of the first three led to CR/CRi."""
    beyond: list[Place] = []
    in_remission: bool | None = False
    for cycle in records.answers.all("ino_cycle"):
        number = cycle.integer("cycle_no") or 0
        if number > MOST_CYCLES or (number > MOST_WITHOUT_REMISSION and in_remission is False):
            beyond.append(place(cycle, "cycle_no"))
        elif number > MOST_WITHOUT_REMISSION and in_remission is None:
            yield NOT_EVALUABLE
        in_remission = disjunction((in_remission, reached_remission(cycle)))
    if beyond:
        yield violated(*beyond)
