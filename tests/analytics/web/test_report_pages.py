"""The pages of reports: what was analysed, by what, when; and the button that asks for the next."""

import datetime as dt
import re
import uuid
from dataclasses import asdict

import pytest
from django.utils import timezone

from analytics.actions import request_run
from analytics.models import Delivery, Report, ReportFile, Result, Run
from analytics.reports import figures
from analytics.reports.document import Report as Document
from analytics.reports.document import ReportFigure, ReportSection, ReportTable, Row
from analytics.templatetags.figures import figure
from registry.access.context import scope, system
from registry.crf.language import Message, taken_apart
from registry.models import Snapshot
from tests.pages import log_in

pytestmark = pytest.mark.django_db

SVG = '<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>Overall survival</title></svg>'
DOCUMENT = Document(
    "Full analysis",
    (("Patients", "58"),),
    (
        ReportSection(
            "Survival",
            (
                ReportFigure("os-figure", "os", "Overall survival", SVG, "58 patients", ("Clock: from transplant",)),
                ReportTable(
                    "os", "Overall survival", ("", "Value"), (Row(("at <12> months", "60%"), 1),), ("Population: all",)
                ),
            ),
        ),
    ),
)


@pytest.fixture
def run(people):
    return request_run(by=people.coordinator)


@pytest.fixture
def report(people, run):
    with scope(system("test")):
        snapshot = Snapshot.objects.create(
            taken_by=people.coordinator, n_patients=58, dictionary_version="d1", sha256="a" * 64
        )
        report = Report.objects.create(
            run=run,
            kind="full analysis",
            snapshot=snapshot,
            code_version="0.1.0 c0de",
            data_cut_off=dt.date(2023, 6, 30),
            data_state="complete",
            document=asdict(DOCUMENT),
            provenance=[
                ["Code", "0.1.0 c0de"],
                ["Snapshot", "taken 2023-07-01, 58 patients"],
                ["Asked for by", "coordinator"],
                ["Data cut-off", "2023-06-30"],
                ["Results, sha256", "b" * 64],
                ["Snapshot, sha256", "a" * 64],
            ],
            sha256="b" * 64,
        )
        ReportFile.objects.create(
            report=report, name="results.json", media_type="application/json", content=b"{}", sha256="c" * 64
        )
    return report


def test_a_report_shows_its_tables_figures_and_footnotes(people, report):
    page = log_in(people.statistician).get(f"/reports/{report.public_id}/").content.decode()
    for text in (SVG, "at &lt;12&gt; months", "60%", "Population: all", "Clock: from transplant"):
        assert text in page


def test_a_report_says_what_it_is_made_of(people, report):
    page = log_in(people.monitor).get(f"/reports/{report.public_id}/").content.decode()
    for text in ("a" * 64, "b" * 64, "0.1.0 c0de", "2023-06-30", "58 patients", "coordinator"):
        assert text in page


def test_a_file_of_a_report_is_downloaded_not_shown(people, report):
    response = log_in(people.coordinator).get(f"/reports/{report.public_id}/files/results.json/")
    assert response.content == b"{}"
    name = f"full-analysis-{str(report.public_id)[:8]}-results.json"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_files_are_listed_to_read_first_then_to_work_with(people, report):
    names = ("report.docx", "another.txt", "recompute-in-R.zip", "report.pdf")
    ReportFile.objects.bulk_create(
        ReportFile(report=report, name=name, media_type="x/y", content=b"12345", sha256="e" * 64) for name in names
    )
    page = log_in(people.statistician).get(f"/reports/{report.public_id}/").content.decode()
    listed = re.findall(r'/files/([^/"]+)/">([^<]+)</a> <span class="form-text">([^<]+)<', page)
    assert [(name, title) for name, title, _ in listed] == [
        ("report.pdf", "PDF"),
        ("report.docx", "Word"),
        ("recompute-in-R.zip", "Recompute in R: data set, codebook, script and our numbers"),
        ("results.json", "Results for programs"),
        ("another.txt", "another.txt"),
    ]
    assert listed[0][2] == "5\xa0bytes"


def test_a_figure_is_drawn_from_the_stored_numbers_of_the_report(people, report, reference_results):
    entries = {entry["id"]: entry for entry in reference_results["entries"]}
    Result.objects.create(report=report, entry="survival-model", value=entries["survival-model"], sha256="d" * 64)
    Result.objects.create(report=report, entry="patients", value=entries["patients"], sha256="d" * 64)
    client = log_in(people.statistician)
    address = f"/reports/{report.public_id}/figures/survival-model"
    svg = client.get(f"{address}.svg").content.decode()
    assert svg == figures.block(entries["survival-model"]).svg
    assert 'width="240.9' in client.get(f"{address}.svg?columns=1").content.decode()  # points: 85 mm
    assert client.get(f"{address}.csv").content.decode().startswith("label,value,lower,upper,p,n,events\n")
    for nothing in (f"{address}.exe", address.replace("survival-model", "patients") + ".svg"):
        assert client.get(nothing).status_code == 404


