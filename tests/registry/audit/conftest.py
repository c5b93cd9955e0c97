"""A committed trail with seals, and the superuser against whom they are made."""

import psycopg
import pytest

from registry.audit.acting import acting_as
from registry.models import Baseline, Patient
from tests import databases
from tests.people import make_people
from tests.sealing import seal_everything


@pytest.fixture
def sealed(committed_registry):
    """Three seals: the accounts and the centres, a patient with a form, a change of the form."""
    people = make_people()
    seal_everything()
    with acting_as(people.datamanager_03, centre=3):
        patient = Patient.objects.create(number="03-001", centre=people.baltimore, sex="F", age_rr=40)
        Baseline.objects.create(patient=patient, centre_id=3, wbc="5.9")
    seal_everything()
    with acting_as(people.datamanager_03, "typing error", centre=3):
        Baseline.objects.update(wbc="6.9")
    seal_everything()
    return people


@pytest.fixture
def superuser(committed_registry):
    """Whoever administers the database, with triggers and keys out of the way."""
    address = databases.urls(committed_registry)["ADMIN_DATABASE_URL"]
    with psycopg.connect(address, dbname=committed_registry, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        yield connection
