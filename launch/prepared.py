"""Whether this very code has prepared this very database: then a start need not do it again."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What preparing reads: commands, migrations, SQL, style sheets, and the versions of the packages.
SOURCES = ("analytics", "config", "launch", "registry", "static", "requirements")


def fingerprint(variables: Mapping[str, str]) -> str:
    """Of the sources, as their sizes and times of change, and of the addresses and passwords of the databases."""
    digest = sha256(repr(sorted(variables.items())).encode())
    for path in sorted(path for source in SOURCES for path in (ROOT / source).rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            status = path.stat()
            digest.update(f"{path.relative_to(ROOT)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


class Prepared:
    """The note of the last preparation that went well."""

    def __init__(self, note: Path, variables: Mapping[str, str]) -> None:
        self.note = note
        self.fingerprint = fingerprint(variables)

    def is_up_to_date(self) -> bool:
        return self.note.exists() and self.note.read_text() == self.fingerprint

    def confirm(self) -> None:
        self.note.write_text(self.fingerprint)
