"""Verified, signed, locked, frozen: each change drops what it invalidates, and closed means closed everywhere."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.errors import RecordLocked, RegistryFrozen
from registry.actions.queries import raise_query
from registry.actions.record_facts import is_signature_whole
from registry.actions.save_record import save_record
from registry.actions.states import (
    NotLockable,
    NotYetComplete,
    WrongPassword,
    freeze_registry,
    lift_freeze,
    lock_patient,
    sign_record,
    unlock_patient,
    verify_record,
)
from registry.audit.acting import acting_as
from registry.models import Baseline, Death, Patient, Signature, Verification
from tests.registry.actions.conftest import baseline, full_baseline

pytestmark = pytest.mark.django_db
PASSWORD = "a password of the investigator"


@pytest.fixture
def record(anna, patient):
    return save_record(full_baseline(patient), by=anna, complete=True).record


@pytest.fixture
def signer(people):
    people.investigator_03.set_password(PASSWORD)
    return people.investigator_03


def change(record, by, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return save_record(record, by=by, expected_version=record.version, reason="read the source again").record


def as_user(user):
    return scope(claims_of(user))


def test_a_change_drops_verification_and_signature(people, anna, record, signer):
    with as_user(people.monitor):
        verify_record(record, by=people.monitor)
    with as_user(signer):
        assert is_signature_whole(sign_record(record, by=signer, password=PASSWORD), record)
    change(record, anna, ecog="2")
    assert not Verification.objects.exists()
    assert not Signature.objects.exists()


def test_verification_of_items_stays_when_others_change(people, anna, record):
    with as_user(people.monitor):
        verify_record(record, by=people.monitor, fields=["lab_date"])
    record = change(record, anna, ecog="2")
    assert Verification.objects.exists()
    change(record, anna, lab_date="2019-05-02")
    assert not Verification.objects.exists()


def test_a_verified_item_is_no_longer_so_with_another_unit_or_reason_missing(people, anna, patient):
    values = {"wbc": 5, "wbc_unit": "e9", "missing": dict.fromkeys(("plt", "hb", "ldh", "bm_blasts"), "ND")}
    record = save_record(full_baseline(patient, **values), by=anna, complete=True).record
    for item, correction in (("wbc", {"wbc_unit": "kul"}), ("hb", {"missing": record.missing | {"hb": "UNK"}})):
        with as_user(people.monitor):
            verify_record(record, by=people.monitor, fields=[item])
        record = change(record, anna, **correction)
        assert not Verification.objects.exists(), item


def test_a_change_that_bypassed_the_registry_breaks_the_signature_visibly(people, record, signer):
    with as_user(signer):
        signature = sign_record(record, by=signer, password=PASSWORD)
    with acting_as(people.datamanager_03, "repair in psql", centre=3):
        Baseline.objects.filter(pk=record.pk).update(ecog="2")
    assert not is_signature_whole(signature, Baseline.objects.get(pk=record.pk))


def test_signing_asks_for_the_password_again(record, signer):
    with as_user(signer), pytest.raises(WrongPassword):
        sign_record(record, by=signer, password="a guess")


def test_only_a_complete_record_is_verified_or_signed(people, anna, patient, signer):
    draft = save_record(baseline(patient), by=anna).record
    with as_user(people.monitor), pytest.raises(NotYetComplete):
        verify_record(draft, by=people.monitor)
    with as_user(signer), pytest.raises(NotYetComplete):
        sign_record(draft, by=signer, password=PASSWORD)


def test_transitions_belong_to_roles(people, anna, record, patient, signer):
    for user in (anna, signer, people.coordinator, people.statistician, people.administrator):
        with pytest.raises(PermissionDenied):
            verify_record(record, by=user)
    for user in (anna, people.monitor, people.coordinator, people.administrator):
        with pytest.raises(PermissionDenied):
            sign_record(record, by=user, password=PASSWORD)
    for user in (anna, signer, people.statistician, people.administrator):
        with pytest.raises(PermissionDenied):
            lock_patient(patient, by=user, reason="end of study")
    for user in (anna, people.monitor, people.statistician, people.administrator):
        with pytest.raises(PermissionDenied):
            freeze_registry(by=user, reason="analysis 2026")


def test_a_lock_names_everything_that_is_missing(people, record, patient):
    with as_user(people.monitor):
        raise_query(record=record, message="Please read the report again.", by=people.monitor)
        with pytest.raises(NotLockable) as refused:
            lock_patient(patient, by=people.monitor, reason="end of monitoring")
    message = str(refused.value)
    for part in ("INO cycle", "Allo-HCT", "SOS/VOD", "GVHD", "Maintenance", "neither a follow-up", "1 open query"):
        assert part in message


class TestALockedPatient:
    @pytest.fixture
    def locked(self, people, record, patient):
        with acting_as(people.monitor, "end of monitoring", centre=3):
            Baseline.objects.update(state="locked")
            Patient.objects.update(state="locked")
        patient.refresh_from_db()
        return patient

    def test_refuses_changes_and_new_forms(self, anna, locked, record):
        record.refresh_from_db()
        with pytest.raises(RecordLocked):
            change(record, anna, ecog="2")
        with pytest.raises(RecordLocked):
            save_record(full_baseline(locked), by=anna)

    def test_refuses_new_forms_in_the_database_too(self, people, locked):
        with pytest.raises(DatabaseError, match="is locked"), acting_as(people.datamanager_03, "a repair", centre=3):
            Death.objects.create(patient=locked, centre_id=3)

    def test_is_unlocked_with_a_reason(self, people, anna, locked, record):
        with as_user(people.coordinator):
            unlock_patient(locked, by=people.coordinator, reason="late correction")
        record.refresh_from_db()
        locked.refresh_from_db()
        record.patient = locked
        assert change(record, anna, ecog="2").state == "complete"


def test_a_frozen_registry_refuses_every_change(people, anna, record):
    with as_user(people.coordinator):
        freeze_registry(by=people.coordinator, reason="analysis for the congress")
    with pytest.raises(RegistryFrozen):
        change(record, anna, ecog="2")
    with pytest.raises(DatabaseError, match="frozen"), acting_as(people.datamanager_03, "a repair", centre=3):
        Baseline.objects.update(ecog="2")
    with as_user(people.coordinator):
        lift_freeze(by=people.coordinator, reason="analysis done")
    record.refresh_from_db()
    assert change(record, anna, ecog="2").ecog == "2"
