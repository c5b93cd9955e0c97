"""Saving what was sent, or refusing it with everything that is wrong."""

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from registry.actions.create_patient import create_patient
from registry.actions.errors import NotComplete, StaleVersion
from registry.actions.save_record import clean, completion_faults, save_record
from registry.api.faults import Fault, item_name, of_findings, of_validation
from registry.api.problems import STALE, Problem
from registry.api.reading import Body
from registry.api.showing import Facts, as_json, etag
from registry.crf.fields import crf_fields
from registry.crf.rows import plain
from registry.models import CrfForm


def save(record: Any, body: Body, *, by: Any, expected_version: int = 0) -> Any:
    """Save all of it or nothing: a record that was to be completed and cannot be is not kept as a draft."""
    attempt = copy(record)
    attempt.missing = dict(record.missing)
    if body.faults:
        raise _refused(_everything_wrong(attempt, body))
    try:
        with transaction.atomic():
            saved = _carry_out(record, body, by=by, expected_version=expected_version)
            if saved.faults:
                raise NotComplete(saved.faults)
    except ValidationError as error:
        raise _refused(_everything_wrong(attempt, body)) from error
    except NotComplete as error:
        raise _refused(of_findings(error.faults, form=record.form)) from error
    except StaleVersion as error:
        raise (_stale(error.stored, attempt, body) if record.is_started else _exists(error.stored)) from error
    return saved.record


def _carry_out(record: Any, body: Body, *, by: Any, expected_version: int) -> Any:
    if record.form == "patient" and not record.is_started:
        return create_patient(record, by=by, complete=body.complete)
    return save_record(record, by=by, expected_version=expected_version, complete=body.complete, reason=body.reason)


def _everything_wrong(attempt: Any, body: Body) -> list[Fault]:
    """What cannot be read, what no draft may hold, and what keeps the rest from being complete."""
    faults, wants_complete = list(body.faults), body.complete or attempt.state == CrfForm.State.COMPLETE
    named = {fault.field for fault in faults}
    try:
        clean(copy(attempt))
    except ValidationError as error:
        faults += [fault for fault in of_validation(error, type(attempt)) if fault.field not in named]
    if wants_complete:
        named = {fault.field for fault in faults}
        found = [each for each in completion_faults(attempt) if not named & _items(each, attempt)]
        faults += of_findings(found, form=attempt.form)
    return faults


def _items(finding: Any, record: Any) -> set[str]:
    return {item_name(type(record), place.field) for place in finding.places if place.form == record.form}


def _refused(faults: list[Fault]) -> Problem:
    return Problem(422, "Nothing was saved. `errors` names everything that is wrong.", faults)


def refuse_second(record: Any) -> None:
    """A form that a patient has once and that there is already."""
    stored = type(record).objects.filter(patient=record.patient).first()
    if stored is not None:
        raise _exists(stored)


def _exists(stored: Any) -> Problem:
    more = {"current": as_json(stored, Facts.of([stored]))}
    return Problem(409, "The patient has this form already; change the record that there is.", more=more)


def _stale(stored: Any, attempt: Any, body: Body) -> Problem:
    """Both values of everything that was to be changed and is another meanwhile."""
    sent = {*body.values, *body.missing}
    differences = [
        {"field": field.crf.name, "yours": _answer(field, attempt), "theirs": _answer(field, stored)}
        for field in crf_fields(type(stored))
        if field.crf.name in sent and _answer(field, attempt) != _answer(field, stored)
    ]
    more = {"current": as_json(stored, Facts.of([stored])), "differences": differences}
    return Problem(412, STALE, headers={"ETag": etag(stored)}, more=more)


def _answer(field: Any, record: Any) -> dict[str, Any]:
    return {"value": plain(getattr(record, field.attname)), "missing": record.missing.get(field.name)}


def refuse_stale(record: Any, version: int, *, attempt: Any, body: Body) -> None:
    """Before anything else is said of what was sent."""
    if record.version != version:
        raise _stale(record, attempt, body)
