"""Edit checks 1.4: baseline and laboratory values.

C33 is part of what keeps a record from completion; C39 stands in its forms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from registry.checks.completeness import standard_value
from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.crf import units
from registry.crf.fields import crf_fields, shortest
from registry.derivations.statement import conjunction
from registry.models import ALL_FORMS
from registry.models.checks.operands import Results


@dataclass(frozen=True)
class Slip:
    """A value beyond `limit` in one of the `units` was probably measured in the unit `meant`."""

    form: str
    field: str
    units: tuple[str, ...]
    limit: int
    meant: str


SLIPS = (
    Slip("baseline", "hb", ("gdl",), 25, "gl"),
    Slip("baseline", "wbc", ("e9", "kul"), 1000, "ul"),
    Slip("baseline", "plt", ("e9", "kul"), 2000, "ul"),
    Slip("hct", "bili", ("mgdl",), 50, "umol"),
    Slip("hct", "creat", ("mgdl",), 20, "umol"),
)


LOW_SLIPS = (
    Slip("hct", "bili", ("umol",), 2, "mgdl"),
    Slip("hct", "creat", ("umol",), 10, "mgdl"),
    Slip("baseline", "hb", ("gl",), 25, "gdl"),
    Slip("baseline", "wbc", ("ul",), 50, "e9"),
)
# Another check asks about the same limit, with more knowledge of the record.
ASKED_BY_ANOTHER_CHECK = {
    "patient.age_rr": "C04",
    "patient.centre": "C01",
    "eligibility.cd22_pct": "C10",
    "cytogenetics.metaphases": "C29",
    "ino_cycle.cycle_no": "C56",
    "ino_cycle.d1_dose": "C54",
    "ino_cycle.d8_dose": "C55",
    "ino_cycle.d15_dose": "C55",
    "ino_cycle.mrd_lod": "C63",
    "hct.mrd_lod": "C63",
    "follow_up.mrd_lod": "C63",
    "conditioning_drug.total_dose": "C83",
}
PLAUSIBLE = {
    model.form: [
        field
        for field in crf_fields(model)
        if field.crf.soft and f"{model.form}.{field.name}" not in ASKED_BY_ANOTHER_CHECK
    ]
    for model in ALL_FORMS
    if model.form != "centre"
}
OVERT_BLASTS = 5  # per cent
UNUSUAL_ECOG = 3


@check(
    "C34",
    Severity.SOFT,
    fields=" ".join(f"{form}.{field.name}" for form, fields in PLAUSIBLE.items() for field in fields),
    message="{std} {std_unit} is unusual (plausible {min}-{max}). Confirm or correct.",
)
def value_is_plausible(records: PatientRecords) -> Results:
    """Every item that declares a plausible range; a value that is not even possible is for C33."""
    for record in records.everything():
        for field in PLAUSIBLE[record.form]:
            low, high = field.crf.soft
            standard = standard_value(field, record)
            if standard is None and field.name in record.missing:
                yield NOT_EVALUABLE
            elif standard is not None and not low <= standard <= high and _is_possible(field, standard):
                std = shortest(round(standard, 3))
                yield violated(place(record, field.name), std=std, std_unit=field.crf.unit, min=low, max=high)


def _is_possible(field: Any, standard: Decimal) -> bool:
    hard = field.crf.hard
    return hard is None or bool(hard[0] <= standard <= hard[1])


@check(
    "C35",
    Severity.HARD,
    fields=" ".join(f"{slip.form}.{slip.field} {slip.form}.{slip.field}_unit" for slip in SLIPS),
    message="{value} {unit}? This looks like {other_unit}.",
)
def value_is_not_in_another_unit(records: PatientRecords) -> Results:
    for slip in SLIPS:
        yield from _slip(records, slip, lambda value, limit: value > limit)


@check(
    "C36",
    Severity.SOFT,
    fields=" ".join(f"{slip.form}.{slip.field} {slip.form}.{slip.field}_unit" for slip in LOW_SLIPS),
    message="{value} {unit}? This looks like {other_unit}.",
)
def low_value_is_not_in_another_unit(records: PatientRecords) -> Results:
    for slip in LOW_SLIPS:
        yield from _slip(records, slip, lambda value, limit: value < limit)


def _slip(records: PatientRecords, slip: Slip, is_beyond: Callable[[Decimal, int], bool]) -> Results:
    record = records.answers.one(slip.form)
    value, unit = record.decimal(slip.field), record.code(f"{slip.field}_unit")
    if value is None or unit is None:
        yield NOT_EVALUABLE
    elif unit in slip.units and is_beyond(value, slip.limit):
        names = units.QUANTITIES[slip.field].units
        places = place(record, slip.field), place(record, f"{slip.field}_unit")
        yield violated(*places, value=value, unit=names[unit].label, other_unit=names[slip.meant].label)


@check(
    "C37",
    Severity.SOFT,
    fields="baseline.bm_blasts baseline.emd baseline.cns_rr",
    message="Blasts below 5%, no extramedullary and no CNS disease: what was the relapse (molecular)?",
)
def disease_is_overt_at_baseline(records: PatientRecords) -> Results:
    baseline = records.answers.one("baseline")
    blasts = baseline.decimal("bm_blasts")
    absent = [None if baseline.yes(field) is None else not baseline.yes(field) for field in ("emd", "cns_rr")]
    is_hidden = conjunction([None if blasts is None else blasts < OVERT_BLASTS, *absent])
    if is_hidden is None:
        yield NOT_EVALUABLE
    elif is_hidden:
        yield violated(*(place(baseline, field) for field in ("bm_blasts", "emd", "cns_rr")))


@check(
    "C38",
    Severity.SOFT,
    fields="baseline.ecog",
    message="ECOG {ecog} before INO and transplant is unusual. Confirm.",
)
def performance_status_allows_transplant(records: PatientRecords) -> Results:
    baseline = records.answers.one("baseline")
    ecog = baseline.integer("ecog")
    if ecog is None:
        yield NOT_EVALUABLE
    elif ecog >= UNUSUAL_ECOG:
        yield violated(place(baseline, "ecog"), ecog=ecog)
