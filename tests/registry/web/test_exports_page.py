"""The page of exports: what may be chosen, the rows before anything is made, the file and its log."""

import pytest

from registry.access.context import scope, system
from registry.actions import exports
from registry.models import Export
from registry.transfer.exports.levels import RULES
from registry.web.exports import page as page_of_exports
from tests.pages import log_in, new_patient

pytestmark = pytest.mark.django_db
CHOSEN = {"format": "csv", "level": "full", "data_state": "all", "forms": ["patient", "hct"]}


@pytest.fixture(autouse=True)
def nobody_is_woken(monkeypatch):
    monkeypatch.setattr(exports, "wake_worker", lambda key: None)


def text(response):
    return " ".join(response.content.decode().split())


def test_the_rows_stand_there_before_anything_is_made(people):
    new_patient(people.datamanager_03)
    new_patient(people.datamanager_07)
    page = text(log_in(people.coordinator).get("/exports/"))
    assert '<th scope="row">Patient</th><td>2</td><td>1</td><td>1</td>' in page
    assert all(str(rule.what) in page for rule in RULES)
    with scope(system("test", read="all")):
        assert not Export.objects.exists()


def test_the_rows_follow_the_choice(people):
    new_patient(people.datamanager_03)
    new_patient(people.datamanager_07)
    client = log_in(people.monitor)
    part = text(client.get("/exports/counts/", CHOSEN | {"centres": ["7"]}))
    assert '<th scope="row">Patient</th><td>1</td><td>1</td>' in part and "Baseline" not in part
    assert "Choose at least one form" in text(client.get("/exports/counts/", {"level": "full"}))


def test_a_centre_counts_and_exports_its_own(people):
    new_patient(people.datamanager_03)
    new_patient(people.datamanager_07)
    client = log_in(people.datamanager_03)
    page = text(client.get("/exports/"))
    assert '<th scope="row">Patient</th><td>1</td></tr>' in page
    assert '<th scope="row">Centre</th><td>1</td></tr>' in page
    assert 'name="centres"' not in page


def test_a_statistician_is_offered_what_tells_nobody_and_no_small_number(people):
    new_patient(people.datamanager_03)
    page = text(log_in(people.statistician).get("/exports/"))
    assert 'value="deidentified"' in page and 'value="full"' not in page and 'name="centres"' not in page
    assert '<th scope="row">Patient</th><td>fewer than 5</td>' in page


def test_an_administrator_has_no_exports(people):
    client = log_in(people.administrator)
    assert client.get("/exports/").status_code == 404
    assert client.get("/exports/counts/").status_code == 404
    assert "/exports/" not in client.get("/users/").content.decode()


def test_starting_leads_to_the_page_that_shows_the_progress(people):
    client = log_in(people.coordinator)
    response = client.post("/exports/", CHOSEN | {"centres": ["3"]})
    with scope(system("test", read="all")):
        made = Export.objects.get()
    assert response.url == f"/exports/{made.public_id}/"
    assert (made.forms, made.centres, made.requested_by) == (["patient", "hct"], [3], people.coordinator)
    page = text(client.get(response.url))
    assert 'hx-trigger="every 2s"' in page and "waiting for a worker" in page


def test_what_cannot_be_made_is_refused_with_the_reason(people):
    client = log_in(people.coordinator)
    response = client.post("/exports/", CHOSEN | {"centres": ["3"], "format": "spss", "level": "aggregate"})
    assert response.status_code == 422
    assert "Counts are exported as CSV or as an Excel workbook" in text(response)


@pytest.mark.parametrize("change", [{"format": "pdf"}, {"format": ""}, {"level": "everything"}, {"centres": ["99"]}])
def test_a_choice_that_there_is_not_is_refused_and_counts_nothing(people, change):
    client = log_in(people.coordinator)
    assert "Choose at least one form" in text(client.get("/exports/counts/", CHOSEN | {"centres": ["3"]} | change))
    assert client.post("/exports/", CHOSEN | {"centres": ["3"]} | change).status_code == 422


def test_what_was_exported_long_ago_stands_on_a_further_page(people, monkeypatch):
    monkeypatch.setattr(page_of_exports, "EXPORTS_PER_PAGE", 1)
    client = log_in(people.coordinator)
    for level in ("limited", "full"):
        client.post("/exports/", CHOSEN | {"centres": ["3"], "level": level})
    shown = [text(client.get("/exports/", {"page": page})) for page in "12"]
    assert ["CSV with R script, limited" in page for page in shown] == [False, True]


def test_a_level_beyond_ones_rights_cannot_be_asked_for(people):
    response = log_in(people.statistician).post("/exports/", CHOSEN)
    assert response.status_code == 422
    with scope(system("test", read="all")):
        assert not Export.objects.exists()
