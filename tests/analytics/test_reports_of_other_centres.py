"""Reports of other centres are closed in the database: even a query without a filter finds the own ones only."""

import pytest
from django.db import DatabaseError
from django.utils import timezone

from analytics.models import Report, ReportFile, Result, Run
from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.models import Snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(people):
    """One of all centres, one of centre 3, one of centre 7."""
    with scope(system("test")):
        snapshot = Snapshot.objects.create(
            taken_by=people.coordinator, n_patients=58, dictionary_version="d1", sha256="a" * 64
        )
        return {centre: make(people.coordinator, snapshot, centre) for centre in (None, 3, 7)}


def make(by, snapshot, centre):
    kind = "full analysis" if centre is None else "centre report"
    run = Run.objects.create(kind=kind, centre_id=centre, due_at=timezone.now(), requested_by=by)
    report = Report.objects.create(
        run=run, kind=kind, centre_id=centre, snapshot=snapshot, data_state="complete", code_version="c", document={},
        provenance=[], sha256="b" * 64,
    )  # fmt: skip
    Result.objects.create(report=report, entry="sos", value={}, sha256="c" * 64)
    ReportFile.objects.create(report=report, name="results.json", media_type="text/plain", content=b"", sha256="d")
    return report


@pytest.mark.parametrize("who", ["datamanager_03", "investigator_03"])
def test_a_person_of_a_centre_reads_the_reports_of_that_centre_only(people, reports, who):
    with scope(claims_of(getattr(people, who))):
        assert list(Report.objects.all()) == [reports[3]]
        assert [result.report_id for result in Result.objects.all()] == [reports[3].pk]
        assert [file.report_id for file in ReportFile.objects.all()] == [reports[3].pk]


@pytest.mark.parametrize("who", ["coordinator", "monitor", "statistician"])
def test_who_reads_the_reports_of_the_registry_reads_them_all(people, reports, who):
    with scope(claims_of(getattr(people, who))):
        assert set(Report.objects.all()) == set(reports.values())
        assert ReportFile.objects.count() == 3


def test_a_person_of_a_centre_changes_no_report_and_makes_none(people, reports):
    with pytest.raises(DatabaseError), scope(claims_of(people.datamanager_03)):
        Report.objects.update(problems=["altered"])
    with pytest.raises(DatabaseError), scope(claims_of(people.datamanager_03)):
        ReportFile.objects.create(report_id=reports[7].pk, name="x", media_type="x", content=b"", sha256="x")
