"""What is there before a story begins: a patient of one's own, entered through the actions. Inside `in_registry`."""

from collections.abc import Container
from typing import Any

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.create_patient import create_patient
from registry.models import Patient, User
from tests import pages
from tests.browser import paper


def copy_of(number: str, *, without: Container[str] = (), username: str = "datamanager-03", **baseline: Any) -> Patient:
    """A new patient with the records of this one of the reference cohort, but for the forms named in `without`.

    `baseline` names answers of that form that are other ones. The year of birth is left out: no check then takes the
    two for one person.
    """
    by = User.objects.get(username=username)
    patient, *records = paper.printed(number)
    patient.centre, patient.number, patient.birth_year, patient.missing = by.centre, None, None, {"birth_year": "UNK"}
    with scope(claims_of(by)):
        patient = create_patient(patient, by=by, complete=True).record
    for record in records:
        if record.form == "baseline":
            vars(record).update(baseline)
        if record.form not in without:
            _save(record, patient, by=by)
    return patient


def new_patient(*, username: str = "datamanager-03") -> Patient:
    """A patient without any form yet."""
    return pages.new_patient(User.objects.get(username=username))


def _save(record: Any, patient: Patient, *, by: User) -> None:
    record.patient, record.centre = patient, patient.centre
    pages.save(record, by=by, complete=True)


def address_of(patient: Patient) -> str:
    return f"/patients/{patient.public_id}/"
