"""A worker killed while it compares and while it imports: in the end every row is there once, and one import record."""

import os
import signal

import pytest

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.importing.batches import bring_in, request_import
from registry.models import AuditEntry, ImportBatch, ImportedRecord, Patient
from tests import databases, processes
from tests.registry.importing.registries import all_rows, data_manager, make_centres, workbooks
from tests.registry.importing.sheets import as_bytes
from tests.registry.importing.sixty_rows import CENTRE, PATIENTS, sixty_patients

pytestmark = [pytest.mark.slow, pytest.mark.fault]

State = ImportBatch.State


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        databases.make_cohort_template()
        with databases.connected_to(databases.COHORT):
            return as_bytes(sixty_patients(workbooks()))


@pytest.fixture
def worker(committed_registry, tmp_path, settings):
    """A real worker that can be killed; a beat that wakes the next one."""
    make_centres()
    with processes.broker_of(committed_registry) as variables:
        settings.CELERY_BROKER_URL = variables["CELERY_BROKER_URL"]
        log = tmp_path / "processes.log"
        running = {"worker": processes.start_worker(variables, log), "beat": processes.start_beat(variables, log)}

        def kill():
            _kill(running["worker"])
            running["worker"] = processes.start_worker(variables, log)

        yield kill
        for process in running.values():
            _kill(process)


def _kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def batch():
    with scope(system("test", read="all")):
        return ImportBatch.objects.get()


def wait_for(condition, what):
    processes.wait_until(lambda: condition(batch()), seconds=240, what=what)


def test_three_kills_cost_attempts_never_a_row(content, worker):
    by = data_manager(CENTRE)
    with scope(claims_of(by)):
        bring_in(content, name="workbook.xlsx", centre=by.centre, by=by)
    wait_for(lambda found: found.state == State.RUNNING and found.step, "the comparison under way")
    worker()
    wait_for(lambda found: found.state == State.PREVIEW, "the preview")
    assert patients() == 0

    with scope(claims_of(by)):
        request_import(batch(), by=by, reason="workbook of the centre")
    for attempt in (1, 2):
        wait_for(
            lambda found, attempt=attempt: found.state == State.IMPORTED or (found.attempt == attempt and found.step),
            "the import under way",
        )
        worker()
        assert patients() in (0, PATIENTS)  # a fast machine may be done before it is killed; half is never seen
    wait_for(lambda found: found.state == State.IMPORTED, "the import done")
    assert patients() == PATIENTS
    rows = sum(len(found) for form, found in all_rows().items() if form != "centre")
    with scope(system("test", read="all")):
        assert ImportedRecord.objects.count() == rows
        assert AuditEntry.objects.filter(channel="import", table="registry_patient").count() == PATIENTS

    with scope(claims_of(by)):
        again, is_new = bring_in(content, name="workbook.xlsx", centre=by.centre, by=by)
    assert (is_new, again.state, patients()) == (False, State.IMPORTED, PATIENTS)


def patients():
    with scope(system("test", read="all")):
        return Patient.objects.count()
