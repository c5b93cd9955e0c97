"""Reports and runs by programs: read by their audience, asked for by those who may."""

import pytest
from django.utils import timezone

from analytics.models import Kind, Report, ReportFile, Run
from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.take_snapshot import take_snapshot
from tests.programs import program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(people):
    """A full analysis, and the report of Brescia; by kind."""
    by = people.coordinator
    with scope(claims_of(by)):
        snapshot = take_snapshot(by=by)
        found = {}
        for kind, centre in ((Kind.FULL_ANALYSIS, None), (Kind.CENTRE_REPORT, people.brescia)):
            run = Run.objects.create(
                kind=kind, centre=centre, due_at=timezone.now(), requested_by=by, state=Run.State.DONE
            )
            about = {"kind": kind, "centre": centre, "snapshot": snapshot, "data_state": "complete"}
            pinned = {"code_version": "1", "document": {}, "provenance": {}, "sha256": "0" * 64}
            found[kind] = Report.objects.create(run=run, **about, **pinned)
            ReportFile.objects.create(
                report=found[kind], name="results.json", media_type="application/json", content=b"{}", sha256="1" * 64
            )
        return found


def kinds(answer):
    return {report["kind"] for report in answer.json()["results"]}


def test_each_reads_the_reports_of_the_own_audience(people, reports):
    assert kinds(program_of(people.monitor).get("reports/")) == {"full analysis", "centre report"}
    assert kinds(program_of(people.datamanager_07).get("reports/")) == {"centre report"}
    assert kinds(program_of(people.datamanager_03).get("reports/")) == set()
    full = reports[Kind.FULL_ANALYSIS].public_id
    assert program_of(people.datamanager_07).get(f"reports/{full}/").status_code == 404
    assert program_of(people.administrator).get("reports/").status_code == 403
    assert kinds(program_of(people.statistician).get("reports/")) == {"full analysis", "centre report"}


def test_a_report_names_its_files_and_hands_them_out(people, reports):
    program, address = program_of(people.monitor), f"reports/{reports[Kind.FULL_ANALYSIS].public_id}/"
    (file,) = program.get(address).json()["files"]
    answer = program.get(f"{address}files/{file['name']}/")
    assert (answer.content, answer["Content-Type"]) == (b"{}", "application/json")
    assert program.get(f"{address}files/nothing.json/").status_code == 404


def test_a_run_is_asked_for_and_polled(people, reports):
    statistician = program_of(people.statistician)
    asked = statistician.post("runs/", {"kind": "centre report", "centre": 7})
    assert (asked.status_code, asked.json()["state"], asked.json()["centre"]) == (202, "queued", 7)
    assert statistician.get(f"runs/{asked.json()['id']}/").json() == asked.json()
    assert statistician.get("runs/", {"state": "done"}).json()["count"] == 2
    assert program_of(people.monitor).post("runs/").status_code == 403


@pytest.mark.parametrize("body", [{"kind": "horoscope"}, {"kind": "centre report"}, {"centre": 99}, {"centre": "7"}])
def test_what_no_report_is_about_is_refused(people, body):
    assert program_of(people.statistician).post("runs/", body).status_code == 422
