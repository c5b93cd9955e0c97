"""The story of a scheduled report: the investigator asks for one every minute, it arrives, the mail holds no data."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from analytics import delivery, publish
from analytics.models import Report, Run
from analytics.scheduling.queueing import queue_all_due
from tests import databases
from tests.browser.conftest import DATABASE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "Every minute"


def test_a_report_is_scheduled_arrives_and_its_mail_holds_no_data(open_as, django_db_blocker, picture):
    coordinator, monitor = open_as("coordinator"), open_as("monitor")
    schedule(coordinator, picture)
    with django_db_blocker.unblock(), databases.connected_to(DATABASE):
        link = what_beat_and_worker_do_in_a_minute()
    monitor.goto(re.sub("^http://[^/]+", "", link))
    monitor.get_by_role("heading", name="SOS/VOD").first.wait_for()
    coordinator.goto("/reports/runs/")
    assert coordinator.get_by_role("row", name=re.compile(f"{NAME}.*done")).count() == 1
    coordinator.get_by_role("row", name=re.compile(NAME)).get_by_role("link", name="Open").click()
    coordinator.get_by_role("row", name=re.compile("monitor.*20[0-9-]+ [0-9:]+ 1")).scroll_into_view_if_needed()
    pause(coordinator)


def schedule(page, picture):
    page.goto("/reports/")
    page.get_by_role("link", name="Scheduled reports").click()
    page.get_by_role("link", name="New schedule").click()
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Kind of report").select_option("safety")
    page.get_by_label("at times of your own").check()
    page.get_by_label("Own times, as a cron expression").fill("* * * *")
    page.get_by_text("“* * * *” is no cron expression").wait_for()
    page.get_by_label("Own times, as a cron expression").fill("* * * * *")
    page.get_by_text("Next due, in the time of the registry:").wait_for()
    page.get_by_label("monitor", exact=True).check()
    page.get_by_label("investigator-03", exact=True).check()
    picture(page, "story-schedule")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("investigator-03 (Centre investigator) reads the report of centre 3, and no other.").wait_for()
    page.get_by_label("investigator-03", exact=True).uncheck()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("1 schedule was saved.").wait_for()


def what_beat_and_worker_do_in_a_minute():
    """The site has neither; what they do for real is in tests/faults. Returns the link of the one mail."""
    mail.outbox.clear()
    queue_all_due(now=timezone.now() + dt.timedelta(minutes=1))
    (run,) = Run.objects.filter(definition__name=NAME)
    publish.carry_out(run.pk)
    report = Report.objects.get(run=run)
    delivery.deliver_due(now=timezone.now())
    (sent,) = [each for each in mail.outbox if each.to == ["monitor@demonstration.example"]]
    assert sent.subject.startswith("INO registry: Safety: SOS/VOD, data as of ")
    link = re.search(r"http\S+", sent.body)[0]
    assert re.findall(r"\d+", sent.body.replace(link, "")) == re.findall(r"\d+", f"{taken(report):%Y-%m-%d %H:%M}")
    return link


def taken(report):
    return timezone.localtime(report.snapshot.taken_at)


def pause(page):
    """So that no other test meets a schedule that is overdue."""
    page.goto("/reports/schedules/")
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_text(f"{NAME} is paused: its reports are kept.").wait_for()
