"""Edit checks 1.9, soft: intervals around HCT, status, donor, engraftment."""

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations import response, transplant, treatment
from registry.derivations.patient import Record
from registry.derivations.response import BEST_FIRST, REMISSIONS
from registry.derivations.transplant import days_between
from registry.models.checks.operands import Results, place_of_dose, words

FROM_LAST_DOSE = 21, 180  # days
LONGEST_FROM_ASSESSMENT = 45
ENGRAFTMENT = 7, 60
MATCHED, MISMATCHED = ("mrel", "mud"), ("haplo", "mmrel", "mmud")
ENGRAFTED = ("yes", "lost")


@check(
    "C71",
    Severity.SOFT,
    fields="hct.hct_date ino_cycle.d1_date ino_cycle.d8_date ino_cycle.d15_date",
    message=(
        "{n} days from the last INO dose to HCT. (Published range 25-374; Table 2 implies 15 and 22.) "
        "Confirm both dates."
    ),
)
def transplant_follows_ino_in_time(records: PatientRecords) -> Results:
    days, last = transplant.last_dose_to_hct(records.answers), treatment.last_dose(records.answers)
    if days is None or last is None:
        yield NOT_EVALUABLE
    elif not FROM_LAST_DOSE[0] <= days <= FROM_LAST_DOSE[1]:
        yield violated(place(records.one("hct"), "hct_date"), place_of_dose(records, last), n=days)


@check(
    "C74",
    Severity.SOFT,
    fields=(
        "hct.status hct.hct_date ino_cycle.resp ino_cycle.resp_date pre_hct_therapy.resp pre_hct_therapy.resp_date "
        "relapse.rel_date"
    ),
    message="Status at HCT {status} but last response {resp} on {date}.",
)
def status_at_hct_fits_the_last_response(records: PatientRecords) -> Results:
    """A relapse between the last response and HCT explains the status "relapse" after a remission."""
    hct, bridging = records.answers.one("hct"), records.answers.all("pre_hct_therapy")
    last = _last_response(records)
    is_open = any(course.reason("resp") or course.reason("resp_date") for course in bridging)
    if hct.code("status") is None or hct.date("hct_date") is None or last is None or is_open:
        yield NOT_EVALUABLE
        return
    if hct.code("status") == "rel":
        fits = _relapsed_since(records, hct, last)
    else:
        fits = bool(response.in_remission_at_hct(records.answers)) == (last.code("resp") in REMISSIONS)
    if not fits:
        at_response = place(last, "resp"), place(last, "resp_date")
        status, resp, date = words(hct, "status"), words(last, "resp"), last.date("resp_date")
        yield violated(place(hct, "status"), *at_response, status=status, resp=resp, date=date)


def _last_response(records: PatientRecords) -> Record | None:
    """The last dated response to INO or bridging; "not evaluable" is none."""
    dated = [
        (day, record)
        for form in ("ino_cycle", "pre_hct_therapy")
        for record in records.answers.all(form)
        if record.code("resp") in BEST_FIRST and (day := record.date("resp_date"))
    ]
    return max(dated, key=lambda found: found[0])[1] if dated else None


def _relapsed_since(records: PatientRecords, hct: Record, last: Record) -> bool:
    """A relapse is recorded before HCT; after a remission it must be later than that."""
    start, transplanted = last.date("resp_date"), hct.date("hct_date")
    days = [day for relapse in records.answers.all("relapse") if (day := relapse.date("rel_date"))]
    if last.code("resp") in REMISSIONS:
        days = [day for day in days if start is not None and day >= start]
    return any(transplanted is not None and day < transplanted for day in days)


@check(
    "C75",
    Severity.SOFT,
    fields="hct.status_date hct.hct_date",
    message="Last assessment {n} days before HCT.",
)
def status_was_assessed_shortly_before_hct(records: PatientRecords) -> Results:
    hct = records.answers.one("hct")
    days = days_between(hct.date("status_date"), hct.date("hct_date"))
    if days is None:
        yield NOT_EVALUABLE
    elif not 0 <= days <= LONGEST_FROM_ASSESSMENT:
        yield violated(place(hct, "status_date"), place(hct, "hct_date"), n=days)


@check(
    "C78",
    Severity.SOFT,
    fields="hct.donor hct.hla_matched hct.hla_tested",
    message="{hla_matched}/{hla_tested} does not fit donor type {donor}.",
)
def hla_match_fits_the_donor(records: PatientRecords) -> Results:
    hct = records.answers.one("hct")
    donor, matched, tested = hct.code("donor"), hct.integer("hla_matched"), hct.integer("hla_tested")
    if donor is None:
        yield NOT_EVALUABLE
    if donor not in (*MATCHED, *MISMATCHED):
        return
    if matched is None or tested is None:
        yield NOT_EVALUABLE
    elif matched < tested if donor in MATCHED else matched == tested:
        at_hct = (place(hct, field) for field in ("donor", "hla_matched", "hla_tested"))
        yield violated(*at_hct, hla_matched=matched, hla_tested=tested, donor=words(hct, "donor"))


@check(
    "C84",
    Severity.SOFT,
    fields="hct.engraftment hct.engraftment_date hct.hct_date",
    message="Engraftment on day {n}. Confirm.",
)
def engraftment_is_in_time(records: PatientRecords) -> Results:
    """Who engrafted and lost the graft later has a date too."""
    hct = records.answers.one("hct")
    engrafted, date = hct.code("engraftment"), hct.date("engraftment_date")
    days = days_between(hct.date("hct_date"), date)
    if engrafted is None or (days is None and (date is not None or engrafted in ENGRAFTED)):
        yield NOT_EVALUABLE
    elif days is not None and (engrafted not in ENGRAFTED or not ENGRAFTMENT[0] <= days <= ENGRAFTMENT[1]):
        at_hct = (place(hct, field) for field in ("engraftment", "engraftment_date", "hct_date"))
        yield violated(*at_hct, n=days)
