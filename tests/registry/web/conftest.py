"""Fixtures of the pages."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from registry.audit.acting import acting_as
from registry.models import Baseline, FollowUp, InoCycle, Patient, Verification
from tests.pages import log_in, new_patient, save
from tests.registry.web.work import ask, complete_gvhd


@pytest.fixture
def open_as(people: Any) -> Callable[[Any], Client]:
    return log_in


@pytest.fixture
def patient(people: Any) -> Patient:
    return new_patient(people.datamanager_03)


@pytest.fixture
def patient_of_brescia(people: Any) -> Patient:
    return new_patient(people.datamanager_07)


@pytest.fixture
def registry(people: Any, patient: Patient, patient_of_brescia: Patient) -> Patient:
    """Two centres: cycles, an old visit, a draft, a complete form that is verified and asked about."""
    by = people.datamanager_03
    for number in (1, 2):
        save(InoCycle(patient=patient, centre_id=3, cycle_no=number, d1_date=dt.date(2020, 1, number)), by=by)
    save(
        FollowUp(patient=patient, centre_id=3, instance_no=1, visit_date=dt.date(2021, 1, 1), alive=True, lost=False),
        by=by,
    )
    save(Baseline(patient=patient_of_brescia, centre_id=7), by=people.datamanager_07)
    gvhd = complete_gvhd(patient, by=by)
    with acting_as(people.monitor, "source data verification", centre=3):
        about = {"patient": patient, "centre_id": 3, "form_name": "gvhd", "record_id": gvhd.pk}
        Verification.objects.create(**about, by=people.monitor)
    ask(people, gvhd)
    return patient
