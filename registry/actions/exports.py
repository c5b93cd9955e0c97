"""Asking for an export: who may, what can be made, and the queue."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from celery import current_app
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.access.context import Claims, scope, system
from registry.access.permissions import claims_of, may, readable_centres, require
from registry.access.roles import Permission
from registry.actions import leases
from registry.models import ALL_FORMS, Centre, Export, Snapshot

WITHOUT_PATIENTS: Final = (Export.Level.DEIDENTIFIED, Export.Level.AGGREGATE)
COUNTED_IN: Final = (Export.Format.CSV, Export.Format.XLSX)
FORMS: Final = tuple(model.form for model in ALL_FORMS)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to export. No forms: all; no centres: all that one reads."""

    format: str
    level: str
    data_state: str = Snapshot.DataState.ALL
    forms: Sequence[str] = ()
    centres: Sequence[int] = ()
    with_audit: bool = False


def levels_of(user: Any) -> list[str]:
    """The levels at which this user may export, most identifying first."""
    if may(user, Permission.EXPORT_PATIENTS):
        return list(Export.Level)
    return list(WITHOUT_PATIENTS) if may(user, Permission.EXPORT_DEIDENTIFIED) else []


def may_choose_centres(user: Any) -> bool:
    """Who does not see patients would learn from it which centre has which pseudonym."""
    return readable_centres(user) == "all"


def request_export(wish: Wish, *, by: Any) -> Export:
    """Queue an export; a worker makes it."""
    with transaction.atomic():
        export = _create(wish, by=by, state=Export.State.QUEUED)
        transaction.on_commit(lambda: wake_worker(export.pk), robust=True)
    return export


def begin_export(wish: Wish, *, by: Any) -> Export:
    """An export that the caller makes at once, held from the start so that no worker takes it."""
    held = {"attempt": leases.MAXIMUM_ATTEMPTS, "lease_until": leases.lease_end(timezone.now())}
    return _create(wish, by=by, state=Export.State.RUNNING, **held)


def claims_for(export: Export) -> Claims:
    """What is read for an export: the centres of the one who asked, or all where no patient can be told."""
    by = export.requested_by
    claims = claims_of(by, channel="export")
    reads_all = export.level in WITHOUT_PATIENTS and may(by, Permission.EXPORT_DEIDENTIFIED)
    return replace(claims, read="all") if reads_all else claims


def reap(*, now: dt.datetime) -> list[int]:
    """Wake workers for exports that were left behind."""
    with scope(every_export()):
        waiting = leases.left_behind(Export.objects, now=now)
    for key in waiting:
        wake_worker(key)
    return waiting


def wake_worker(key: int) -> None:
    current_app.send_task("registry.tasks.make_export", args=[key])


def every_export() -> Claims:
    """The registry itself, at work on exports."""
    return system("exports", read="all")


def unsaved(wish: Wish, *, by: Any) -> Export:
    """The export that would come of a wish."""
    chosen = FORMS if wish.format == Export.Format.ANALYSIS else wish.forms or FORMS  # it is derived from all of them
    forms = [] if wish.format == Export.Format.CODEBOOK else [form for form in FORMS if form in chosen]
    if wish.level == Export.Level.AGGREGATE and "centre" in forms:
        forms.remove("centre")  # there is nothing to count in it
    return Export(
        requested_by=by,
        centre=by.centre,
        format=wish.format,
        level=wish.level,
        data_state=wish.data_state,
        forms=forms,
        centres=sorted(set(wish.centres)),
        with_audit=wish.with_audit,
    )


def _create(wish: Wish, *, by: Any, **held: Any) -> Export:
    refuse(wish, by=by)
    export = unsaved(wish, by=by)
    for name, value in held.items():
        setattr(export, name, value)
    with scope(claims_of(by, channel="export")):
        export.save(force_insert=True)
    return export


def refuse(wish: Wish, *, by: Any) -> None:
    """What this user may not have, and what cannot be made."""
    if wish.level not in levels_of(by):
        needed = Permission.EXPORT_DEIDENTIFIED if wish.level in WITHOUT_PATIENTS else Permission.EXPORT_PATIENTS
        require(by, needed)
        raise PermissionDenied(_("Your role does not include exports at this level."))
    own = readable_centres(by)
    if wish.centres and own != "all" and not set(wish.centres) <= set(own):
        raise PermissionDenied(_("Your role does not include the right to choose centres other than your own."))
    if unknown := [form for form in wish.forms if form not in FORMS]:
        raise ValidationError(_("There is no form named “%(form)s”.") % {"form": unknown[0]})
    if wish.centres and (absent := set(wish.centres) - set(Centre.objects.values_list("pk", flat=True))):
        raise ValidationError(_("There is no centre %(centre)s.") % {"centre": f"{min(absent):02d}"})
    if wish.level == Export.Level.AGGREGATE and wish.format not in (*COUNTED_IN, Export.Format.CODEBOOK):
        raise ValidationError(_("Counts are exported as CSV or as an Excel workbook: choose one of these formats."))
    if wish.with_audit and (wish.format, wish.level) != (Export.Format.ODM, Export.Level.FULL):
        raise ValidationError(_("The audit trail is part of a full export to CDISC ODM only."))
