"""The files of exports: who sees and takes them, the log of it, and their end."""

import datetime as dt
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from registry.access.context import scope
from registry.access.permissions import claims_of, readable_centres
from registry.actions.exports import every_export, levels_of
from registry.models import Export, ExportEvent, ExportFile

KEPT: Final = dt.timedelta(days=7)


class FileGone(Exception):
    """The time of the file is over."""


def exports_visible_to(user: Any) -> Any:
    """Who reads all centres sees every export, a centre those of its people, others their own.

    Whoever came from another centre or role does not see what was exported there: it holds the patients of then.
    """
    if readable_centres(user) == "all":
        return Export.objects.all()
    if user.centre_id is not None:
        return Export.objects.filter(centre=user.centre_id)
    return Export.objects.filter(requested_by=user, centre=None)


def hand_over(export: Export, *, by: Any) -> bytes:
    """The content of the file, for somebody who may have it; logged."""
    if export.level not in levels_of(by):
        raise PermissionDenied(_("Your role does not include exports at this level."))
    if not export.can_be_downloaded():
        raise FileGone(_("The file was deleted after its time. Export again."))
    with scope(claims_of(by, channel="export")):
        log(export, ExportEvent.Kind.DOWNLOADED, by=by)
        return bytes(export.file.content)


def log(export: Export, kind: str, *, by: Any) -> None:
    """One line of the log of exports. The transaction knows who acts."""
    chosen = {name: getattr(export, name) for name in ("format", "level", "data_state", "forms", "centres")}
    ExportEvent.objects.create(
        export=export, kind=kind, by=by, chosen=chosen, rows=export.rows or 0, sha256=export.sha256
    )


def delete_expired(*, now: dt.datetime) -> int:
    """The files whose time is over; the exports and their log stay."""
    with scope(every_export()):
        queue = Export.objects.select_for_update(skip_locked=True, of=("self",))  # of two at once, one does it
        expired = list(queue.filter(expires_at__lte=now, file__isnull=False).defer("manifest"))
        ExportFile.objects.filter(export__in=expired).delete()
        for export in expired:
            log(export, ExportEvent.Kind.DELETED, by=None)
    return len(expired)
