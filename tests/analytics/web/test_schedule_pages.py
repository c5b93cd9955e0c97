"""Scheduling a report in the pages: what is asked, what is refused with which words, what is shown of it."""

import pytest
from django.utils import timezone

from analytics.models import ReportDefinition, Run
from analytics.scheduling.due_times import next_due
from registry.audit.acting import acting_as
from tests.analytics.published import publish_nothing
from tests.pages import log_in

pytestmark = pytest.mark.django_db

NEW = "/reports/schedules/new/"


@pytest.fixture
def client(people):
    return log_in(people.coordinator)


def filled_in(**answers):
    return {
        "name": "Monday morning",
        "kind": "full analysis",
        "centre": "",
        "data_state": "complete",
        "when": "0 6 * * 1",
        "schedule": "",
        "is_active": "on",
    } | answers


def saved(client, **answers):
    response = client.post(NEW, filled_in(**answers))
    assert response.status_code == 302, response.context["form"].errors
    return ReportDefinition.objects.get()


def address_of(definition, end=""):
    return f"/reports/schedules/{definition.public_id}/{end}"


@pytest.mark.parametrize("who", ["monitor", "statistician", "administrator", "investigator_03", "datamanager_03"])
def test_nobody_else_finds_the_schedules(people, who):
    client = log_in(getattr(people, who))
    for address in ("/reports/schedules/", NEW, "/reports/schedules/due/"):
        assert client.get(address).status_code == 404
    assert client.post(NEW, filled_in()).status_code == 404


def test_a_schedule_is_saved_and_stands_in_the_list(people, client):
    definition = saved(client, recipients=[people.monitor.pk, people.statistician.pk])
    assert (definition.schedule, definition.run_as, definition.is_active) == ("0 6 * * 1", people.coordinator, True)
    assert set(definition.recipients.all()) == {people.monitor, people.statistician}
    page = client.get("/reports/schedules/").content.decode()
    (due_at,) = next_due("0 6 * * 1", now=timezone.now())
    for text in ("Monday morning", "every Monday at 06:00", f"{timezone.localtime(due_at):%Y-%m-%d} 06:00", "monitor"):
        assert text in page


def test_own_times_are_written_as_a_cron_expression_and_shown_again(client):
    definition = saved(client, when="own", schedule="30 7 * * 1-5")
    assert definition.schedule == "30 7 * * 1-5"
    form = client.get(address_of(definition)).context["form"]
    assert (form["when"].value(), form["schedule"].value()) == ("own", "30 7 * * 1-5")


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"when": "own", "schedule": "every Monday"}, "schedule", "“every Monday” is no cron expression"),
        ({"when": "own", "schedule": ""}, "schedule", "is no cron expression"),
        ({"when": "0 6 * * 1", "schedule": "0 7 * * 1"}, "schedule", "only with the choice “at times of your own”"),
        ({"kind": "full analysis", "centre": "3"}, "__all__", "A centre report is of one centre"),
    ],
)
def test_what_is_wrong_is_said_beside_the_question(client, answers, field, words):
    response = client.post(NEW, filled_in(**answers))
    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors[field])
    assert not ReportDefinition.objects.exists()


def test_a_recipient_who_may_not_read_the_report_is_refused_by_name(people, client):
    response = client.post(NEW, filled_in(recipients=[people.investigator_03.pk]))
    words = "investigator-03 (Centre investigator) reads the report of centre 3, and no other."
    assert response.context["form"].errors["recipients"] == [words]
    assert words in response.content.decode()


def test_who_reads_no_reports_is_not_offered(people, client):
    page = client.get(NEW).content.decode()
    assert "investigator-03" in page
    assert f'value="{people.administrator.pk}"' not in page


def test_two_schedules_have_two_names(client):
    saved(client)
    response = client.post(NEW, filled_in())
    assert "already exists" in response.context["form"].errors["name"][0]


def test_the_next_three_due_times_are_shown_while_one_chooses(client):
    times = [timezone.localtime(due) for due in next_due("0 6 1 * *", now=timezone.now(), count=3)]
    part = client.get("/reports/schedules/due/", {"when": "0 6 1 * *", "schedule": "ignored"}).content.decode()
    assert all(f"{due.year}, 06:00" in part for due in times)
    assert part.count("06:00") == 3
    wrong = client.get("/reports/schedules/due/", {"when": "own", "schedule": "0 6"}).content.decode()
    assert "“0 6” is no cron expression" in wrong
    assert "cron" not in client.get("/reports/schedules/due/", {"when": "own", "schedule": ""}).content.decode()


def test_a_changed_schedule_keeps_what_was_not_changed(people, client):
    definition = saved(client, recipients=[people.monitor.pk])
    form = client.get(address_of(definition)).context["form"]
    answers = {name: form[name].value() for name in form.fields} | {"name": "Weekly"}
    assert client.post(address_of(definition), answers).status_code == 302
    changed = ReportDefinition.objects.get()
    assert (changed.name, list(changed.recipients.all())) == ("Weekly", [people.monitor])


def test_what_never_ran_is_deleted_and_what_ran_is_paused(people, client):
    definition = saved(client)
    assert "Delete" in client.get(address_of(definition)).content.decode()
    publish_nothing(people.coordinator, definition=definition)
    assert "Delete" not in client.get(address_of(definition)).content.decode()
    client.post(address_of(definition, "remove/"))
    assert not ReportDefinition.objects.get().is_active
    assert "paused" in client.get("/reports/schedules/").content.decode()


def test_a_deleted_schedule_is_gone(client):
    definition = saved(client)
    assert client.post(address_of(definition, "remove/"), follow=True).status_code == 200
    assert not ReportDefinition.objects.exists()


def test_a_report_is_made_now_as_if_it_were_due(client):
    definition = saved(client)
    assert client.post(address_of(definition, "now/")).url == "/reports/runs/"
    run = Run.objects.get()
    assert (run.definition, run.requested_by, run.state) == (definition, definition.run_as, Run.State.QUEUED)


def test_the_list_says_when_the_rights_of_an_account_no_longer_hold(people, client):
    saved(client)
    assert "another role" not in client.get("/reports/schedules/").content.decode()
    with acting_as(people.coordinator):
        ReportDefinition.objects.update(run_as_role="monitor")
    assert "has another role or centre" in client.get("/reports/schedules/").content.decode()
