"""Asking for reports on the page: every kind, one centre or each of them from one snapshot."""

import pytest

from analytics.models import Run
from tests.pages import log_in

pytestmark = pytest.mark.django_db


def ask(people, **answers):
    return log_in(people.coordinator).post("/reports/recompute/", answers)


def test_every_centre_has_a_report_of_its_own_due_at_the_same_time(people):
    ask(people, kind="centre report", centre="every", data_state="signed")
    runs = Run.objects.order_by("centre")
    assert [(run.kind, run.centre_id, run.data_state) for run in runs] == [
        ("centre report", 3, "signed"),
        ("centre report", 7, "signed"),
    ]
    assert len({run.due_at for run in runs}) == 1  # and so one snapshot


def test_one_centre_is_chosen(people):
    ask(people, kind="centre report", centre="7")
    assert [run.centre_id for run in Run.objects.all()] == [7]


def test_a_report_of_the_registry_has_no_centre_whatever_was_chosen(people):
    ask(people, kind="safety", centre="7", data_state="all")
    assert [(run.kind, run.centre_id, run.data_state) for run in Run.objects.all()] == [("safety", None, "all")]


def test_an_answer_that_is_not_in_the_lists_makes_no_report(people):
    assert ask(people, kind="horoscope").status_code == 302
    assert not Run.objects.exists()
