"""A file read in a process of its own, which may run out of memory or time without harm."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings

from registry.transfer.importing import limits
from registry.transfer.importing.lines import Line, Refused

ZIP, XML = b"PK", b"<"
OLE, ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")


def kind_of(content: bytes) -> str:
    """By the first bytes, whatever the file is called: `xlsx`, `odm` or `csv`."""
    if content.startswith(ZIP):
        return "xlsx"
    return "odm" if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(XML) else "csv"


def lines(content: bytes, *, kind: str) -> Iterator[Line]:
    """Every line that is not empty. Raises Refused at any moment."""
    if len(content) > limits.FILE_BYTES:
        values = {"size": len(content) // limits.MEGABYTE, "most": limits.FILE_BYTES // limits.MEGABYTE}
        raise Refused("The file has {size} MB; {most} MB are accepted. Split it.", **values)
    if content.startswith(OLE):
        raise _of_old_kind(content)
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        with process("child", kind, reads=file) as child:
            try:
                yield from _heard(child)
            finally:
                child.kill()


def process(module: str, *arguments: str, reads: IO[bytes]) -> subprocess.Popen[bytes]:
    """One of the modules here that open files of others, in a process that has nothing but the file."""
    return subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.{module}", *arguments],
        stdin=reads,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        env={"PYTHONPATH": str(settings.BASE_DIR), "PYTHONIOENCODING": "utf-8"},
    )


def _of_old_kind(content: bytes) -> Refused:
    """What Excel wrote before 2007, and in which it still wraps what it encrypts."""
    if ENCRYPTED in content:
        return Refused(
            "The workbook is protected by a password. Remove it in Excel (File, Info, Protect Workbook, Encrypt with "
            "Password: empty the field) and save the file again."
        )
    return Refused("This is a workbook of an old Excel (.xls). Save it in Excel as “Excel Workbook (.xlsx)”.")


def _heard(child: Any) -> Iterator[Line]:
    for text in child.stdout:
        said = json.loads(text)
        if isinstance(said, list):
            yield Line(*said)
        elif "refused" in said:
            raise Refused(said["refused"], **said["values"])
        else:
            return
    raise Refused("The file could not be read within the limits of memory and time. Split it, or save it again.")
