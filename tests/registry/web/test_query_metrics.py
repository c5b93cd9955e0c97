"""How the queries went: every count is the length of the list behind it."""

import datetime as dt

import pytest
from django.utils import timezone

from registry.audit.acting import acting_as
from registry.models import Query
from tests.registry.web.work import answer, ask, complete_gvhd, stored

pytestmark = pytest.mark.django_db


def of_rule(people, patient, **values):
    with acting_as(people.monitor, "a rule of the test", centre=patient.centre_id):
        given = {"form_name": "gvhd", "check_id": "C90", "message": "Is this right?", "fingerprint": "a"}
        return Query.objects.create(patient=patient, centre_id=patient.centre_id, **(given | values))


@pytest.fixture
def queries(people, patient, patient_of_brescia):
    """Of rule C90: open, confirmed, unavailable, corrected, closed by itself (Baltimore), open (Brescia)."""
    open_one = of_rule(people, patient)
    for kind in ("confirmed", "unavailable", "corrected"):
        answer(of_rule(people, patient), kind=kind, by=people.datamanager_03)
    of_rule(people, patient, state="closed", fingerprint="")
    of_rule(people, patient_of_brescia)
    ask(people, complete_gvhd(patient, by=people.datamanager_03))
    return open_one


def lines(response, name):
    return {line.title: line for line in response.context[name]}


def test_each_rule_has_its_counts_and_its_override_rate(open_as, people, queries):
    line = lines(open_as(people.monitor).get("/queries/metrics/"), "rules")["C90"]
    assert [count for count, _ in line.counts] == [6, 2, 1, 1, 1, 1]
    assert line.override_rate == "50%"  # confirmed and unavailable, of these and corrected and closed by itself


def test_every_count_is_the_length_of_its_list(open_as, people, queries):
    monitor = open_as(people.monitor)
    for address in ("/queries/metrics/", "/queries/metrics/?check=C90", "/queries/metrics/?centre=3"):
        response = monitor.get(address)
        for line in [*response.context["rules"], *response.context["centres"]]:
            for count, url in line.counts:
                assert monitor.get(url).context["page"].paginator.count == count, (address, url)


def test_a_rule_is_broken_down_by_centre(open_as, people, queries):
    found = lines(open_as(people.monitor).get("/queries/metrics/", {"check": "C90"}), "centres")
    assert {title: line.counts[0][0] for title, line in found.items()} == {"03": 5, "07": 1}


def test_the_median_is_from_the_question_to_the_first_answer(open_as, people, patient):
    for days in (1, 2, 9):
        query = of_rule(people, patient)
        with acting_as(people.monitor, "made older for the test", centre=3):
            Query.objects.filter(pk=query.pk).update(raised_at=timezone.now() - dt.timedelta(days=days))
        answer(stored(query), by=people.datamanager_03)
    line = lines(open_as(people.monitor).get("/queries/metrics/"), "rules")["C90"]
    assert line.metrics.median_days == pytest.approx(2, abs=0.01)


def test_a_centre_sees_its_own_counts_only(open_as, people, queries):
    response = open_as(people.datamanager_07).get("/queries/metrics/")
    assert [line.title for line in response.context["centres"]] == ["07"]
    assert lines(response, "rules")["C90"].counts[0][0] == 1
