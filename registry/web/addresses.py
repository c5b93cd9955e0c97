"""Where the pages of a record are."""

from typing import Any

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def address_of_ours(text: str, *, otherwise: str) -> str:
    """Where a request asks to be led back to, if that is a page here."""
    is_ours = text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text if is_ours else otherwise


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
