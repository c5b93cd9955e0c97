"""Edit checks 1.5: treatment before INO."""

from itertools import pairwise

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.crf.partial_dates import certainly_after, certainly_before
from registry.derivations import treatment
from registry.models.checks.operands import Results, misnumbered, place_of_dose, places


@check(
    "C40",
    Severity.HARD,
    fields="prior_treatment.line_no prior_treatment.start_date",
    message="Number the lines 1, 2, 3 ... in order of start.",
)
def lines_are_numbered_in_order_of_start(records: PatientRecords) -> Results:
    out_of_sequence = misnumbered(records, "prior_treatment", "line_no")
    if out_of_sequence:
        yield violated(*out_of_sequence)
    for line, following in pairwise(records.all("prior_treatment")):
        if line.start_date is None or following.start_date is None:
            yield NOT_EVALUABLE
        elif certainly_after(line.start_date, following.start_date):
            yield violated(place(line, "start_date"), place(following, "start_date"))


@check(
    "C41",
    Severity.HARD,
    fields="prior_treatment.setting diagnosis.dx_entity",
    message="There must be exactly one first-line record of ALL treatment.",
)
def there_is_one_first_line(records: PatientRecords) -> Results:
    lines, diagnosis = records.all("prior_treatment"), records.one("diagnosis")
    first_lines = [line for line in lines if line.setting == "first"]
    if len(first_lines) > 1:
        yield violated(*(place(line, "setting") for line in first_lines))
    elif not first_lines and any(line.setting is None for line in lines):
        yield NOT_EVALUABLE
    elif not first_lines and getattr(diagnosis, "dx_entity", None) != "cml_lbc":
        entity = place(diagnosis or "diagnosis", "dx_entity")
        yield violated(*places(records, "prior_treatment", "setting"), entity)
    for first_line in first_lines[:1]:
        before = lines[: lines.index(first_line)]
        too_early = [line for line in before if line.setting not in (None, "antecedent")]
        if too_early:
            yield violated(*(place(line, "setting") for line in (*too_early, first_line)))


@check(
    "C43",
    Severity.HARD,
    fields="prior_treatment.allohct_date diagnosis.dx_date ino_cycle.d1_date",
    message=(
        "The earlier allo-HCT must lie between diagnosis and INO. The transplant after INO belongs to the HCT form."
    ),
)
def earlier_transplant_lies_between_diagnosis_and_ino(records: PatientRecords) -> Results:
    diagnosis, first = records.one("diagnosis"), treatment.first_dose(records.answers)
    for line in records.all("prior_treatment"):
        at_line = place(line, "allohct_date")
        if "allohct_date" in line.missing:
            yield NOT_EVALUABLE
        if line.allohct_date is None:
            continue
        if diagnosis is None or diagnosis.dx_date is None or first is None:
            yield NOT_EVALUABLE
        if diagnosis is not None and diagnosis.dx_date and certainly_before(line.allohct_date, diagnosis.dx_date):
            yield violated(at_line, place(diagnosis, "dx_date"))
        if first is not None and line.allohct_date >= first:
            yield violated(at_line, place_of_dose(records, first))


@check(
    "C48",
    Severity.HARD,
    fields="prior_treatment.relapse_date prior_treatment.relapsed_after prior_treatment.start_date",
    message='Relapse date contradicts "relapse after this line" or lies before the line.',
)
def relapse_date_fits_its_line(records: PatientRecords) -> Results:
    for line in records.all("prior_treatment"):
        if "relapse_date" in line.missing:
            yield NOT_EVALUABLE
        if line.relapse_date is None:
            continue
        if line.relapsed_after is None or line.start_date is None:
            yield NOT_EVALUABLE
        if line.relapsed_after == "0":
            yield violated(place(line, "relapse_date"), place(line, "relapsed_after"))
        if line.start_date is not None and certainly_after(line.start_date, line.relapse_date):
            yield violated(place(line, "relapse_date"), place(line, "start_date"))
