"""Edit checks 1.7, soft: MRD after an INO cycle, before HCT and at follow-up. C61 stands in these forms."""

from collections.abc import Iterator
from decimal import Decimal

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.derivations import disease
from registry.derivations.patient import Record
from registry.derivations.response import REMISSIONS
from registry.models.checks.operands import Results, entered, shown

FORMS = "ino_cycle", "hct", "follow_up"
NEEDED_SENSITIVITY = Decimal("0.01")  # per cent of cells: ELN, EuroMRD


def _assessments(records: PatientRecords) -> Iterator[Record]:
    return (record for form in FORMS for record in records.answers.all(form))


def _fields(*names: str) -> str:
    return " ".join(f"{form}.{name}" for form in FORMS for name in names)


@check(
    "C62",
    Severity.SOFT,
    fields=_fields("mrd_value", "mrd_lod", "mrd_result"),
    message="Level {mrd_value}% against a detection limit of {mrd_lod}%.",
)
def level_is_above_the_detection_limit(records: PatientRecords) -> Results:
    for record in _assessments(records):
        level, limit = record.decimal("mrd_value"), record.decimal("mrd_lod")
        if level is None:
            if record.reason("mrd_value"):
                yield NOT_EVALUABLE
        elif (limit is not None and level < limit) or record.code("mrd_result") == "dnq":
            at_record = (place(record, field) for field in ("mrd_value", "mrd_lod", "mrd_result"))
            yield violated(*at_record, mrd_value=level, mrd_lod=shown(limit))
        elif limit is None:
            yield NOT_EVALUABLE


@check(
    "C63",
    Severity.SOFT,
    fields=_fields("mrd_lod", "mrd_result"),
    message="Negative at a sensitivity of {mrd_lod}%: ELN/EuroMRD does not call this MRD-negative.",
)
def negative_rests_on_a_sensitive_assay(records: PatientRecords) -> Results:
    for record in _assessments(records):
        limit = record.decimal("mrd_lod")
        if record.code("mrd_result") != "neg":
            continue
        if limit is None:
            yield NOT_EVALUABLE
        elif limit > NEEDED_SENSITIVITY:
            yield violated(place(record, "mrd_lod"), place(record, "mrd_result"), mrd_lod=limit)


@check(
    "C64",
    Severity.SOFT,
    fields=f"{_fields('mrd_method')} cytogenetics.iscn cytogenetics.bcr_abl1 diagnosis.dx_entity",
    message="BCR::ABL1 PCR although no BCR::ABL1 is recorded.",
)
def assay_fits_the_disease(records: PatientRecords) -> Results:
    is_positive = disease.ph_positive(records.answers)
    for record in _assessments(records):
        if record.code("mrd_method") == "bcrabl" and is_positive is None:
            yield NOT_EVALUABLE
        elif record.code("mrd_method") == "bcrabl" and not is_positive:
            yield violated(place(record, "mrd_method"), *entered(records, "cytogenetics", "bcr_abl1"))


@check(
    "C65",
    Severity.SOFT,
    fields="ino_cycle.mrd_done ino_cycle.resp ino_cycle.resp_assessed hct.mrd_done hct.status",
    message="MRD is defined in CR/CRi. It will not enter the MRD table.",
)
def mrd_is_reported_in_remission(records: PatientRecords) -> Results:
    for cycle in records.answers.all("ino_cycle"):
        is_open = cycle.code("resp") is None and cycle.yes("resp_assessed") is not False
        yield from _in_remission(cycle, "resp", is_open=is_open)
    for hct in records.answers.all("hct"):
        yield from _in_remission(hct, "status", is_open=hct.code("status") is None)


def _in_remission(record: Record, field: str, *, is_open: bool) -> Results:
    if record.yes("mrd_done") is None or (record.yes("mrd_done") and is_open):
        yield NOT_EVALUABLE
    elif record.yes("mrd_done") and record.code(field) not in REMISSIONS:
        yield violated(place(record, "mrd_done"), place(record, field))
