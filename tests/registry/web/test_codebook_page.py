"""The codebook: for whoever is logged in, searchable by a plain address, each item with an address of its own."""

import csv
from io import StringIO

import pytest

from registry.crf import codebook
from registry.derivations.catalogue import GROUPS
from registry.transfer.cells import plain_cell

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(open_as, people):
    return open_as(people.datamanager_03)


def numbers(response):
    return [entry.number for section in response.context["sections"] for entry in section.entries]


@pytest.mark.parametrize("who", ["datamanager_03", "investigator_03", "monitor", "coordinator", "statistician"])
def test_every_role_reads_the_whole_codebook(open_as, people, who):
    response = open_as(getattr(people, who)).get("/codebook/")
    assert numbers(response) == [row["item"] for row in codebook.rows()]


def test_the_page_names_the_version_of_the_dictionary(client):
    assert f"Dictionary version {codebook.version()}" in client.get("/codebook/").content.decode()


def test_each_item_and_each_form_has_an_address(client):
    page = client.get("/codebook/").content.decode()
    for row in codebook.rows():
        assert f'id="{row["item"]}"' in page
        assert f'href="#{row["item"]}"' in page
        assert f'id="{row["form"]}"' in page


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ino-03", "INO-03"),
        ("d1_dose", "INO-03"),
        ("HEMOGLOBIN", "BAS-08"),
        ("asciminib", "PRI-07"),
        ("mmHg", "SOS-15"),
    ],
)
def test_items_are_found_by_number_name_label_code_and_unit(client, text, first):
    found = numbers(client.get("/codebook/", {"text": text}))
    assert found[0] == first
    assert len(found) < 10


def test_a_search_shows_one_form_only_and_says_how_many_of_all(client):
    response = client.get("/codebook/", {"form": "baseline", "text": "unit of"})
    assert numbers(response) == ["BAS-05", "BAS-07", "BAS-09", "BAS-11"]
    assert f"4 of {len(codebook.rows())} items shown" in response.content.decode()


def test_derived_variables_are_listed_with_their_rule_and_the_items_they_rest_on(client):
    response = client.get("/codebook/")
    listed = [entry.variable for entry in response.context["derived"]]
    assert listed == [variable for group in GROUPS for variable in group.variables]
    page = response.content.decode()
    assert "Date of HCT minus the earliest day 1 of INO." in page
    assert page.count('id="D24"') == 1
    entry = next(each for each in response.context["derived"] if each.variable.number == "D24")
    assert [number for _item, number in entry.items] == ["INO-02", "HCT-01"]


def test_a_derived_variable_is_found_by_its_number_and_by_its_items(client):
    found = client.get("/codebook/", {"text": "tbi_fractions"}).context["derived"]
    assert [entry.variable.number for entry in found] == ["D26"]
    assert client.get("/codebook/", {"text": "dose", "form": "ino_cycle"}).context["derived"] == []


def test_a_search_without_a_result_says_so(client):
    assert b"No item names this." in client.get("/codebook/", {"text": "<script>"}).content


def test_what_is_not_understood_filters_nothing(client):
    assert len(numbers(client.get("/codebook/", {"form": "nothing"}))) == len(codebook.rows())


def test_the_csv_is_the_whole_codebook_and_names_its_version(client):
    response = client.get("/codebook/codebook.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f"codebook-{codebook.version()}.csv" in response["Content-Disposition"]
    rows = csv.DictReader(StringIO(response.content.decode("utf-8-sig")))
    assert [{name: plain_cell(cell) for name, cell in row.items()} for row in rows] == codebook.rows()


@pytest.mark.parametrize("file", ["codebook.pdf", "blank_crf.pdf"])
def test_codebook_and_blank_form_come_as_pdf(client, file):
    response = client.get(f"/codebook/{file}")
    assert response.content.startswith(b"%PDF-")
    assert (response["Content-Type"], "attachment" in response["Content-Disposition"]) == ("application/pdf", True)


def test_the_blank_form_is_a_page_with_every_question_and_leads_to_the_sheets_to_print(client):
    page = client.get("/codebook/blank_crf/").content.decode()
    for row in codebook.rows():
        assert row["form"] == "centre" or row["item"] in page
    assert "☐ de novo B-ALL" in page
    assert 'href="/codebook/blank_crf.pdf"' in page
