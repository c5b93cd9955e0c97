"""Which code made a file: a hash over its sources."""

import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def digest_of(*folders: str) -> str:
    """sha256 over the Python files of these folders of the project, names included."""
    digest = hashlib.sha256()
    for path in sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
