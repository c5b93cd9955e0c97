"""Fixtures of the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from registry.models import Patient
from tests.pages import log_in, new_patient


@pytest.fixture
def open_as(people: Any) -> Callable[[Any], Client]:
    return log_in


@pytest.fixture
def patient(people: Any) -> Patient:
    return new_patient(people.datamanager_03)


@pytest.fixture
def patient_of_brescia(people: Any) -> Patient:
    return new_patient(people.datamanager_07)
