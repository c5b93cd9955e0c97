"""XML written element by element: nothing of the document is held."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOBase
from typing import Any
from xml.sax.saxutils import XMLGenerator

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Xml:
    """A document that is being written. Attributes without a value are left out."""

    def __init__(self, stream: TextIOBase) -> None:
        self._out = XMLGenerator(stream, encoding="utf-8", short_empty_elements=True)  # type: ignore[arg-type]
        self._depth = 0
        self._out.startDocument()

    @contextmanager
    def inside(self, name: str, **attributes: Any) -> Iterator[None]:
        self._break()
        self._out.startElement(name, _texts(attributes))
        self._depth += 1
        yield
        self._depth -= 1
        self._break()
        self._out.endElement(name)

    def empty(self, name: str, **attributes: Any) -> None:
        self._break()
        self._out.startElement(name, _texts(attributes))
        self._out.endElement(name)

    def text(self, name: str, text: str, **attributes: Any) -> None:
        self._break()
        self._out.startElement(name, _texts(attributes))
        self._out.characters(_plain(text))
        self._out.endElement(name)

    def _break(self) -> None:
        self._out.ignorableWhitespace(f"\n{' ' * self._depth}")


def _texts(attributes: dict[str, Any]) -> Any:
    given = {name: value for name, value in attributes.items() if value not in (None, "")}
    return {name.replace("__", ":"): _plain(str(value)) for name, value in given.items()}


def _plain(text: str) -> str:
    """XML has no way to write some characters: texts that are no answers, such as reasons, may hold them."""
    return _NOT_IN_XML.sub("\ufffd", text)
