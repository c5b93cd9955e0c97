"""The user guide names pictures, addresses, words and keys that there are."""

import ast
import re

import pytest
from django.conf import settings
from django.urls import resolve

from registry.models import Export
from registry.transfer.exports.levels import RULES

GUIDE = settings.BASE_DIR / "docs" / "user-guide"
PAGES = {file.name: file.read_text() for file in GUIDE.glob("*.md")}
SHELL = settings.BASE_DIR / "templates" / "components"


def found(pattern, *, flags=0):
    """Every match in the guide, with the page that it stands on."""
    return sorted({(name, match) for name, text in PAGES.items() for match in re.findall(pattern, text, flags)})


def words_of_the_pages():
    """Every text that the pages take through translation, and the names of the languages."""
    words = {str(name) for _, name in settings.LANGUAGES}
    for file in (settings.BASE_DIR / "locale").glob("*/it/LC_MESSAGES/django.po"):
        for quoted in re.findall(r'^msgid(?:_plural)? ((?:".*"\n)+)', file.read_text(), re.M):
            words.add("".join(ast.literal_eval(line) for line in quoted.splitlines()))
    return words


@pytest.mark.parametrize(("page", "picture"), found(r"!\[[^\]]+\]\(([^)]+)\)"))
def test_every_picture_is_there(page, picture):
    assert (GUIDE / picture).is_file()


@pytest.mark.parametrize(("page", "address"), found(r"`(/[^`]*)`"))
def test_every_address_leads_to_a_page(page, address):
    assert resolve(address)


@pytest.mark.parametrize(("page", "link"), found(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", flags=re.S))
def test_every_link_leads_to_a_page(page, link):
    assert (GUIDE / link).is_file()


def test_every_word_in_bold_stands_on_the_pages():
    words = words_of_the_pages()
    assert [(page, bold) for page, bold in found(r"\*\*([^*]+)\*\*") if " ".join(bold.split()) not in words] == []


def test_the_table_of_keys_is_that_of_the_form_page():
    dialog = (SHELL / "form_dialogs.html").read_text()
    rows = re.findall(r'<tr><th scope="row">(.+?)</th><td>{% translate "(.+?)" %}</td></tr>', dialog)
    of_page = [(re.sub("<[^>]+>", "", keys), does) for keys, does in rows]
    table = PAGES["data-manager.md"].partition("| key | does |\n|---|---|\n")[2]
    of_guide = [
        tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table.split("\n\n")[0].splitlines()
    ]
    assert of_guide == of_page


def test_the_first_page_of_the_project_leads_to_the_guide():
    assert "docs/user-guide/README.md" in (settings.BASE_DIR / "README.md").read_text()
    assert set(PAGES) - {"README.md"} == {link for page, link in found(r"\(([a-z-]+\.md)\)") if page == "README.md"}


def test_the_pictures_are_small_enough_to_be_kept_with_the_code():
    assert sum(file.stat().st_size for file in (GUIDE.parent / "screenshots").glob("*.png")) < 6_000_000


def test_the_table_of_export_levels_is_that_of_the_rules():
    levels = [level.label for level in Export.Level]
    rows = [f"| | {' | '.join(map(str, levels))} |", "|---|---|---|---|---|"]
    for rule in RULES:
        treatments = (rule.at(level).value for level in Export.Level)
        rows.append(f"| {rule.what} | {' | '.join(map(str, treatments))} |")
    assert "\n".join(rows) in PAGES["exports.md"]
