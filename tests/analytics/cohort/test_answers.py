"""The analysis reads snapshot rows, the checks read records: both must derive the same."""

import datetime as dt

import pytest

from analytics.cohort.build import analysis_row
from analytics.cohort.forms import patients
from registry.checks.records import PatientRecords
from registry.models import Centre
from registry.transfer.form_csv import read_patients
from tests.analytics import reference_cohort


@pytest.mark.slow
def test_records_and_snapshot_rows_give_the_same_derived_variables() -> None:
    of_snapshot = {patient.patient_id: analysis_row(patient) for patient in patients(reference_cohort.forms())}
    of_records = {}
    for patient, records in read_patients(reference_cohort.FIXTURES / "reference_cohort"):
        together = PatientRecords(patient, Centre(), tuple(records), dt.date(2023, 6, 30))
        of_records[patient.number] = analysis_row(together.answers)
    assert len(of_records) == 58
    assert of_records == of_snapshot
