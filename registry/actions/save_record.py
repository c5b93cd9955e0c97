"""Saving one form: every fault at once, nothing lost, nothing overwritten, nothing unsigned."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from registry.access.permissions import may, require
from registry.access.roles import Permission
from registry.actions.errors import NotComplete, ReasonNeeded, RecordLocked, StaleVersion
from registry.actions.frozen import refuse_while_frozen
from registry.actions.one_writer import hold
from registry.actions.reasons import is_reason
from registry.actions.record_facts import drop_facts, reasons_changed
from registry.actions.rule_queries import update_rule_queries
from registry.audit.acting import acting_as
from registry.checks import completeness, engine
from registry.checks.finding import Finding
from registry.crf.fields import crf_fields
from registry.crf.missing import REASONS
from registry.models import CrfForm
from registry.models.base import OncePerPatient
from registry.models.patient_records import load_patient_records


@dataclass(frozen=True)
class Saved:
    """What became of the record. With `faults` it was kept as a draft although completion was asked for."""

    record: Any
    faults: tuple[Finding, ...] = ()
    changed: bool = True


def save_record(
    record: Any, *, by: Any, expected_version: int = 0, complete: bool = False, reason: str = "", channel: str = ""
) -> Saved:
    """Save the values that the record carries; `complete` asks for the step to *complete*.

    Raises ValidationError for values that no draft may hold (types, code lists, missing reasons), PermissionDenied,
    and the refusals of `registry.actions.errors`. A draft with faults is saved as a draft, and the faults are returned.
    """
    stored = type(record).objects.filter(pk=record.pk).first() if record.pk is not None else None
    changes = changed_values(record, stored)
    require_rights(by, record, changes, is_new=stored is None)
    _refuse_closed(record)
    if stored is not None:
        _refuse_conflicts(stored, expected_version, reason, bool(changes))
    clean(record)
    with acting_as(by, reason, centre=centre_of(record), channel=channel):
        _wait_for_others(record)
        wants_complete = complete or (stored is not None and stored.state == CrfForm.State.COMPLETE)
        faults = completion_faults(record) if wants_complete else []
        if faults and stored is not None and stored.state == CrfForm.State.COMPLETE:
            raise NotComplete(faults)
        state = CrfForm.State.COMPLETE if wants_complete and not faults else CrfForm.State.IN_PROGRESS
        changed = _write(record, stored, changes, state)
        if changed:
            _follow_up(record, stored, changes)
    return Saved(record, tuple(faults), changed)


def _wait_for_others(record: Any) -> None:
    """Whoever locked the patient a moment ago was first."""
    if record.form != "centre" and hold(_patient_of(record)) and record.form != "patient":
        raise RecordLocked


def _patient_of(record: Any) -> Any:
    return record if record.form == "patient" else record.patient


def _follow_up(record: Any, stored: Any, changes: dict[str, Any]) -> None:
    """What a change brings with it: facts that rested on the old content go, the rules ask again."""
    if record.form == "centre":
        return
    if changes:
        before = stored.missing if stored is not None else {}
        drop_facts(record, changes.keys() | reasons_changed(before, record.missing))
    update_rule_queries(_patient_of(record))


def clean(record: Any) -> None:
    """Refuse what not even a draft may hold; all faults at once, by field."""
    record.state = CrfForm.State.IN_PROGRESS  # rules between fields wait for completion
    errors: dict[str, list[Any]] = {}
    try:
        record.full_clean()
    except ValidationError as error:
        errors.update(error.update_error_dict({}))
    for name, message in missing_faults(record):
        errors.setdefault(name, []).append(ValidationError(message))
    if errors:
        raise ValidationError(errors)


def completion_faults(record: Any) -> list[Finding]:
    """Every finding that keeps the record, with the values it carries now, from being complete."""
    faults = completeness.faults(record)
    if record.form == "centre":
        return faults
    outcome = engine.run(load_patient_records(_patient_of(record)).with_record(record))
    return [*faults, *outcome.blocking(record.form, getattr(record, "instance_no", None))]


def changed_values(record: Any, stored: Any) -> dict[str, Any]:
    """Columns of the form whose value differs from what is stored, the missing reasons among them."""
    names = [field.attname for field in crf_fields(type(record))] + ["missing"]
    return {
        name: getattr(record, name)
        for name in names
        if stored is None or getattr(record, name) != getattr(stored, name)
    }


def centre_of(record: Any) -> int | None:
    """The centre that a record belongs to; the centres themselves belong to the whole registry."""
    return None if record.form == "centre" else record.centre_id


def require_rights(by: Any, record: Any, changes: dict[str, Any], *, is_new: bool) -> None:
    if record.form == "centre":
        require(by, Permission.MANAGE_USERS)
        return
    review = {field.attname for field in crf_fields(type(record)) if field.crf.review_only}
    entered = {name for name, value in changes.items() if value not in (None, {})} if is_new else set(changes)
    if entered & review:
        require(by, Permission.REVIEW_CYTOGENETICS)
    if is_new or entered - review or not may(by, Permission.REVIEW_CYTOGENETICS):
        require(by, Permission.ENTER_DATA, centre=record.centre_id)


def _refuse_closed(record: Any) -> None:
    if record.form == "centre":
        return
    refuse_while_frozen()
    if record.form != "patient" and record.patient.state == CrfForm.State.LOCKED:
        raise RecordLocked


def _refuse_conflicts(stored: Any, expected_version: int, reason: str, has_changes: bool) -> None:
    if stored.version != expected_version:
        raise StaleVersion(stored)
    if stored.state == CrfForm.State.LOCKED:
        raise RecordLocked
    if stored.state == CrfForm.State.COMPLETE and has_changes and not is_reason(reason):
        raise ReasonNeeded


def missing_faults(record: Any) -> list[tuple[str, str]]:
    fields = {field.name: field for field in crf_fields(type(record))}
    faults = []
    for name, reason in record.missing.items():
        field = fields.get(name)
        if field is None or not field.crf.may_be_missing:
            faults.append((name if field else "__all__", _("A missing reason is not accepted here.")))
        elif reason not in REASONS:
            faults.append((name, _not_a_reason(reason)))
        elif getattr(record, field.attname) is not None:
            faults.append((name, _("Give either a value or the reason why it is missing, not both.")))
    return faults


def _not_a_reason(reason: str) -> str:
    text = _("“%(reason)s” is not a missing reason (%(reasons)s).")
    return text % {"reason": reason, "reasons": ", ".join(REASONS)}


def _write(record: Any, stored: Any, changes: dict[str, Any], state: str) -> bool:
    record.state = state
    if stored is None:
        _insert(record)
        return True
    if not changes and stored.state == state:
        record.version = stored.version
        return False
    rows = type(record).objects.filter(pk=record.pk, version=stored.version)
    if rows.update(**changes, state=state, version=F("version") + 1) != 1:
        raise StaleVersion(type(record).objects.get(pk=record.pk))
    record.version = stored.version + 1
    return True


def _insert(record: Any) -> None:
    """Somebody else may have begun the same form, or taken the same number, a moment ago."""
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        if isinstance(record, OncePerPatient):
            raise StaleVersion(type(record).objects.get(patient_id=record.patient_id)) from error
        clean(record)  # names the number that is taken
        raise
