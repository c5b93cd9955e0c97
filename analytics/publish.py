"""From a claimed run to a published report: snapshot, content, documents, then one insert that publishes all."""

import logging
import uuid
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from analytics import actions
from analytics.cohort.population import DataState
from analytics.delivery import note_recipients
from analytics.failures import failure_of
from analytics.models import Report, ReportFile, Result, Run
from analytics.reports import formats, provenance
from analytics.reports.content import Content, File, Source
from analytics.reports.kinds import KINDS
from analytics.reports.software import code_version
from analytics.rights import refuse_changed_rights
from analytics.snapshots import read_parts, split
from registry.access.context import scope
from registry.access.permissions import claims_of, require
from registry.access.roles import Permission
from registry.actions import leases
from registry.actions.heartbeat import heartbeat
from registry.actions.take_snapshot import take_snapshot
from registry.audit import seals
from registry.crf.language import taken_apart
from registry.crf.rows import canonical_json, digest, digest_of_bytes
from registry.models.snapshot import Snapshot

logger = logging.getLogger(__name__)


def carry_out(run_id: int) -> None:
    """Do the run if it is free. Whatever happens is written on the run; nothing half is ever published."""
    run = actions.claim(run_id)
    if run is None:
        return
    try:
        with heartbeat(actions.held(run), transaction.atomic):
            _make_and_publish(run)
    except leases.WorkLost:
        logger.warning("run %s was taken over by another worker", run.public_id)
    except Exception as error:
        logger.exception("run %s failed", run.public_id)
        failure = failure_of(run, error)
        leases.fail(actions.held(run), run.attempt, taken_apart(failure.words), for_good=failure.is_final)


def _make_and_publish(run: Run) -> None:
    if run.definition is not None:
        refuse_changed_rights(run.definition)
    require(run.requested_by, Permission.TAKE_SNAPSHOT)
    _keep(run, gettext_noop("freezing the registry"))
    snapshot = _snapshot_of(run)
    _keep(run, gettext_noop("reading the snapshot"))
    source = source_of(snapshot, data_state=run.data_state, centre=run.centre_id)
    content = KINDS[run.kind](source, lambda step: _keep(run, step))
    publish(run, snapshot, content)


def source_of(snapshot: Snapshot, *, data_state: str, centre: int | None) -> Source:
    """What a report is made of, read back and checked."""
    forms, work = split(read_parts(snapshot))
    return Source(
        forms=forms,
        work=work,
        data_state=DataState(data_state),
        cut_off=snapshot.data_cut_off,
        taken_at=snapshot.taken_at,
        centre=centre,
    )


@transaction.atomic
def _snapshot_of(run: Run) -> Snapshot:
    """The snapshot of the run; else that of another run of the same due time, so that their reports agree; else a new
    one. Runs of one due time wait here for each other."""
    actions.one_at_a_time(run.due_at)
    run.refresh_from_db(fields=["snapshot"])
    if run.snapshot is None:
        same = Run.objects.filter(due_at=run.due_at, data_state=run.data_state, snapshot__isnull=False).first()
        run.snapshot = same.snapshot if same else take_snapshot(by=run.requested_by, data_state=run.data_state)
        run.save(update_fields=["snapshot"])
    assert run.snapshot is not None
    return run.snapshot


def _keep(run: Run, step: str) -> None:
    leases.renew(actions.held(run), step)


def publish(run: Run, snapshot: Snapshot, content: Content) -> Report:
    """One transaction ends the run and shows the report; a worker that lost its run shows nothing."""
    report = Report(
        public_id=uuid.uuid4(),
        run=run,
        kind=run.kind,
        centre_id=run.centre_id,
        snapshot=snapshot,
        data_state=run.data_state,
        code_version=code_version(),
        data_cut_off=snapshot.data_cut_off,
        document=content.document,
        problems=content.problems,
        sha256=digest(content.results_text),
    )
    report.provenance = _facts(report)
    _keep(run, gettext_noop("writing the documents"))
    files = [content.results_file, *formats.documents(content, report.provenance)]
    with scope(replace(claims_of(run.requested_by, channel="report"), read="all")):
        leases.finish(actions.held(run))
        report.save(force_insert=True)
        Result.objects.bulk_create(_result(report, entry) for entry in content.results["entries"])
        ReportFile.objects.bulk_create(_file(report, file) for file in files)
        note_recipients(report)
    return report


def _facts(report: Report) -> provenance.Facts:
    return provenance.facts(
        report_id=report.public_id,
        snapshot=report.snapshot,
        data_state=report.data_state,
        results_sha256=report.sha256,
        code_version=report.code_version,
        audit_seal=seals.head(),
        asked_by=str(report.run.requested_by),
        of_one_centre=report.centre_id is not None,
    )


def _result(report: Report, entry: dict[str, Any]) -> Result:
    return Result(report=report, entry=entry["id"], value=entry, sha256=digest(canonical_json([entry])))


def _file(report: Report, file: File) -> ReportFile:
    return ReportFile(
        report=report,
        name=file.name,
        media_type=file.media_type,
        content=file.content,
        sha256=digest_of_bytes(file.content),
    )
