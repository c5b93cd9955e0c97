"""Bodies are JSON objects: nothing that PostgreSQL cannot keep, nothing that is too large to be one."""

import json
from collections.abc import Mapping
from typing import Any, Final

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from registry.api.problems import Problem

LARGEST: Final = 1_000_000  # bytes; the longest form is a hundredth of it


class JsonParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Problem(413, f"A body has at most {LARGEST} bytes.")
        try:
            body = json.loads(content.decode("utf-8"), parse_constant=_refuse)
            text = json.dumps(body, ensure_ascii=False).encode("utf-8")  # half a surrogate pair is no text
        except (ValueError, RecursionError) as error:
            raise ParseError("The body is not readable as JSON in UTF-8.") from error
        if rb"\u0000" in text:
            raise ParseError("A text holds the character NUL, which is no text.")
        if not isinstance(body, Mapping):
            raise ParseError("The body is one JSON object.")
        return dict(body)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
