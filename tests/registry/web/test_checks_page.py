"""The catalogue of checks: for everybody; how often each was hit, for those who see patients."""

from dataclasses import replace

import pytest
from django.utils import timezone

from registry.actions.daily_work import do_what_is_due
from registry.audit.acting import acting_as
from registry.checks import engine
from registry.models import Query
from tests.registry.web.work import answer, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hits(people, patient, patient_of_brescia):
    """Check C90 in two centres, once confirmed."""
    for centre, about, by in ((3, patient, people.datamanager_03), (7, patient_of_brescia, people.datamanager_07)):
        with acting_as(people.monitor, "a rule of the test", centre=centre):
            given = {"form_name": "gvhd", "check_id": "C90", "message": "Is this right?", "fingerprint": "a"}
            query = Query.objects.create(patient=about, centre_id=centre, **given)
        if centre == 3:
            answer(query, by=by)


def line(response, check="C90"):
    return next(line for line in response.context["lines"] if line.entry.check_id == check)


def test_all_hundred_checks_stand_there_with_text_severity_version_and_items(open_as, people):
    response = open_as(people.datamanager_03).get("/checks/")
    assert len(response.context["lines"]) == 100
    first = line(response, "C22")
    assert (str(first.severity), first.entry.version) == ("hard", 1)
    assert "Cytogenetics: ISCN" in first.items[-1] or any("ISCN" in item for item in first.items)
    assert "Enter the ISCN string" in text_of(response)


def test_hits_are_counted_by_centre_with_their_lists(open_as, people, hits):
    monitor = open_as(people.monitor)
    found = line(monitor.get("/checks/"))
    assert (found.metrics.hits, found.override_rate) == (2, "100%")
    assert [(centre, count) for centre, count, _ in found.centres] == [("03", 1), ("07", 1)]
    for count, url in [(2, found.url), *((count, url) for _, count, url in found.centres)]:
        assert monitor.get(url).context["page"].paginator.count == count


def test_a_check_whose_version_rose_lists_the_records_that_it_hits_since(open_as, people, hits, monkeypatch):
    monkeypatch.setitem(engine.CHECKS, "C90", replace(engine.CHECKS["C90"], version=2))
    with acting_as(people.monitor, "the nightly run of the test", centre=7):
        Query.objects.filter(centre_id=7).update(check_version=2)
    monitor = open_as(people.monitor)
    found = line(monitor.get("/checks/"))
    assert (found.entry.version, found.metrics.hits, found.of_this_version) == (2, 2, 1)
    listed = monitor.get(found.url_of_this_version)
    assert [str(row.query.patient) for row in listed.context["rows"]] == ["07-001"]
    assert "C90, version 2" in text_of(listed)


def test_the_page_says_when_all_patients_were_last_asked(open_as, people):
    client = open_as(people.datamanager_03)
    assert "not yet of all patients" in text_of(client.get("/checks/"))
    do_what_is_due(now=timezone.now().replace(hour=3))
    assert "Last asked of all patients on" in text_of(client.get("/checks/"))


def test_a_centre_sees_its_own_hits(open_as, people, hits):
    assert [centre for centre, _, _ in line(open_as(people.datamanager_07).get("/checks/")).centres] == ["07"]


@pytest.mark.parametrize("who", ["statistician", "administrator"])
def test_who_sees_no_patients_sees_the_checks_without_hits(open_as, people, hits, who):
    response = open_as(getattr(people, who)).get("/checks/")
    assert len(response.context["lines"]) == 100
    assert "Override rate" not in text_of(response)


@pytest.mark.parametrize(
    ("chosen", "some", "none"),
    [
        ({"severity": "soft"}, "C20", "C22"),
        ({"severity": "hard"}, "C22", "C20"),
        ({"form": "cytogenetics"}, "C22", "C20"),
        ({"hits": "1"}, "C90", "C22"),
    ],
)
def test_the_filter_finds_its_own(open_as, people, hits, chosen, some, none):
    found = [each.entry.check_id for each in open_as(people.monitor).get("/checks/", chosen).context["lines"]]
    assert some in found
    assert none not in found
