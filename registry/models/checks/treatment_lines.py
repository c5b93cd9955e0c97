"""Edit checks 1.5, soft: what the lines before INO say, against each other and against the disease."""

from collections.abc import Sequence

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.crf.partial_dates import certainly_after
from registry.derivations import disease, treatment
from registry.derivations.patient import Record
from registry.derivations.response import REMISSIONS
from registry.derivations.statement import disjunction
from registry.models.checks.operands import Results, entered, place_of_dose, places, words

PH_FIELDS = "cytogenetics.iscn cytogenetics.bcr_abl1 diagnosis.dx_entity"


@check(
    "C42",
    Severity.SOFT,
    fields="prior_treatment.end_date ino_cycle.d1_date",
    message="Line {line_no} ends after INO started. Combination with INO belongs to the INO form.",
)
def line_ends_before_ino(records: PatientRecords) -> Results:
    first = treatment.first_dose(records.answers)
    for line in records.answers.all("prior_treatment"):
        end = line.partial_date("end_date")
        if line.reason("end_date") or (end is not None and first is None):
            yield NOT_EVALUABLE
        elif end is not None and first is not None and certainly_after(end, first):
            yield violated(place(line, "end_date"), place_of_dose(records, first), line_no=line.instance_no)


@check(
    "C44",
    Severity.SOFT,
    fields=f"prior_treatment.modalities {PH_FIELDS}",
    message="TKI given but no t(9;22)/BCR::ABL1 recorded.",
)
def tki_is_for_ph_positive_disease(records: PatientRecords) -> Results:
    with_tki = [line for line in records.answers.all("prior_treatment") if "tki" in line.codes("modalities")]
    is_positive = disease.ph_positive(records.answers)
    if with_tki and is_positive is None:
        yield NOT_EVALUABLE
    elif with_tki and not is_positive:
        at_lines = (place(line, "modalities") for line in with_tki)
        yield violated(*at_lines, *entered(records, "cytogenetics", "bcr_abl1"))


@check(
    "C45",
    Severity.SOFT,
    fields=f"prior_treatment.modalities {PH_FIELDS}",
    message="Ph-positive disease and no TKI in any line. Confirm.",
)
def ph_positive_disease_had_a_tki(records: PatientRecords) -> Results:
    given = [line.codes("modalities") for line in records.answers.all("prior_treatment")]
    is_positive = disease.ph_positive(records.answers)
    if is_positive is None or frozenset() in given:
        yield NOT_EVALUABLE
    elif is_positive and not any("tki" in modalities for modalities in given):
        at_disease = entered(records, "cytogenetics", "bcr_abl1") + entered(records, "diagnosis", "dx_entity")
        yield violated(*places(records, "prior_treatment", "modalities"), *at_disease)


@check(
    "C46",
    Severity.SOFT,
    fields="prior_treatment.setting prior_treatment.best_response",
    message="The setting of line {line_no} does not fit the earlier responses.",
)
def setting_fits_the_earlier_responses(records: PatientRecords) -> Results:
    """The response of an antecedent CML says nothing of the ALL: its lines are left out."""
    lines = [line for line in records.answers.all("prior_treatment") if line.code("setting") != "antecedent"]
    for position, line in enumerate(lines):
        earlier = lines[:position]
        match line.code("setting"):
            case "primref":
                fits = _not(_reached_remission(earlier))
            case "relapse":
                fits = _reached_remission(earlier)
            case "mrd1":
                earlier = [one for one in earlier if one.code("setting") == "first"]
                fits = _reached_remission(earlier)
            case _:
                continue
        if fits is None:
            yield NOT_EVALUABLE
        elif not fits:
            at_responses = (place(one, "best_response") for one in earlier)
            yield violated(place(line, "setting"), *at_responses, line_no=line.instance_no)


def _reached_remission(lines: Sequence[Record]) -> bool | None:
    """Not known while no line did and the response to one is missing or was not evaluable."""
    responses = (line.code("best_response") for line in lines)
    return disjunction(None if response in (None, "ne") else response in REMISSIONS for response in responses)


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


@check(
    "C47",
    Severity.SOFT,
    fields="eligibility.rr_status prior_treatment.best_response",
    message='"{rr_status}" does not fit the best responses of the earlier lines.',
)
def status_at_ino_fits_the_lines(records: PatientRecords) -> Results:
    """Remission of an antecedent CML does not speak against primary refractory ALL, but may be what relapsed."""
    eligibility, lines = records.answers.one("eligibility"), records.answers.all("prior_treatment")
    if eligibility.code("rr_status") == "relapsed":
        fits = _reached_remission(lines)
    else:
        fits = _not(_reached_remission([line for line in lines if line.code("setting") != "antecedent"]))
    if eligibility.code("rr_status") is None or fits is None:
        yield NOT_EVALUABLE
    elif not fits:
        at_responses = places(records, "prior_treatment", "best_response")
        rr_status = words(eligibility, "rr_status")
        yield violated(place(eligibility, "rr_status"), *at_responses, rr_status=rr_status)
