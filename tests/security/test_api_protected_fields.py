"""What the registry itself writes is not written by a program: centre, author, version, state, signature."""

import pytest

from registry.access.context import scope, system
from registry.crf.fields import crf_fields
from registry.models import PATIENT_FORMS, Patient
from tests.programs import program_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# As an answer names them, and as somebody may guess them.
MEMBERS = ("id", "form", "patient_number", "centre", "version", "state", "verified", "verified_items", "signed")
GUESSES = (
    "author",
    "user",
    "created_by",
    "signature",
    "is_active",
    "excluded",
    "excluded_reason",
    "precision",
    "labels",
)


def test_no_field_but_the_items_is_written(people, records_of_brescia, unlimited):
    program = program_of(people.datamanager_07)
    for model in (Patient, *PATIENT_FORMS):
        record = records_of_brescia[model.form]
        before = stored(record)
        for names in ({*MEMBERS, *GUESSES}, columns_of(model)):
            for body in (dict.fromkeys(names, 7), {"values": dict.fromkeys(names, 7)}):
                tag = f'"{before["version"]}"'
                answer = program.patch(_address(model, record), body | {"reason": "trying it out"}, If_Match=tag)
                assert answer.status_code == 422, model
                assert names <= {error["field"] for error in answer.json()["errors"]}, model
        assert stored(record) == before


def columns_of(model):
    """What is no item of the form, or is given by the registry."""
    given = ("number", "centre") if model is Patient else ()
    items = {field.name for field in crf_fields(model)} - set(given)
    return {field.attname for field in model._meta.concrete_fields if field.name not in items} - {"missing"}


def stored(record):
    with scope(system("test", read="all")):
        return type(record).objects.filter(pk=record.pk).values().get()


def test_a_new_record_is_its_patient_s_centre_s_whatever_is_sent(people, records_of_brescia):
    program = program_of(people.datamanager_07)
    body = {"patient": str(records_of_brescia["patient"].public_id)}
    assert program.post("forms/follow_up/", body | {"centre": 3}).status_code == 422
    assert program.post("forms/follow_up/", body).json()["centre"] == 7


def _address(model, record):
    return f"patients/{record.public_id}/" if model is Patient else f"forms/{model.form}/{record.public_id}/"
