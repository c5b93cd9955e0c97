"""The catalogues of translations: whole, up to date, compiled, and of one mind."""

import re
from pathlib import Path

import polib
import pytest

from tests.translation import declarations
from tests.translation.sources import ROOT, in_module, in_template, texts

CATALOGUES = sorted(ROOT.glob("locale/*/it/LC_MESSAGES/django.po"), key=lambda path: path.parts[-4])
PAGES = ROOT / "locale" / "pages" / "it" / "LC_MESSAGES" / "django.po"
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-4])


def translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def key(entry):
    return entry.msgctxt or "", entry.msgid


def test_the_pages_have_a_catalogue():
    assert PAGES in CATALOGUES


def test_every_text_of_the_pages_is_in_their_catalogue_and_no_other():
    """After a change: `python -m tests.translation`."""
    assert {key(entry) for entry in polib.pofile(str(PAGES))} == set(texts())


def test_every_text_of_the_dictionary_is_in_its_catalogue_and_no_other():
    """After a change: `python -m tests.translation`."""
    dictionary = ROOT / "locale" / "dictionary" / "it" / "LC_MESSAGES" / "django.po"
    assert {key(entry) for entry in polib.pofile(str(dictionary))} == set(declarations.texts())


@each_catalogue
def test_every_text_is_translated(path):
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue if entry.fuzzy or not all(translations(entry))] == []
    assert catalogue.obsolete_entries() == []


@each_catalogue
def test_what_is_filled_in_is_the_same_in_both_languages(path):
    for entry in polib.pofile(str(path)):
        expected = set(HOLES.findall(entry.msgid + entry.msgid_plural))
        for place, translation in enumerate(translations(entry)):
            # A singular may say "one" in words.
            optional = set(HOLES.findall(entry.msgid_plural)) - set(HOLES.findall(entry.msgid)) if place == 0 else set()
            found = set(HOLES.findall(translation))
            assert expected - optional <= found <= expected, entry.msgid


@each_catalogue
def test_the_compiled_catalogue_is_that_of_the_texts(path):
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    assert {key(entry): translations(entry) for entry in compiled} == {
        key(entry): translations(entry) for entry in polib.pofile(str(path))
    }


def test_a_text_in_two_catalogues_is_translated_alike():
    found: dict[tuple[str, str], list[str]] = {}
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            assert found.setdefault(key(entry), translations(entry)) == translations(entry), entry.msgid


def test_texts_are_found_in_templates():
    source = (
        '{% load i18n %}{% translate "one" %}{% translate "two" context "c" %}{% firstof x _("three") %}'
        "{% blocktranslate count counter=n %}{{ counter }} day{% plural %}{{ counter }} days{% endblocktranslate %}"
    )
    assert [(text.context, text.text, text.plural) for text in in_template(source)] == [
        ("", "one", ""),
        ("c", "two", ""),
        ("", "three", ""),
        ("", "%(counter)s day", "%(counter)s days"),
    ]


def test_texts_are_found_in_modules():
    source = '_("one"); ngettext("%d day", "%d days", n); pgettext_lazy("c", "two"); _(variable)'
    assert [(text.context, text.text, text.plural) for text in in_module(source)] == [
        ("", "one", ""),
        ("", "%d day", "%d days"),
        ("c", "two", ""),
    ]


def test_the_catalogues_stand_where_django_looks(settings):
    assert [Path(path) for path in settings.LOCALE_PATHS] == [
        ROOT / "locale" / "pages",
        ROOT / "locale" / "dictionary",
    ]
