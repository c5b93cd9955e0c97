"""A snapshot tells of each record whether it was verified and signed."""

import json

import pytest
from django.db import connection

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.save_record import save_record
from registry.actions.states import sign_record, verify_record
from registry.actions.take_snapshot import take_snapshot
from registry.audit.acting import acting_as
from registry.models import Baseline, SnapshotForm
from tests.registry.actions.conftest import full_baseline

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(people, anna, patient):
    people.investigator_03.set_password("a long password")
    return save_record(full_baseline(patient), by=anna, complete=True).record


@pytest.fixture
def rows(people, monkeypatch):
    """The rows of the baseline in a snapshot taken now; what the analysis role reads is caught while written."""
    texts = {}
    save = SnapshotForm.save
    monkeypatch.setattr(
        SnapshotForm, "save", lambda form, **options: (texts.update({form.form: form.text}), save(form, **options))
    )

    def take():
        take_snapshot(by=people.coordinator)
        return [(row["verified"], row["signed"]) for row in json.loads(texts["baseline"])]

    return take


def test_a_record_is_neither_until_somebody_says_so(record, rows):
    assert rows() == [(False, False)]


def test_a_whole_verification_and_a_signature_are_told(people, record, rows):
    with scope(claims_of(people.monitor)):
        verify_record(record, by=people.monitor)
    sign_record(record, by=people.investigator_03, password="a long password")
    assert rows() == [(True, True)]


def test_items_verified_are_not_the_record(people, record, rows):
    with scope(claims_of(people.monitor)):
        verify_record(record, by=people.monitor, fields=["ecog"])
    assert rows() == [(False, False)]


def test_a_change_in_sql_leaves_no_signature(people, record, rows):
    sign_record(record, by=people.investigator_03, password="a long password")
    with acting_as(people.datamanager_03, "a repair in psql", centre=3), connection.cursor() as cursor:
        cursor.execute("update registry_baseline set ecog = '2'")
    assert Baseline.objects.get().ecog == "2"
    assert rows() == [(False, False)]
