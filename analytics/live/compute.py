"""From a claimed run to what the outcomes page shows: a live snapshot, its content, and one exchange of all of it."""

import logging
from collections import defaultdict

from django.db import transaction

from analytics.live import content
from analytics.live.content import LiveContent
from analytics.models import LiveList, LiveOutcomes, LivePatients, LiveRun
from analytics.publish import source_of
from analytics.reports.software import code_version
from analytics.snapshots import delete_superseded
from registry.access.context import Claims, scope
from registry.actions import leases
from registry.actions.take_snapshot import take_live_snapshot
from registry.models.snapshot import Snapshot

logger = logging.getLogger(__name__)


def carry_out(number: int) -> None:
    """Do the run if it is free. Whatever happens is written on it; nothing half is ever shown."""
    if not leases.claim(LiveRun.objects, number):
        return
    run = LiveRun.objects.get(pk=number)
    held = leases.mine(LiveRun.objects, run)
    try:
        _compute(run)
    except leases.WorkLost:
        logger.warning("%s was taken over by another worker", run)
    except Exception as error:
        logger.exception("%s failed", run)
        leases.fail(held, run.attempt, f"{type(error).__name__}: {error}")


def _compute(run: LiveRun) -> None:
    held = leases.mine(LiveRun.objects, run)
    leases.renew(held, "reading the registry")
    snapshot = take_live_snapshot()
    source = source_of(snapshot, data_state=snapshot.data_state, centre=None)
    made = content.make(source, lambda step: leases.renew(held, step[:120]))
    centres = {row["patient_id"]: row["centre_no"] for row in source.forms["patient"]}
    with transaction.atomic():
        leases.finish(held)
        _show(snapshot, made, [centres[patient] for patient in made.enrolled])
        LiveRun.objects.exclude(pk=run.pk).delete()
        delete_superseded()


def _show(snapshot: Snapshot, made: LiveContent, centres: list[int]) -> None:
    """What was shown goes with its lists; who writes them writes those of every centre."""
    with scope(Claims("system:live", "system:live", "system", read="all", write=tuple(set(centres)))):
        LiveOutcomes.objects.all().delete()
        outcomes = LiveOutcomes.objects.create(
            snapshot=snapshot,
            code_version=code_version(),
            headline=made.headline,
            sections=made.sections,
            by_group=made.by_group,
            problems=made.problems,
        )
        LivePatients.objects.bulk_create(_patients(outcomes, made, centres))
        LiveList.objects.bulk_create(
            (LiveList(outcomes=outcomes, **vars(each)) for each in made.lists), batch_size=1000
        )


def _patients(outcomes: LiveOutcomes, made: LiveContent, centres: list[int]) -> list[LivePatients]:
    rows: dict[int, list[int]] = defaultdict(list)
    for row, centre in enumerate(centres):
        rows[centre].append(row)
    return [
        LivePatients(outcomes=outcomes, centre_id=centre, rows=found, numbers=[made.enrolled[row] for row in found])
        for centre, found in rows.items()
    ]
