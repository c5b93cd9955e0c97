"""From a claimed export to a file that can be downloaded: read, reconcile, pack, then one commit that hands it out."""

import hashlib
import json
import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions import export_files, exports, leases
from registry.actions.heartbeat import heartbeat
from registry.crf import codebook
from registry.models import Export, ExportEvent, ExportFile, PseudonymKey
from registry.transfer.exports import manifest, readme
from registry.transfer.exports.formats import writer_of
from registry.transfer.exports.sas import TextTooLong
from registry.transfer.exports.tables import Choice, content_of, count

logger = logging.getLogger(__name__)
# Of an unknown exception the kind only: its message may hold what the export was to hide.
STOPPED = (
    "The export stopped on a fault of the registry: {}. Nothing was handed out. Tell the administrator; the log of the "
    "worker has the details."
)
FOR_GOOD = (manifest.NotReconciled, TextTooLong)  # another attempt would end the same


def carry_out(key: int) -> None:
    """Make the export if it is free."""
    with scope(exports.every_export()):
        if not leases.claim(Export.objects, key):
            return
        export = Export.objects.select_related("requested_by").get(pk=key)
    make(export)


def make(export: Export) -> None:
    """Make an export that is held. Whatever happens is written on it; nothing half is ever handed out."""
    try:
        with TemporaryDirectory() as folder:
            about = _write(export, Path(folder))
            _hand_out(export, about, _pack(Path(folder)))
    except leases.WorkLost:
        logger.warning("export %s was taken over by another worker", export.public_id)
    except Exception as error:
        logger.exception("export %s failed", export.public_id)
        with scope(exports.every_export()):
            problem = str(error) if isinstance(error, FOR_GOOD) else STOPPED.format(type(error).__name__)
            held = leases.mine(Export.objects, export)
            leases.fail(held, export.attempt, problem, for_good=isinstance(error, FOR_GOOD))


def _write(export: Export, folder: Path) -> dict[str, Any]:
    """The files of the export in this folder, and its manifest; all of one moment of the database."""
    PseudonymKey.load()
    held = leases.mine(Export.objects, export)
    # The lease is renewed on another connection: this one reads only, and nobody would see what it writes.
    with (
        heartbeat(held, lambda: scope(exports.every_export())) as beat,
        _one_moment(),
        scope(exports.claims_for(export)),
    ):
        choice = Choice.of(export)
        content = content_of(choice, lambda step: beat.tell(step=step))
        writer_of(export)(content, folder)
        content.progress("reconciling with the database")
        counted = count(choice)
        manifest.reconcile(content.read, counted)
        about = manifest.manifest(export, content, counted, folder)
    export.rows = manifest.printed_rows(export.level, counted)
    (folder / manifest.FILE).write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / readme.FILE).write_text(readme.readme(about, export), encoding="utf-8")
    return about


def _pack(folder: Path) -> bytes:
    packed = folder / "export.zip"
    files = sorted(folder.iterdir())
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return packed.read_bytes()


def _hand_out(export: Export, about: dict[str, Any], content: bytes) -> None:
    with scope(exports.every_export()):
        results = {
            "rows": export.rows,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "dictionary_version": codebook.version(),
            "manifest": about,
            "expires_at": timezone.now() + export_files.KEPT,
        }
        leases.finish(leases.mine(Export.objects, export), **results)
        export.refresh_from_db()
        ExportFile.objects.create(export=export, content=content)
        with scope(claims_of(export.requested_by, channel="export")):
            export_files.log(export, ExportEvent.Kind.MADE, by=export.requested_by)


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the database as it is now, whatever others commit meanwhile."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        yield
