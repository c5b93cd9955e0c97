"""Brings both catalogues up to date with their texts, and compiles them: `python -m tests.translation`.

A new text stands there without a translation until somebody writes one; the tests ask for it.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import django
import polib

from tests.translation.sources import ROOT, Text, texts

PAGES: Final = ROOT / "locale" / "pages" / "it" / "LC_MESSAGES" / "django.po"
DICTIONARY: Final = ROOT / "locale" / "dictionary" / "it" / "LC_MESSAGES" / "django.po"


# Of a word that stands in many lists.
MOST_PLACES: Final = 5


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("REGISTRY_ENVIRONMENT", "test")
    django.setup()
    from tests.translation import declarations

    _bring_up_to_date(PAGES, texts().values())
    _bring_up_to_date(DICTIONARY, declarations.texts().values())


def _bring_up_to_date(path: Path, found: Iterable[Text]) -> None:
    catalogue = polib.pofile(str(path), wrapwidth=120)
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    catalogue[:] = [_entry(text, known.get(text.key)) for text in found]
    catalogue.save()
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    print(f"{len(catalogue)} texts, {len(catalogue.untranslated_entries())} without a translation: {_relative(path)}")


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _entry(text: Text, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.text, msgid_plural=text.plural, msgctxt=text.context or None)
    if text.plural:
        entry.msgstr_plural = {0: "", 1: ""}
    if known and bool(known.msgid_plural) == bool(text.plural):
        entry.msgstr, entry.msgstr_plural = known.msgstr, known.msgstr_plural
    entry.occurrences = [(name, "") for name in text.files[:MOST_PLACES]]
    if "%(" in text.text + text.plural:
        entry.flags = ["python-format"]
    elif "{" in text.text:
        entry.flags = ["python-brace-format"]
    return entry


if __name__ == "__main__":
    main()
