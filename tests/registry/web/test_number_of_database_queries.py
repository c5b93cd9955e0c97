"""Each page asks the database as many questions for many patients as for few."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import InoCycle
from tests.pages import new_patient, save
from tests.registry.web.work import ask, complete_gvhd

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# The most that a page may ask, with session, rights and navigation.
MOST = {
    "/patients/": 28,
    "/patients/?kind=overdue&queries=open-30&contact=400": 29,
    "/board/": 26,
    "/board/forms/?kind=due": 26,
    "/board/forms/?kind=verified": 26,
    "/states/": 28,
    "/queries/": 24,
    "/queries/?state=all&by=person": 24,
    "/queries/metrics/": 24,
    "/checks/": 23,
    "/history/": 24,
}


def test_no_page_asks_more_when_there_are_more_patients(open_as, people, registry):
    monitor = open_as(people.monitor)
    monitor.get("/")  # the first page of a session also notes the session
    few = {url: number_of_queries(monitor, url) for url in MOST}
    for _ in range(2):
        patient = new_patient(people.datamanager_07)
        save(InoCycle(patient=patient, centre_id=7, cycle_no=1, d1_date=dt.date(2020, 1, 1)), by=people.datamanager_07)
        ask(people, complete_gvhd(patient, by=people.datamanager_07))
    assert {url: number_of_queries(monitor, url) for url in MOST} == few
    assert {url: number for url, number in few.items() if number > MOST[url]} == {}


def number_of_queries(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
