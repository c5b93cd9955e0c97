"""The program of the data manager of Baltimore, and a patient of hers."""

from typing import Any

import pytest

from registry.models import Patient
from tests.pages import new_patient
from tests.programs import Program, program_of


@pytest.fixture
def patient(people: Any) -> Patient:
    return new_patient(people.datamanager_03)


@pytest.fixture
def anna(people: Any) -> Program:
    return program_of(people.datamanager_03)
