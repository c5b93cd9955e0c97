"""A log file that is followed for warnings while somebody else writes it."""

import re
from collections.abc import Iterator
from pathlib import Path

LARGEST = 10 * 1024 * 1024
LEVEL = re.compile(r"\blevel=(WARNING|ERROR|CRITICAL)\b")
MESSAGE = re.compile(r'\bmessage=("(?:[^"\\]|\\.)*"|\S+)')


class LogFile:
    """One process's log; the one before it is kept beside it once it has grown large."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST:
            path.replace(path.with_suffix(".old.log"))
        path.touch(mode=0o600)
        self._position = path.stat().st_size
        self._unfinished = b""
        self._last_warning = ""

    def new_warnings(self) -> Iterator[str]:
        """Level and message of each line since the last call that is a warning or worse, repetitions left out."""
        with self.path.open("rb") as file:
            file.seek(self._position)
            *lines, self._unfinished = (self._unfinished + file.read()).split(b"\n")
            self._position = file.tell()
        for line in lines:
            text = line.decode(errors="replace")
            if level := LEVEL.search(text):
                message = MESSAGE.search(text)
                warning = f"{level[1].lower()}: {message[1] if message else text}"
                if warning != self._last_warning:
                    self._last_warning = warning
                    yield warning
