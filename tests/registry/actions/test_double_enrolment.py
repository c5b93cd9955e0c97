"""One person in two centres: asked of the coordinating centre; neither centre learns of the other's patient."""

import datetime as dt

import pytest
from django.core import mail
from django.db import connection

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.digest import send_digests
from registry.actions.queries import close_query
from registry.actions.rule_queries import check_all_patients
from registry.audit.acting import acting_as
from registry.checks import engine
from registry.models import AuditEntry, CrfForm, Patient, Query, QueryMessage, Transplant, User
from tests.pages import log_in

pytestmark = pytest.mark.django_db
DAY_0 = dt.date(2019, 7, 25)
COMPLETE = CrfForm.State.COMPLETE


@pytest.fixture(autouse=True)
def one_rule(monkeypatch):
    monkeypatch.setattr(engine, "CHECKS", {"C06": engine.CHECKS["C06"]})


@pytest.fixture
def alike(people):
    """Two women of the same year of birth in Baltimore and one in Brescia, transplanted on one day."""
    for user, number in (
        (people.datamanager_03, "03-001"),
        (people.datamanager_03, "03-002"),
        (people.datamanager_07, "07-001"),
    ):
        with acting_as(user, "made for the test", centre=user.centre_id):
            where = {"centre_id": user.centre_id, "state": COMPLETE}
            patient = Patient.objects.create(number=number, sex="F", birth_year=1976, **where)
            Transplant.objects.create(patient=patient, hct_date=DAY_0, **where)
    check_all_patients()


def pairs(user):
    """The double enrolments that this person finds: whose, compared with whom."""
    with scope(claims_of(user)):
        found = Query.objects.filter(check_id="C06").order_by("patient__number", "other_patient__number")
        return list(found.values_list("patient__number", "other_patient__number"))


def across_centres():
    return Query.objects.filter(is_across_centres=True).order_by("other_patient__number")


def test_the_coordinating_centre_is_asked_once_a_pair_and_each_centre_about_its_own(people, alike):
    own = [("03-001", "03-002"), ("03-002", "03-001")]
    assert pairs(people.monitor) == [*own, ("07-001", "03-001"), ("07-001", "03-002")]
    assert pairs(people.datamanager_03) == own
    assert pairs(people.datamanager_07) == []


@pytest.mark.parametrize("who", ["datamanager_03", "datamanager_07", "investigator_03", "statistician"])
def test_the_database_alone_hides_query_conversation_and_history(people, alike, who):
    with scope(claims_of(getattr(people, who))), connection.cursor() as cursor:
        for statement in (
            "select count(*) from registry_query where is_across_centres",
            "select count(*) from registry_querymessage where is_across_centres",
            "select count(*) from audit.log where audience = 'coordination'",
        ):
            cursor.execute(statement)
            assert cursor.fetchone() == (0,)


def test_who_reads_all_centres_reads_its_history(people, alike):
    with scope(claims_of(people.monitor)):
        assert QueryMessage.objects.filter(is_across_centres=True).count() == 2
        assert AuditEntry.objects.filter(table="registry_query", new__is_across_centres=True).count() == 2


def test_the_queryset_alone_hides_it(people, alike):
    with scope(claims_of(people.monitor)):  # the database shows everything here
        assert not across_centres().visible_to(people.datamanager_07).exists()


def test_the_monitor_reads_both_patients_on_its_page_and_the_centre_finds_no_page(people, alike):
    with scope(claims_of(people.monitor)):
        query = across_centres().first()
    page = log_in(people.monitor).get(f"/queries/{query.public_id}/").content.decode()
    assert "07-001" in page
    assert "03-001" in page
    assert "Addressed to the coordinating centre" in page
    assert log_in(people.datamanager_07).get(f"/queries/{query.public_id}/").status_code == 404


def test_the_monitor_finds_what_is_addressed_to_the_coordinating_centre(people, alike):
    response = log_in(people.monitor).get("/queries/", {"state": "coordination"})
    assert [str(row.query.patient) for row in response.context["rows"]] == ["07-001", "07-001"]


def test_once_closed_it_does_not_come_back(people, alike):
    with scope(claims_of(people.monitor)):
        close_query(query=across_centres()[0], text="two persons, says the code list", by=people.monitor)
    check_all_patients()
    with scope(claims_of(people.monitor)):
        assert [query.state for query in across_centres()] == ["closed", "open"]


def test_it_closes_itself_when_the_dates_differ(people, alike):
    with acting_as(people.datamanager_07, "wrong day", centre=7):
        Transplant.objects.filter(patient__number="07-001").update(hct_date=dt.date(2019, 7, 26))
    check_all_patients()
    with scope(claims_of(people.monitor)):
        assert {query.state for query in across_centres()} == {"closed"}


def test_the_morning_mail_to_a_centre_does_not_count_it(people, alike):
    with acting_as(people.datamanager_07):
        User.objects.filter(pk=people.datamanager_07.pk).update(wants_digest=True, email="b@hospital.example")
    send_digests()
    assert mail.outbox == []
