"""From a request to a published report, and what happens when workers die, meet or lose their run."""

import datetime as dt
import json
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError, ProgrammingError, connections
from django.utils import timezone, translation

from analytics import actions, publish
from analytics.models import Report, ReportDefinition, Run
from analytics.reports.content import Content
from analytics.reports.document import Report as Document
from analytics.scheduling.definitions import save_definition
from analytics.snapshots import SnapshotAltered, read_parts
from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions import leases
from registry.actions.save_record import save_record
from registry.actions.take_snapshot import take_snapshot
from registry.audit.acting import acting_as
from registry.models import Baseline, Snapshot, SnapshotForm, Transplant, User

pytestmark = pytest.mark.slow

NOTHING = Content({"entries": []}, Document("", (), ()), ())


@pytest.fixture
def coordinator(cohort_registry):
    return User.objects.get(username="coordinator")


def results(report):
    return json.loads(bytes(report.files.get(name="results.json").content))


def test_a_requested_run_ends_in_one_report_with_every_published_figure(coordinator):
    run = actions.request_run(by=coordinator)
    publish.carry_out(run.pk)
    publish.carry_out(run.pk)
    report = Report.objects.get()
    assert (report.run, Run.objects.get().state, Run.objects.get().attempt) == (run, Run.State.DONE, 1)
    assert results(report)["dataset"]["n"] == 58
    assert len(results(report)["published"]) == 72
    assert report.sha256 == sha256(bytes(report.files.get(name="results.json").content)).hexdigest()
    assert {file.name for file in report.files.all()} == {
        *("report.pdf", "report.docx", "report.xlsx", "report.html"),
        *("recompute-in-R.zip", "results.json"),
    }
    assert dict(report.provenance)["Audit seal"] == "none yet"


def test_an_old_report_stays_when_the_registry_changes(coordinator):
    first = actions.request_run(by=coordinator)
    publish.carry_out(first.pk)
    before = results(Report.objects.get())
    correct_a_blast_count()
    publish.carry_out(actions.request_run(by=coordinator).pk)
    new, old = Report.objects.all()
    assert results(old) == before
    assert results(new)["dataset"]["sha256"] != before["dataset"]["sha256"]


def correct_a_blast_count():
    user = User.objects.get(username="datamanager-03")
    with scope(claims_of(user)):
        baseline = Baseline.objects.filter(bm_blasts__gt=10).first()
        baseline.bm_blasts += 1
        save_record(baseline, by=user, expected_version=baseline.version, reason="read the source again")


def test_a_statistician_runs_analyses_without_seeing_a_patient(cohort_registry):
    statistician = User.objects.get(username="statistician")
    publish.carry_out(actions.request_run(by=statistician).pk)
    assert Report.objects.count() == 1
    with scope(claims_of(statistician)):
        assert not Transplant.objects.exists()


def test_a_run_is_claimed_once(coordinator):
    run = actions.request_run(by=coordinator)
    assert actions.claim(run.pk).attempt == 1
    assert actions.claim(run.pk) is None


def test_a_run_whose_lease_has_ended_is_taken_over_and_the_first_worker_publishes_nothing(coordinator):
    run = actions.request_run(by=coordinator)
    first = actions.claim(run.pk)
    Run.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert run.pk in actions.reap(now=timezone.now())
    publish.carry_out(run.pk)
    with pytest.raises(leases.WorkLost):
        publish.publish(first, Snapshot.objects.get(), NOTHING)
    assert Report.objects.count() == 1


def fail_with(error, run, monkeypatch):
    """Three attempts and a fourth, with a snapshot that cannot be taken. Returns the run as pages read it."""

    def refuse(**_):
        raise error

    monkeypatch.setattr(publish, "take_snapshot", refuse)
    for _ in range(4):
        publish.carry_out(run.pk)
    run.refresh_from_db()
    assert not Report.objects.exists()
    return run.state, run.attempt, str(run.problem_in_words)


