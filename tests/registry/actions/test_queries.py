"""Queries: two sides, and rules that neither forget nor nag."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.queries import (
    QueryStateRefused,
    TextNeeded,
    answer_query,
    close_query,
    raise_queries,
    raise_query,
    reopen_query,
)
from registry.actions.rule_queries import check_all_patients
from registry.actions.save_record import save_record
from registry.checks import engine
from registry.checks.finding import Severity, place, violated
from registry.checks.rules import rules_of
from registry.models import AuditEntry, Baseline, Query, QueryMessage
from tests.registry.actions.conftest import full_baseline

pytestmark = pytest.mark.django_db
CHECK = "T01"


@pytest.fixture(autouse=True)
def one_soft_rule(monkeypatch):
    """Only one rule, made for these tests: ECOG 3 or 4 is to be confirmed."""

    def ecog(records) -> Iterator:
        record = records.one("baseline")
        if record is not None and record.ecog in ("3", "4"):
            yield violated(place(record, "ecog"), ecog=record.ecog)

    rule = engine.Check(CHECK, Severity.SOFT, "ECOG {ecog} is unusual. Confirm.", ("baseline.ecog",), ecog)
    monkeypatch.setattr(engine, "CHECKS", {CHECK: rule})


@pytest.fixture
def record(anna, patient):
    return save_record(full_baseline(patient, ecog="3"), by=anna, complete=True).record


def correct(record, by, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return save_record(record, by=by, expected_version=record.version, reason="read the source again")


def the_query():
    return Query.objects.get(check_id=CHECK)


def test_a_finding_of_a_completed_record_raises_one_query(record):
    query = the_query()
    assert (query.state, query.message, query.field_name) == ("open", "ECOG 3 is unusual. Confirm.", "ecog")
    assert query.raised_by is None


def test_a_draft_raises_no_query(anna, patient):
    save_record(full_baseline(patient, ecog="3"), by=anna)
    assert not Query.objects.exists()


def test_a_query_closes_itself_when_its_finding_is_gone(anna, record):
    correct(record, anna, ecog="2")
    query = the_query()
    assert (query.state, query.messages.last().text) == ("closed", "The finding is gone: closed by the rule.")
    assert AuditEntry.objects.filter(table="registry_query", operation="U").exists()


def test_it_opens_again_when_the_finding_returns(anna, record):
    correct(record, anna, ecog="2")
    correct(record, anna, ecog="4")
    assert (the_query().state, the_query().message) == ("reopened", "ECOG 4 is unusual. Confirm.")


@pytest.mark.parametrize("answer", ["unavailable", "confirmed"])
def test_once_settled_it_never_returns_for_the_same_value(people, anna, record, answer):
    answer_query(query=the_query(), answer=answer, text="as in the discharge letter", by=anna)
    with scope(claims_of(people.monitor)):
        close_query(query=the_query(), by=people.monitor)
    correct(record, anna, ecog="2")
    correct(record, anna, ecog="3")
    assert the_query().state == "closed"
    correct(record, anna, ecog="4")
    assert the_query().state == "reopened"


def test_another_change_of_the_record_leaves_the_answer_alone(anna, record):
    answer_query(query=the_query(), answer="confirmed", text="seen by the physician", by=anna)
    correct(record, anna, cns_rr="1", cns_rr_therapy=["rt"])
    assert the_query().state == "answered"


def test_a_monitor_asks_the_centre_answers_the_monitor_closes(people, anna, record):
    with scope(claims_of(people.monitor)):
        query = raise_query(record=record, field="lab_date", message="The day of the sample?", by=people.monitor)
    answer_query(query=query, answer="corrected", text="", by=anna)
    with scope(claims_of(people.monitor)):
        reopen_query(query=query, text="The date is still the same.", by=people.monitor)
        close_query(query=query, by=people.monitor)
    steps = QueryMessage.objects.filter(query=query).values_list("state", "by__username")
    assert list(steps) == [
        ("open", "monitor"),
        ("answered", "datamanager-03"),
        ("reopened", "monitor"),
        ("closed", "monitor"),
    ]


def test_the_same_question_goes_to_many_records_at_once(people, anna, record, patient):
    with scope(claims_of(people.monitor)):
        queries = raise_queries(records=[record, patient], message="Please send the report.", by=people.monitor)
    assert [query.form_name for query in queries] == ["baseline", "patient"]


def test_an_answer_that_keeps_the_value_says_why(anna, record):
    with pytest.raises(TextNeeded):
        answer_query(query=the_query(), answer="confirmed", text="ok", by=anna)


def test_a_query_that_moved_meanwhile_is_not_moved_again(anna, record):
    mine, theirs = the_query(), the_query()
    answer_query(query=theirs, answer="confirmed", text="as in the letter", by=anna)
    with pytest.raises(QueryStateRefused, match="answered meanwhile"):
        answer_query(query=mine, answer="unavailable", text="no letter found", by=anna)


def test_each_role_does_its_own_part(people, anna, record):
    for user in (people.monitor, people.coordinator, people.statistician, people.datamanager_07):
        with pytest.raises(PermissionDenied):
            answer_query(query=the_query(), answer="confirmed", text="as it stands", by=user)
    for user in (anna, people.investigator_03, people.statistician, people.administrator):
        with pytest.raises(PermissionDenied):
            raise_query(record=record, message="a question", by=user)


def test_what_decides_the_outcome_stands_first(people, record, patient):
    with scope(claims_of(people.monitor)):
        raise_query(record=record, field="hb", message="Is haemoglobin known?", by=people.monitor)
        raise_query(record=patient, field="sex", message="Is the sex right?", by=people.monitor)
        assert [query.field_name for query in Query.objects.all()] == ["sex", "ecog", "hb"]


def test_the_nightly_run_finds_what_was_entered_before_the_rule(people, anna, patient, monkeypatch):
    rules = engine.CHECKS
    monkeypatch.setattr(engine, "CHECKS", {})
    save_record(full_baseline(patient, ecog="4"), by=anna, complete=True)
    assert not Query.objects.exists()
    monkeypatch.setattr(engine, "CHECKS", rules)
    assert check_all_patients() == 1
    assert the_query().state == "open"
    assert AuditEntry.objects.filter(table="registry_query", user_name="system:scheduler").exists()


def test_a_new_version_of_a_rule_asks_again_about_what_was_settled(people, anna, record, monkeypatch):
    answer_query(query=the_query(), answer="confirmed", text="as in the letter", by=anna)
    monkeypatch.setitem(engine.CHECKS, CHECK, replace(engine.CHECKS[CHECK], version=2))
    check_all_patients()
    assert (the_query().state, the_query().check_version) == ("reopened", 2)


def test_a_finding_of_a_rule_within_a_record_has_its_version(patient, monkeypatch):
    rule = rules_of(Baseline)[0]
    monkeypatch.setattr(rule, "version", 3)
    assert rule.finding(full_baseline(patient, emd="0", emd_sites=["skin"])).version == 3
