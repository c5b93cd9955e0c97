"""Edit checks 1.2, soft: relapse to INO, baseline values, last contact."""

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.crf.partial_dates import latest
from registry.derivations import outcome, treatment
from registry.models.checks.operands import Results, place_of_dose

LONGEST_FROM_RELAPSE = 90  # days
OLDEST_BASELINE = 28
LONGEST_SILENCE = 400


@check(
    "C16",
    Severity.SOFT,
    fields="baseline.rr_date ino_cycle.d1_date",
    message="{n} days between relapse and INO. Is this the relapse that led to INO?",
)
def ino_follows_its_relapse(records: PatientRecords) -> Results:
    """A partial date is counted from its last day: the interval is certainly as long as that."""
    baseline, first = records.answers.one("baseline"), treatment.first_dose(records.answers)
    relapsed = baseline.partial_date("rr_date")
    if relapsed is None or first is None:
        yield NOT_EVALUABLE
    elif (days := (first - latest(relapsed)).days) > LONGEST_FROM_RELAPSE:
        yield violated(place(baseline, "rr_date"), place_of_dose(records, first), n=days)


@check(
    "C17",
    Severity.SOFT,
    fields="baseline.lab_date ino_cycle.d1_date",
    message="Baseline values must be the last before the first INO dose; {lab_date} is {n} days away.",
)
def baseline_values_are_the_last_before_ino(records: PatientRecords) -> Results:
    baseline, first = records.answers.one("baseline"), treatment.first_dose(records.answers)
    measured = baseline.date("lab_date")
    if measured is None or first is None:
        yield NOT_EVALUABLE
    elif not 0 <= (first - measured).days <= OLDEST_BASELINE:
        places = place(baseline, "lab_date"), place_of_dose(records, first)
        yield violated(*places, lab_date=measured, n=abs((first - measured).days))


@check(
    "C20",
    Severity.SOFT,
    fields="follow_up.visit_date follow_up.alive follow_up.lost",
    message="Last contact was {n} days ago. Update, or mark as lost to follow-up.",
)
def follow_up_is_up_to_date(records: PatientRecords) -> Results:
    """The dead are not followed up, whatever their last visit says (D34)."""
    visits = [visit for visit in records.answers.all("follow_up") if visit.date("visit_date")]
    if outcome.is_dead(records.answers):
        return
    last = max(visits, key=lambda visit: visit.date("visit_date") or records.today, default=None)
    seen = None if last is None else last.date("visit_date")
    if last is None or seen is None or last.yes("alive") is None or last.yes("lost") is None:
        yield NOT_EVALUABLE
        return
    days = (min(records.today, records.data_cut_off or records.today) - seen).days
    if last.yes("alive") and not last.yes("lost") and days > LONGEST_SILENCE:
        yield violated(place(last, "visit_date"), place(last, "alive"), place(last, "lost"), n=days)
