"""Verified, signed, locked, frozen: who may, what must hold, and what each change drops."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused, RecordLocked, StaleVersion
from registry.actions.frozen import refuse_while_frozen
from registry.actions.one_writer import hold
from registry.actions.reasons import require_reason
from registry.actions.record_facts import content_hash, facts
from registry.audit.acting import acting_as
from registry.checks.finding import Finding
from registry.checks.locking import MESSAGE, keeps_from_locking
from registry.checks.records import PatientRecords
from registry.crf.fields import crf_fields
from registry.crf.language import Listing, Message, english
from registry.models import PATIENT_FORMS, CrfForm, Patient, RegistrySettings, Signature, Verification
from registry.models.patient_records import load_patient_records

State = CrfForm.State


class NotLockable(ActionRefused):
    """C100: what is missing before the patient can be locked."""

    def __init__(self, missing: Sequence[Finding]) -> None:
        self.missing = tuple(missing)
        super().__init__(str(Message(MESSAGE, list=Listing(finding.text for finding in missing))))


class NotYetComplete(ActionRefused):
    def __init__(self) -> None:
        super().__init__(_("Only a complete record can be verified or signed."))


class WrongPassword(ActionRefused):
    def __init__(self) -> None:
        super().__init__(_("The password is not right; nothing was signed."))


class NothingChosen(ActionRefused):
    def __init__(self) -> None:
        super().__init__(_("Nothing was chosen: choose at least one."))


def verify_record(record: Any, *, by: Any, fields: Sequence[str] = ()) -> Verification:
    """Confirm that the record, or the items named in `fields`, agree with the source documents."""
    require(by, Permission.VERIFY)
    _require_complete(record)
    listed = [field.name for field in crf_fields(type(record)) if field.name in fields]
    if fields and not listed:
        raise NothingChosen
    with acting_as(by, "source data verification", centre=record.centre_id):
        about = _about(record)
        hold(about["patient"])
        facts(Verification, record).delete()
        return Verification.objects.create(**about, by=by, fields=listed)


def sign_record(record: Any, *, by: Any, password: str, meaning: str = Signature.Meaning.APPROVED) -> Signature:
    """Sign with one's password: the signature holds the hash of what is signed."""
    return sign_records([record], by=by, password=password, meaning=meaning)[0]


def sign_records(
    records: Sequence[Any], *, by: Any, password: str, meaning: str = Signature.Meaning.APPROVED
) -> list[Signature]:
    """Sign several records with one password: all of them or none."""
    if not records:
        raise NothingChosen
    for record in records:
        require(by, Permission.SIGN, centre=record.centre_id)
        _require_complete(record)
    if not by.check_password(password):
        raise WrongPassword
    return [_sign(record, by=by, meaning=meaning) for record in records]


def _sign(record: Any, *, by: Any, meaning: str) -> Signature:
    with acting_as(by, english(Signature.Meaning(meaning).label), centre=record.centre_id):
        about = _about(record)
        hold(about["patient"])
        facts(Signature, record).delete()
        return Signature.objects.create(
            **about, by=by, meaning=meaning, signer_name=by.name, content_sha256=content_hash(record)
        )


def lock_patient(patient: Patient, *, by: Any, reason: str) -> None:
    """Lock every record of the patient. Refused with the list of C100 while something is missing."""
    require(by, Permission.LOCK)
    refuse_while_frozen()
    require_reason(reason)
    with acting_as(by, reason, centre=patient.centre_id):
        hold(patient)  # nobody begins a form between the question and the lock
        if missing := missing_for_lock(load_patient_records(patient)):
            raise NotLockable(missing)
        _set_state(patient, State.COMPLETE, State.LOCKED)


def missing_for_lock(records: PatientRecords) -> list[Finding]:
    """What C100 still asks for, each with its place."""
    return keeps_from_locking(records, open_queries=records.patient.queries.open().count())


def unlock_patient(patient: Patient, *, by: Any, reason: str) -> None:
    require(by, Permission.LOCK)
    refuse_while_frozen()
    require_reason(reason)
    with acting_as(by, reason, centre=patient.centre_id):
        hold(patient)
        _set_state(patient, State.LOCKED, State.COMPLETE)


def freeze_registry(*, by: Any, reason: str) -> None:
    """No record changes anywhere until the freeze is lifted: for the days of an analysis."""
    _set_freeze(by, reason, frozen=True)


def lift_freeze(*, by: Any, reason: str) -> None:
    _set_freeze(by, reason, frozen=False)


def _set_freeze(by: Any, reason: str, *, frozen: bool) -> None:
    require(by, Permission.FREEZE)
    require_reason(reason)
    with acting_as(by, reason):
        settings = RegistrySettings.load()
        settings.frozen_at = timezone.now() if frozen else None
        settings.frozen_by = by if frozen else None
        settings.save()


def _set_state(patient: Patient, before: str, after: str) -> None:
    """The forms before the patient when locking, after it when unlocking: a locked patient accepts no other change."""
    models: tuple[Any, ...] = PATIENT_FORMS
    forms = [model.objects.filter(patient=patient) for model in models]
    own = Patient.objects.filter(pk=patient.pk)
    for rows in [*forms, own] if after == State.LOCKED else [own, *forms]:
        rows.filter(state=before).update(state=after, version=F("version") + 1)


def _about(record: Any) -> dict[str, Any]:
    patient = record if record.form == "patient" else record.patient
    return {
        "patient": patient,
        "centre_id": patient.centre_id,
        "form_name": record.form,
        "record_id": record.pk,
    }


def _require_complete(record: Any) -> None:
    stored = type(record).objects.get(pk=record.pk)
    if stored.version != record.version:
        raise StaleVersion(stored)
    if stored.state == State.LOCKED:
        raise RecordLocked
    if stored.state != State.COMPLETE:
        raise NotYetComplete
