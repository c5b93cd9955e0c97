"""From the place of a finding or a query to its name and to the page where it can be put right."""

from typing import Any

from django.urls import reverse

from registry.checks.records import PatientRecords
from registry.crf.titles import number_codes, title_of_number
from registry.models import FORMS_BY_NAME
from registry.web.addresses import record_address


def title_of_form(form: str, number: int | None) -> str:
    """`INO cycle 3`, also where the record does not exist."""
    model = FORMS_BY_NAME[form]
    if not model.repeats:
        return str(model._meta.verbose_name)
    codes = list(number_codes(model))
    return title_of_number(model, codes[number - 1] if codes and number else number)


def label_of_item(form: str, field: str) -> str:
    """The question of the paper form; empty for the form as a whole."""
    return str(FORMS_BY_NAME[form]._meta.get_field(field).verbose_name) if field else ""


def records_at(records: PatientRecords, form: str, number: int | None) -> list[Any]:
    """The records that a place means: all of the form where it names no number."""
    found = records.all(form) if FORMS_BY_NAME[form].repeats else [records.one(form)]
    return [record for record in found if record and number in (None, getattr(record, "instance_no", None))]


def address_of_place(records: PatientRecords, form: str, number: int | None, field: str) -> str:
    """The very field on the page of its form; the row of the patient page where no record of a repeat is there."""
    found = records_at(records, form, number)
    if found:
        return record_address(found[0]) + anchor(field)
    patient = records.patient
    if FORMS_BY_NAME[form].repeats:
        return f"{reverse('patient', args=[patient.public_id])}#{form}"
    return reverse("record", args=[patient.public_id, form]) + anchor(field)


def anchor(field: str) -> str:
    return f"#line-{field}" if field else ""
