"""Where the pages of a record are."""

from typing import Any

from django.urls import reverse


def patient_of(record: Any) -> Any:
    """The patient of a record; None for a centre and for a patient who is not numbered yet."""
    if record.form == "patient":
        return record if record.is_started else None
    return getattr(record, "patient", None)


def patient_address(record: Any) -> str:
    if record.form == "centre":
        return reverse("centres")
    patient = patient_of(record)
    return reverse("patient", args=[patient.public_id]) if patient else reverse("patients")


def record_address(record: Any) -> str:
    """Where the page of a stored record is."""
    if record.form == "centre":
        return reverse("centre", args=[record.centre_no])
    patient = patient_of(record)
    if record.repeats:
        return reverse("repeat", args=[patient.public_id, record.form, record.public_id])
    return reverse("record", args=[patient.public_id, record.form])


def page_address(record: Any) -> str:
    """Where a record is entered, whether or not it is stored."""
    if record.form == "centre" and not record.is_started:
        return reverse("new centre")
    if record.form == "patient" and not record.is_started:
        return reverse("new patient")
    if record.repeats and not record.is_started:
        return reverse("new repeat", args=[record.patient.public_id, record.form])
    return record_address(record)
