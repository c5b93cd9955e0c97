"""The outcomes page and the patients behind its numbers."""

import html
import re

import pytest

from analytics.live import compute, content, watch
from analytics.models import LiveOutcomes, LiveRun
from registry.access.context import scope, system
from registry.models import Patient, User
from tests.pages import log_in

pytestmark = pytest.mark.slow

LINK = re.compile(r'<a class="count-link" href="([^"]+)">(\d+)</a>')
PATIENT = re.compile(r'<th scope="row"><a href="/patients/[0-9a-f-]{36}/">([^<]+)</a></th>')
DEATHS = "/outcomes/patients/?list=top.survival_median.events.0&n=36"


@pytest.fixture
def outcomes(cohort_registry, monkeypatch):
    """What was computed, without figures."""
    monkeypatch.setattr(content.figures, "is_drawn", lambda entry: False)
    compute.carry_out(watch.queue().pk)
    return LiveOutcomes.objects.get()


def client_of(username):
    with scope(system("login", read="all")):
        return log_in(User.objects.get(username=username))


def text_of(answer):
    return answer.content.decode()


def links(page):
    return [(html.unescape(address), int(number)) for address, number in LINK.findall(page)]


@pytest.mark.parametrize("address", ["/outcomes/", "/outcomes/?group=cycles"])
def test_every_number_of_the_page_opens_as_many_patients(outcomes, address):
    client = client_of("coordinator")
    found = links(text_of(client.get(address)))
    assert len(found) > 300
    wrong = {
        link: (number, len(set(PATIENT.findall(text_of(client.get(link))))))
        for link, number in dict.fromkeys(found)
        if link.startswith("/outcomes/patients/") and len(set(PATIENT.findall(text_of(client.get(link))))) != number
    }
    assert wrong == {}


def test_the_numbers_at_the_top_are_those_of_the_paper(outcomes):
    page = " ".join(re.sub(r"<[^>]+>", " ", text_of(client_of("monitor").get("/outcomes/"))).split())
    for words in (
        "Median overall survival 11.2 months 95% CI 7.59 to 37.1 36 deaths, 58 patients",
        "at 24 months 36.7% 95% CI 25.5 to 52.9",
        "17 of 58 patients",
        "Fatal: 9 of 17 (53%)",
        "of 58 enrolled",
    ):
        assert words in page


def test_both_times_are_always_shown(outcomes):
    page = text_of(client_of("statistician").get("/outcomes/"))
    assert "Data as of <strong>" in page
    assert "computed at <strong>" in page
    assert "data cut-off 2023-06-30" in page


def test_a_statistician_reads_the_numbers_and_opens_no_patient(outcomes):
    client = client_of("statistician")
    page = text_of(client.get("/outcomes/"))
    assert "11.2" in page
    assert links(page) == []
    listed = text_of(client.get(DEATHS))
    assert "36 patients are not shown" in listed
    assert PATIENT.findall(listed) == []


@pytest.mark.parametrize("username", ["datamanager-03", "investigator-03", "administrator"])
def test_who_reads_no_reports_of_the_whole_registry_finds_no_outcomes(outcomes, username):
    client = client_of(username)
    for address in ("/outcomes/", "/outcomes/status/", DEATHS):
        assert client.get(address).status_code == 404
    assert client.post("/outcomes/recompute/").status_code == 404
    assert "/outcomes/" not in text_of(client.get("/", follow=True))


def test_a_list_leads_to_the_pages_of_its_patients(outcomes):
    client = client_of("monitor")
    listed = PATIENT.findall(text_of(client.get(DEATHS)))
    with scope(system("test", read="all")):
        assert set(listed) == set(Patient.objects.filter(death__isnull=False).values_list("number", flat=True))
    assert listed == sorted(listed)


def test_a_number_that_has_changed_since_the_page_was_opened_says_so(outcomes):
    client = client_of("monitor")
    assert "showed 35" in text_of(client.get(DEATHS.replace("n=36", "n=35")))
    assert "showed" not in text_of(client.get(DEATHS))


@pytest.mark.parametrize("name", ["nothing", "%00", "9" * 5000])
def test_a_list_that_is_no_more_is_not_found(outcomes, name):
    assert client_of("monitor").get(f"/outcomes/patients/?list={name}").status_code == 404


def test_a_number_of_any_length_may_have_been_shown(outcomes):
    assert client_of("monitor").get(DEATHS.replace("n=36", f"n={'9' * 5000}")).status_code == 200


def test_the_curves_are_compared_by_the_chosen_groups_and_no_others(outcomes):
    client = client_of("statistician")
    chosen = text_of(client.get("/outcomes/?group=donor"))
    assert 'id="survival-by-donor"' in chosen
    assert 'id="incidence-by-donor"' in chosen
    assert "fewer than 5 events in a group" in text_of(client.get("/outcomes/?group=cycles"))
    assert 'id="overall-survival"' in text_of(client.get("/outcomes/?group=height"))


def test_the_status_says_nothing_until_something_is_new(outcomes):
    client = client_of("monitor")
    shown = re.search(r"/outcomes/status/\?shown=([\w-]+)", text_of(client.get("/outcomes/")))[1]
    assert client.get(f"/outcomes/status/?shown={shown}").status_code == 204
    LiveRun.objects.update(state=LiveRun.State.RUNNING, step="computing the plan")
    progress = client.get(f"/outcomes/status/?shown={shown}")
    assert "computing the plan" in text_of(progress)
    assert "HX-Trigger" not in progress
    assert client.get("/outcomes/status/?shown=0-0-done-")["HX-Trigger"] == "outcomes-changed"


def test_a_failed_computation_says_why_and_leaves_the_numbers(outcomes):
    LiveRun.objects.update(state=LiveRun.State.FAILED, problem="ZeroDivisionError: division by zero")
    page = text_of(client_of("coordinator").get("/outcomes/"))
    assert "The last computation failed" in page
    assert "ZeroDivisionError" in page
    assert "11.2" in page


def test_recompute_queues_one_computation(outcomes):
    client = client_of("coordinator")
    client.post("/outcomes/recompute/")
    client.post("/outcomes/recompute/")
    assert LiveRun.objects.filter(state=LiveRun.State.QUEUED).count() == 1


def test_numbers_that_could_not_be_computed_are_named(outcomes):
    LiveOutcomes.objects.update(problems=["Follow-up: could not be computed (KeyError)"])
    assert "Follow-up: could not be computed (KeyError)" in text_of(client_of("monitor").get("/outcomes/"))


def test_the_number_of_database_queries_is_small(outcomes, django_assert_max_num_queries):
    client = client_of("coordinator")
    client.get("/outcomes/")
    with django_assert_max_num_queries(20):
        client.get("/outcomes/?group=donor")


def test_a_registry_without_patients_has_outcomes_without_numbers(committed_registry):
    from tests.people import make_people

    make_people()
    client = client_of("coordinator")
    assert "computed for the first time" in text_of(client.get("/outcomes/"))
    compute.carry_out(watch.queue().pk)
    assert LiveRun.objects.get().problem == ""
    page = client.get("/outcomes/")
    assert page.status_code == 200
    assert links(text_of(page)) == []
