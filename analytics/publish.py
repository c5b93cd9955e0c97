"""From a claimed run to a published report: snapshot, data set, plan, files, then one insert that publishes all."""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from analytics import actions
from analytics.cohort.population import DataState
from analytics.models import Report, ReportFile, Result, Run
from analytics.reports.bundle import FullAnalysis, compute
from analytics.reports.software import code_version
from analytics.snapshots import delete_superseded, read_forms
from registry.actions.take_snapshot import take_snapshot
from registry.crf.rows import canonical_json, digest
from registry.models.snapshot import Snapshot

logger = logging.getLogger(__name__)


class RunLost(Exception):
    """Another worker has taken the run over: what was computed here is not published."""


def carry_out(run_id: int) -> None:
    """Do the run if it is free. Whatever happens is written on the run; nothing half is ever published."""
    run = actions.claim(run_id)
    if run is None:
        return
    try:
        _analyse_and_publish(run)
    except RunLost:
        logger.warning("run %s was taken over by another worker", run.public_id)
    except Exception as error:
        logger.exception("run %s failed", run.public_id)
        actions.fail(run, f"{type(error).__name__}: {error}")


def _analyse_and_publish(run: Run) -> None:
    _keep(run, "freezing the registry")
    snapshot = take_snapshot(by=run.definition.run_as)
    _keep(run, "reading the snapshot")
    forms = read_forms(snapshot)
    analysis = compute(
        forms,
        data_state=DataState(snapshot.data_state),
        cut_off=snapshot.data_cut_off,
        progress=lambda step: _keep(run, step),
    )
    publish(run, snapshot, analysis)
    delete_superseded()


def _keep(run: Run, step: str) -> None:
    if not actions.renew(run, step):
        raise RunLost


@transaction.atomic
def publish(run: Run, snapshot: Snapshot, analysis: FullAnalysis) -> Report:
    """One transaction ends the run and shows the report; a worker that lost its run shows nothing."""
    mine = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, attempt=run.attempt)
    if not mine.update(state=Run.State.DONE, step="", lease_until=None, finished_at=timezone.now()):
        raise RunLost
    report = Report.objects.create(
        run=run,
        kind=run.definition.kind,
        snapshot=snapshot,
        code_version=code_version(),
        data_cut_off=snapshot.data_cut_off,
        document=analysis.document,
        sha256=digest(analysis.results_text),
    )
    Result.objects.bulk_create(_result(report, entry) for entry in analysis.results["entries"])
    ReportFile.objects.bulk_create(_file(report, *file) for file in analysis.files())
    return report


def _result(report: Report, entry: dict[str, Any]) -> Result:
    return Result(report=report, entry=entry["id"], value=entry, sha256=digest(canonical_json([entry])))


def _file(report: Report, name: str, media_type: str, text: str) -> ReportFile:
    return ReportFile(report=report, name=name, media_type=media_type, content=text.encode(), sha256=digest(text))
