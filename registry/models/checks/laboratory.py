"""Edit checks 1.4: laboratory values. C33 is part of what keeps a record from completion; C39 stands in its forms."""

from dataclasses import dataclass
from decimal import Decimal

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.crf import units
from registry.models.checks.operands import Results


@dataclass(frozen=True)
class Slip:
    """A value above `limit` in one of the `units` was probably measured in the unit `meant`."""

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


@check(
    "C35",
    Severity.HARD,
    fields=" ".join(f"{slip.form}.{slip.field} {slip.form}.{slip.field}_unit" for slip in SLIPS),
    message="{value} {unit}? This looks like {other_unit}.",
)
def value_is_not_in_another_unit(records: PatientRecords) -> Results:
    for slip in SLIPS:
        record = records.one(slip.form)
        value: Decimal | None = getattr(record, slip.field, None)
        unit: str | None = getattr(record, f"{slip.field}_unit", None)
        if record is None or value is None or unit is None:
            yield NOT_EVALUABLE
        elif unit in slip.units and value > slip.limit:
            names = units.QUANTITIES[slip.field].units
            places = place(record, slip.field), place(record, f"{slip.field}_unit")
            yield violated(*places, value=value, unit=names[unit].label, other_unit=names[slip.meant].label)
