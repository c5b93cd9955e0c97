"""Board and patient page wait for the same forms: one asks the database about many, the other reads one patient."""

import datetime as dt

import pytest

from registry.access.context import scope, system
from registry.models import Eligibility, FollowUp, Maintenance, Patient, Transplant
from registry.models.form_kinds import rows_of_kind
from registry.models.form_rows import MODELS, FormRow
from registry.models.patient_records import load_patient_records
from registry.web.next_step import steps
from tests.pages import save

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 6, 30)


@pytest.mark.parametrize(
    "begun",
    [
        [],
        [Eligibility(ball_confirmed=False)],
        [Eligibility(hct_after_ino=False), Transplant()],
        [Transplant(hct_date=dt.date(2023, 6, 1))],
        [Maintenance(given=True)],
        [Maintenance(given=False)],
        [FollowUp(instance_no=1, visit_date=dt.date(2023, 6, 1), alive=False)],
    ],
    ids=lambda records: " ".join(record.form for record in records) or "nothing",
)
def test_they_wait_for_the_same_forms(people, patient, begun):
    for record in begun:
        record.patient, record.centre_id = patient, 3
        save(record, by=people.datamanager_03)
    with scope(system("test", read="all")):
        rows = [FormRow(*values) for values in rows_of_kind(Patient.objects.all(), TODAY, kind="due")]
        on_patient_page = {MODELS[step.order[0]].form for step in steps(load_patient_records(patient))}
    assert {row.form for row in rows} == on_patient_page
