"""Zip archives that depend on their content alone: the same files give the same bytes."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest date that the format knows


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Names and contents, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files:
            packed.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        yield from ((name, packed.read(name)) for name in packed.namelist())
