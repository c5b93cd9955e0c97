"""Browsers without a screen: Django's test client, logged in as one of the people; and what they see."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.create_patient import create_patient
from registry.actions.save_record import save_record
from registry.models import Patient
from registry.web.second_factor import NEEDS_SECOND_FACTOR


def log_in(user: Any) -> Client:
    """A client in which this user is logged in, with a second factor where the role needs one."""
    client = Client()
    with scope(system("login")):
        if user.role in NEEDS_SECOND_FACTOR:
            Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
        client.force_login(user)
    return client


def new_patient(by: Any) -> Patient:
    patient = Patient(centre=by.centre, sex="F", age_rr=40, consent_basis="written")
    return create_patient(patient, by=by, complete=True).record


def save(record: Any, *, by: Any, **options: Any) -> Any:
    """Save a record as a page does: in a transaction that knows who asks."""
    with scope(claims_of(by)):
        return save_record(record, by=by, **options).record
