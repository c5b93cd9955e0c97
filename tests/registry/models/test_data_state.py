"""Which patients are handed out by the state of their forms."""

import pytest

from registry.access.context import scope, system
from registry.models import Patient
from registry.models.data_state import in_data_state
from tests.pages import new_patient


def number(state):
    with scope(system("test", read="all")):
        return in_data_state(Patient.objects.all(), state).count()


@pytest.mark.django_db
def test_a_patient_whose_forms_are_not_begun_is_neither_complete_nor_signed(people):
    new_patient(people.datamanager_03)
    assert [number(state) for state in ("all", "complete", "signed")] == [1, 0, 0]


@pytest.mark.slow
def test_the_patients_of_the_cohort_are_complete_and_not_signed(cohort_registry):
    assert [number(state) for state in ("all", "complete", "signed")] == [58, 58, 0]