@pytest.mark.parametrize(
    ("error", "attempts", "words"),
    [
        (ZeroDivisionError("03-001"), 3, "The analysis stopped on a fault of the registry: ZeroDivisionError."),
        (OperationalError("server closed"), 3, "The database could not be reached, or stopped while the analysis ran."),
        (ProgrammingError("column"), 3, "The database refused a step of the analysis: ProgrammingError."),
        (PermissionDenied("refused"), 1, "The account coordinator may no longer run analyses."),
    ],
)
def test_a_failed_run_says_why_in_plain_words_after_as_many_attempts_as_make_sense(
    coordinator, monkeypatch, error, attempts, words
):
    state, attempt, problem = fail_with(error, actions.request_run(by=coordinator), monkeypatch)
    assert (state, attempt) == (Run.State.FAILED, attempts)
    assert problem.startswith(words)
    assert str(error) not in problem


def test_a_problem_is_read_in_the_language_of_the_reader(coordinator, monkeypatch):
    run = actions.request_run(by=coordinator)
    fail_with(OperationalError("server closed"), run, monkeypatch)
    with translation.override("it"):
        assert str(run.problem_in_words).startswith("La banca dati non era raggiungibile")


def test_a_failed_run_is_retried_for_the_same_due_time_and_says_by_whom(coordinator, monkeypatch):
    run = actions.request_run(by=coordinator)
    fail_with(ZeroDivisionError(), run, monkeypatch)
    monkeypatch.undo()
    due_at, statistician = run.due_at, User.objects.get(username="statistician")
    actions.retry_run(run, by=statistician)
    actions.retry_run(run, by=coordinator)  # too late: it is queued already
    publish.carry_out(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempt, run.due_at, run.retried_by) == (Run.State.DONE, 1, due_at, statistician)
    assert Report.objects.count() == 1


def test_who_runs_no_analyses_retries_none(coordinator):
    run = actions.request_run(by=coordinator)
    with pytest.raises(PermissionDenied):
        actions.retry_run(run, by=User.objects.get(username="monitor"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_active": False}, "The account coordinator, with whose rights this report is made, is closed."),
        ({"role": "monitor"}, "The account coordinator has another role or centre than when this schedule was saved."),
    ],
)
def test_a_definition_whose_account_has_other_rights_now_makes_no_report(coordinator, change, words):
    definition = save_definition(ReportDefinition(name="Weekly"), recipients=[], by=coordinator)
    run = Run.objects.create(definition=definition, due_at=timezone.now(), requested_by=coordinator)
    with acting_as(coordinator):
        User.objects.filter(pk=coordinator.pk).update(**change)
    publish.carry_out(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempt) == (Run.State.FAILED, 1)
    assert str(run.problem_in_words).startswith(words)


def test_a_published_report_notes_its_recipients_and_wakes_who_mails(coordinator):
    monitor = User.objects.get(username="monitor")
    definition = save_definition(ReportDefinition(name="Weekly"), recipients=[monitor], by=coordinator)
    run = Run.objects.create(definition=definition, due_at=timezone.now(), requested_by=coordinator)
    publish.carry_out(run.pk)
    assert [(each.user, each.sent_at) for each in run.report.deliveries.all()] == [(monitor, None)]


def test_a_run_that_kills_its_workers_is_failed_by_the_reaper(coordinator):
    run = actions.request_run(by=coordinator)
    past = timezone.now() - dt.timedelta(minutes=5)
    Run.objects.update(state=Run.State.RUNNING, attempt=3, lease_until=past)
    assert actions.reap(now=timezone.now()) == []
    run.refresh_from_db()
    assert (run.state, "3 attempts" in str(run.problem_in_words)) == (Run.State.FAILED, True)


def test_the_web_role_cannot_read_or_change_a_snapshot(coordinator):
    snapshot = take_snapshot(by=coordinator)
    with pytest.raises(DatabaseError):
        list(SnapshotForm.objects.values_list("text"))
    with pytest.raises(DatabaseError):
        SnapshotForm.objects.update(text="[]")
    assert len(read_parts(snapshot)) == 20  # the forms, queries, and what is owed


def test_a_flipped_byte_in_a_snapshot_is_named(coordinator):
    snapshot = take_snapshot(by=coordinator)
    with connections["migration"].cursor() as cursor:
        cursor.execute("update registry_snapshotform set text = replace(text, '\"M\"', '\"F\"') where form = 'patient'")
    with pytest.raises(SnapshotAltered, match="patient"):
        read_parts(snapshot)


def test_a_snapshot_of_the_same_rows_has_the_same_hash(coordinator):
    assert take_snapshot(by=coordinator).sha256 == take_snapshot(by=coordinator).sha256
