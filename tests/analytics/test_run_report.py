"""`manage.py run_report`: every kind through the same queue as a scheduled report, and its files in a folder."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from analytics.models import Report, Run
from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.exclude_patient import exclude_patient
from registry.actions.take_snapshot import take_snapshot
from registry.models import Patient, User

pytestmark = pytest.mark.slow


@pytest.fixture
def coordinator(cohort_registry):
    return User.objects.get(username="coordinator")


def run_report(out, *arguments, who="coordinator"):
    written = StringIO()
    call_command("run_report", *arguments, "--as", who, "--out", str(out), stdout=written)
    return json.loads((out / "results.json").read_text()), written.getvalue()


def test_the_data_quality_of_the_registry_is_written_to_a_folder(coordinator, tmp_path):
    results, text = run_report(tmp_path, "data-quality")
    report = Report.objects.get()
    assert (report.kind, report.run.state, report.problems) == ("data quality", Run.State.DONE, [])
    assert {entry["id"] for entry in results["entries"]} >= {"forms", "overdue", "queries-by-check", "items-baseline"}
    assert str(report.public_id) in text
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_centre_report_is_read_by_its_centre_and_by_no_other(coordinator, tmp_path):
    results, _ = run_report(tmp_path, "centre-report", "--centre", "3")
    assert results["dataset"]["n"] == 8
    for centre, number in ((3, 1), (5, 0)):
        person = User.objects.filter(role="data_manager", centre=centre).first()
        with scope(claims_of(person)):
            assert Report.objects.count() == number
    assert "patients" not in dict(Report.objects.get().provenance)["Snapshot"]


def test_a_safety_report_of_a_snapshot_leaves_out_who_was_excluded_when_it_was_taken(coordinator, tmp_path):
    before = take_snapshot(by=coordinator)
    with scope(claims_of(coordinator)):
        patient = Patient.objects.order_by("number").first()
        exclude_patient(patient, reason="withdrew the consent", expected_version=patient.version, by=coordinator)
    results, _ = run_report(tmp_path / "before", "safety", "--snapshot", str(before.public_id))
    assert results["dataset"]["n"] == 58
    results, _ = run_report(tmp_path / "after", "safety")
    assert results["dataset"]["n"] == 57
    report = Report.objects.latest("published_at")
    flow = report.document["sections"][0]["blocks"][0]
    assert ["excluded by the coordinating centre", "", "1"] in [row["cells"] for row in flow["rows"]]


@pytest.mark.parametrize(
    ("arguments", "who", "problem"),
    [
        (("centre-report",), "coordinator", "A centre report is of one centre"),
        (("safety", "--centre", "3"), "coordinator", "A centre report is of one centre"),
        (("safety",), "datamanager-03", "Your role does not include the right"),
        (("safety", "--snapshot", "none"), "coordinator", "There is no snapshot none"),
    ],
)
def test_what_cannot_be_made_is_refused_with_the_reason(coordinator, tmp_path, arguments, who, problem):
    with pytest.raises(CommandError, match=problem):
        run_report(tmp_path, *arguments, who=who)
    assert not Run.objects.exists()
