"""What an export says of itself, as JSON: rows reconciled with the database, hashes, filter, versions."""

import hashlib
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from registry.audit import seals
from registry.crf import codebook
from registry.crf.code_version import digest_of
from registry.crf.language import english
from registry.models import Export, Snapshot
from registry.transfer.exports.formats import cells_of
from registry.transfer.exports.levels import RULES, Level
from registry.transfer.exports.pseudonyms import Pseudonyms
from registry.transfer.exports.suppression import SMALL
from registry.transfer.exports.tables import Content, Counts

FILE: Final = "manifest.json"
_CODE: Final = ("registry", "analytics")


class NotReconciled(Exception):
    """Rows in the files and rows in the database differ: the file is not handed out."""


def reconcile(read: Counts, counted: Counts) -> None:
    """Every row that the database counts was read, once."""
    for form, numbers in counted.items():
        for centre in sorted(numbers.keys() | read[form].keys()):
            if numbers[centre] != read[form][centre]:
                raise NotReconciled(
                    f"{form}, centre {centre:02d}: {read[form][centre]} rows were exported, the database has "
                    f"{numbers[centre]}. Nothing was handed out. Export again; if it says so again, tell the operator."
                )


def manifest(export: Export, content: Content, counted: Counts, folder: Path) -> dict[str, Any]:
    return {
        "export": str(export.public_id),
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "asked_for_by": export.requested_by.username,
        "format": english(export.get_format_display()),
        "level": export.level,
        "what_the_level_does": _treatments(export.level),
        "data_state": english(Snapshot.DataState(export.data_state).label),
        "forms": export.forms,
        "centres": _centres(export),
        "data_cut_off": content.data_cut_off and content.data_cut_off.isoformat(),
        "dictionary_version": codebook.version(),
        "code_version": digest_of(*_CODE),
        "seal_head": str(head) if (head := seals.head()) else None,
        "rows": _rows(export.level, counted),
        "files": [_file(path) for path in sorted(folder.iterdir())],
    }


def _treatments(level: str) -> dict[str, str]:
    return {english(rule.what): english(rule.at(level).value) for rule in RULES}


def _centres(export: Export) -> list[int] | str:
    if not export.centres:
        return "all that the person who asked may read"
    return [_shown(centre, export.level) for centre in export.centres]


def _shown(centre: int, level: str) -> int:
    return Pseudonyms.load().centre(centre) if level == Level.DEIDENTIFIED else centre


def _rows(level: str, counted: Counts) -> dict[str, Any]:
    """By form and centre; of counts, only the whole of a form, where it is not small."""
    if level == Level.AGGREGATE:
        totals = {form: numbers.total() for form, numbers in counted.items()}
        return {form: total if not 0 < total < SMALL else f"fewer than {SMALL}" for form, total in totals.items()}
    return {
        form: {f"{_shown(centre, level):02d}": number for centre, number in sorted(numbers.items())}
        for form, numbers in counted.items()
    }


def printed_rows(level: str, counted: Counts) -> int:
    """Of all forms; of counts without those whose number is small: it would follow from the sum."""
    totals = [numbers.total() for numbers in counted.values()]
    return sum(total for total in totals if level != Level.AGGREGATE or not 0 < total < SMALL)


def _file(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"name": path.name, "size": path.stat().st_size, "sha256": sha256, "cells": cells_of(path.name)}
