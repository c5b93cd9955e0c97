"""Liver and kidney values in the terms of the severity table (D46)."""

from decimal import Decimal

from registry.crf import units
from registry.derivations.patient import Patient, Record
from registry.derivations.transplant import days_between


def standard_value(record: Record, field: str, unit_field: str, quantity: str) -> Decimal | None:
    """Value times the factor of its unit, with full precision."""
    value, unit = record.decimal(field), record.code(unit_field)
    return None if value is None or unit is None else units.to_standard(quantity, value, unit)


def bilirubin_before_conditioning(patient: Patient) -> Decimal | None:
    """D46: mg/dL."""
    return standard_value(patient.one("hct"), "bili", "bili_unit", "bili")


def transaminases(patient: Patient) -> Decimal | None:
    """D46: the highest ALT or AST as a multiple of the upper limit of normal."""
    return _ratio(patient.one("sos_vod").decimal("alt_max"), patient.one("hct").decimal("alt_uln"))


def creatinine(patient: Patient) -> Decimal | None:
    """D46: the highest creatinine as a multiple of the value before conditioning, each in mg/dL."""
    highest = standard_value(patient.one("sos_vod"), "creat_max", "creat_unit", "creat")
    return _ratio(highest, standard_value(patient.one("hct"), "creat", "creat_unit", "creat"))


def days_from_first_symptom(patient: Patient) -> int | None:
    """D46: days from the first symptom of SOS/VOD to its diagnosis."""
    sos = patient.one("sos_vod")
    return days_between(sos.date("symptom_date"), sos.date("dx_date"))


def _ratio(value: Decimal | None, reference: Decimal | None) -> Decimal | None:
    return None if value is None or not reference else value / reference
