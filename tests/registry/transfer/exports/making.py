"""Exports made as the page and the command make them, and their files."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from registry.access.context import scope, system
from registry.actions.exports import Wish, begin_export
from registry.models import Export, User
from registry.transfer.exports.job import make


def export(wish: Wish, *, by: str = "coordinator") -> Export:
    """As it stands once the work on it has ended."""
    with everything():
        user = User.objects.get(username=by)
    made = begin_export(wish, by=user)
    make(made)
    with everything():
        return Export.objects.select_related("requested_by", "file").get(pk=made.pk)


def unpack(made: Export, folder: Path) -> Path:
    assert made.state == Export.State.DONE, made.problem
    with zipfile.ZipFile(io.BytesIO(bytes(made.file.content))) as archive:
        archive.extractall(folder)
    return folder


def files(folder: Path, *, by: str = "coordinator", **wish: Any) -> Path:
    """The unpacked export."""
    return unpack(export(Wish(**{"level": "full"} | wish), by=by), folder)


def manifest(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def everything() -> Any:
    return scope(system("test", read="all"))
