"""A language in which every translation stands in brackets, and what of a page stands outside of them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

from django.utils.translation.trans_real import DjangoTranslation

OPEN, CLOSE = "⟦", "⟧"
# Words of these are not the registry's: names of fields and keys, what a person typed, drawings, programs.
NOT_READ: Final = {"code", "kbd", "textarea", "script", "style", "svg"}
WITHOUT_END: Final = {"br", "hr", "img", "input", "link", "meta", "use"}
_BETWEEN: Final = "\x1f"
READ_ATTRIBUTES: Final = ("title", "aria-label", "placeholder", "alt")


class Bracketed(DjangoTranslation):
    """Italian in brackets. What the catalogues do not know stays bare."""

    def gettext(self, message: str) -> str:
        found = super().gettext(message)
        return f"{OPEN}{found}{CLOSE}" if self._knows(message) else found

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        found = super().ngettext(msgid1, msgid2, n)
        return f"{OPEN}{found}{CLOSE}" if self._knows(msgid1) else found

    def pgettext(self, context: str, message: str) -> str:
        found = super().pgettext(context, message)
        return f"{OPEN}{found}{CLOSE}" if self._knows(self.CONTEXT % (context, message)) else found

    def _knows(self, message: str) -> bool:
        catalogue: Any = self._catalog  # type: ignore[attr-defined]
        return any(catalogue.get(key) is not None for key in (message, (message, 0), (message, 1)))


class _Reader(HTMLParser):
    """The texts that somebody reads or hears; not those of a part that names its language."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_other = self._is_in_other() or tag in NOT_READ or ("lang" in given and tag != "html")
        if tag not in WITHOUT_END:
            self._open.append((tag, is_other))
        if not is_other:
            self.texts += [text for name in READ_ATTRIBUTES if (text := given.get(name))]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_in_other():
            self.texts.append(data)

    def _is_in_other(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def bare_texts(html: str) -> Iterator[str]:
    """What is left of each text of a page without the brackets, which may open in one text and close in another."""
    reader = _Reader()
    reader.feed(html)
    for text in outside(_BETWEEN.join(reader.texts)).split(_BETWEEN):
        if bare := " ".join(text.split()):
            yield bare


def outside(text: str) -> str:
    """Brackets may stand in brackets: `⟦History of ⟦Sex⟧⟧`."""
    while (shorter := re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text)) != text:
        text = shorter
    return text
