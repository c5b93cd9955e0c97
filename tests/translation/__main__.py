"""Brings the catalogue of the pages up to date with their texts, and compiles it: `python -m tests.translation`.

A new text stands there without a translation until somebody writes one; the tests ask for it.
"""

from pathlib import Path
from typing import Final

import polib

from tests.translation.sources import ROOT, Text, texts

PAGES: Final = ROOT / "locale" / "pages" / "it" / "LC_MESSAGES" / "django.po"


def main() -> None:
    catalogue = polib.pofile(str(PAGES), wrapwidth=120)
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    catalogue[:] = [_entry(text, known.get(text.key)) for text in texts().values()]
    catalogue.save()
    catalogue.save_as_mofile(str(PAGES.with_suffix(".mo")))
    print(f"{len(catalogue)} texts, {len(catalogue.untranslated_entries())} without a translation: {_relative(PAGES)}")


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _entry(text: Text, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.text, msgid_plural=text.plural, msgctxt=text.context or None)
    if text.plural:
        entry.msgstr_plural = {0: "", 1: ""}
    if known and bool(known.msgid_plural) == bool(text.plural):
        entry.msgstr, entry.msgstr_plural = known.msgstr, known.msgstr_plural
    entry.occurrences = [(name, "") for name in text.files]
    if "%(" in text.text + text.plural:
        entry.flags = ["python-format"]
    return entry


if __name__ == "__main__":
    main()
