"""One event, one line: time, level, logger, message, and what the caller added."""

import logging
from datetime import UTC, datetime

STANDARD_ATTRIBUTES = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
NOT_FOR_THE_LOG = frozenset({"request", "server_time", "data", "color_message"})


class KeyValueFormatter(logging.Formatter):
    """`time=... level=WARNING logger=registry message="..." user=...`; a line break in a value cannot end the line."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields |= {
            name: value
            for name, value in vars(record).items()
            if name not in STANDARD_ATTRIBUTES | NOT_FOR_THE_LOG and not name.startswith("_")
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return " ".join(f"{name}={quoted(value)}" for name, value in fields.items())


def quoted(value: object) -> str:
    text = str(value)
    if text.isprintable() and text and not set(text) & set(' "=\\'):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    # Line breaks and what steers a terminal, written as \\n, \\x1b and so on.
    visible = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in escaped)
    return f'"{visible}"'