def test_the_paper_is_recomputed_from_the_stored_results_of_the_report(people, report, reference_results):
    address = f"/reports/{report.public_id}/paper/"
    client = log_in(people.statistician)
    assert "the results have no entry sos-readings" in client.get(address).content.decode()
    Result.objects.bulk_create(
        Result(report=report, entry=entry["id"], value=entry, sha256="d" * 64) for entry in reference_results["entries"]
    )
    page = client.get(address).content.decode()
    assert "the upper limit 56.1 is printed, the other printed numbers imply 65.1" in page
    assert address in client.get(f"/reports/{report.public_id}/").content.decode()


def test_a_centre_finds_the_reports_of_its_own_in_the_list(people, report):
    assert "No report was published yet" in log_in(people.investigator_03).get("/reports/").content.decode()
    Report.objects.update(kind="centre report", centre=people.baltimore)
    assert str(report.public_id) in log_in(people.investigator_03).get("/reports/").content.decode()
    assert str(report.public_id) not in log_in(people.datamanager_07).get("/reports/").content.decode()


def test_all_reports_are_in_the_list_page_after_page(people, report):
    for _ in range(25):
        copy_of(report)
    first, second = (log_in(people.coordinator).get(f"/reports/?page={page}").context["page"] for page in (1, 2))
    assert len({each.pk for each in [*first, *second]}) == 26
    assert list(second) == [report]


def copy_of(report):
    report = Report.objects.get(pk=report.pk)
    run = Run.objects.create(due_at=report.published_at, requested_by=report.run.requested_by, state="done")
    report.pk, report.run, report.public_id, report.published_at = None, run, uuid.uuid4(), timezone.now()
    report.save(force_insert=True)


def test_a_partial_report_is_marked(people, report):
    Report.objects.update(problems=["Overall survival: no patient is left"])
    assert "partial" in log_in(people.statistician).get("/reports/").content.decode()


def test_a_report_says_to_whom_it_was_sent_to_those_who_choose_the_recipients(people, report):
    Delivery.objects.create(report=report, user=people.monitor, sent_at=timezone.now(), attempts=1)
    Delivery.objects.create(report=report, user=people.investigator_03, problem=Delivery.Problem.LOST_RIGHT)
    address = f"/reports/{report.public_id}/"
    page = log_in(people.coordinator).get(address).content.decode()
    assert "may no longer read this report" in page
    assert "Sent to" in page
    assert "Sent to" not in log_in(people.statistician).get(address).content.decode()


def test_the_list_says_why_the_newest_full_analysis_is_stale(people, report):
    client = log_in(people.statistician)
    assert "stale" not in client.get("/reports/").content.decode()
    failed = request_run(by=people.coordinator)
    problem = taken_apart(Message("The database could not be reached, or stopped while the analysis ran."))
    Run.objects.filter(pk=failed.pk).update(state="failed", problem=problem, finished_at=timezone.now())
    page = client.get("/reports/").content.decode()
    assert "and stale:</strong> the run due" in page
    assert "failed: The database could not be reached" in page


@pytest.mark.parametrize("who", ["datamanager_03", "investigator_03", "administrator"])
def test_who_reads_no_reports_does_not_find_one(people, report, who):
    client = log_in(getattr(people, who))
    assert client.get(f"/reports/{report.public_id}/paper/").status_code == 404
    assert client.get(f"/reports/{report.public_id}/").status_code == 404
    assert client.get(f"/reports/{report.public_id}/files/results.json/").status_code == 404
    assert client.get(f"/reports/{report.public_id}/figures/overall-survival.svg").status_code == 404


def test_the_administrator_sees_the_runs_and_no_report(people, report):
    page = log_in(people.administrator).get("/reports/", follow=True).content.decode()
    assert "waiting for a worker" in page
    assert str(report.public_id) not in page
    assert "Retry" not in page


def test_the_methods_show_plan_estimators_and_the_distance_from_r(people):
    page = log_in(people.statistician).get("/reports/methods/").content.decode()
    for text in ("Overall survival from HCT", "reverse_kaplan_meier", "Compared with: survival", "Tolerance"):
        assert text in page
    assert "Median where the curve is flat at exactly 50%" in page


@pytest.mark.parametrize("who", ["datamanager_03", "administrator"])
def test_who_reads_no_reports_has_no_methods(people, who):
    assert log_in(getattr(people, who)).get("/reports/methods/").status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "statistician"])
def test_recompute_queues_a_run(people, who):
    response = log_in(getattr(people, who)).post("/reports/recompute/")
    assert response.url == "/reports/"
    assert Run.objects.get().state == "queued"


@pytest.mark.parametrize("who", ["datamanager_03", "monitor", "administrator"])
def test_who_takes_no_snapshots_cannot_recompute(people, who):
    assert log_in(getattr(people, who)).post("/reports/recompute/").status_code == 404
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<g onclick="alert(1)"/>',
        '<image href="https://elsewhere.example/x.png"/>',
        '<use href="https://elsewhere.example/x.svg"/>',
        '<g style="fill:red"/>',
        "<foreignObject/>",
    ],
)
def test_a_figure_that_is_more_than_a_drawing_is_refused(inside):
    with pytest.raises(ValueError, match="figure holds"):
        figure(SVG.replace("</svg>", f"{inside}</svg>"))
