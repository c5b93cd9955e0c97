"""F03: a worker killed while it compares and while it imports: every row is there once, and one import record."""

import random
import time

import pytest

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.importing.batches import bring_in, request_import
from registry.actions.importing.carry_out import PATIENTS_AT_A_TIME
from registry.models import AuditEntry, ImportBatch, ImportedRecord, Patient
from tests.faults.conftest import KILLS
from tests.registry.importing.registries import all_rows, data_manager
from tests.registry.importing.sheets import as_bytes
from tests.registry.importing.sixty_rows import CENTRE, patients_again

pytestmark = [pytest.mark.slow, pytest.mark.fault]

State = ImportBatch.State
PATIENTS = max(60, 12 * KILLS)  # with 20 kills 5,000 rows
WHILE_COMPARING = min(2, KILLS // 3)  # a third death would refuse the file
SECONDS = 300  # for one attempt, also where the machine is busy


def batch():
    with scope(system("test", read="all")):
        return ImportBatch.objects.get()


def patients():
    with scope(system("test", read="all")):
        return Patient.objects.count()


def is_waiting():
    return batch().is_waiting


def is_at(patient):
    """Is the attempt so far, as far as it tells? Or is there nothing to kill?"""
    found = batch()
    has_told = bool(found.step) and found.done >= patient
    return not found.is_waiting or (found.state == State.RUNNING and (has_told or patient < PATIENTS_AT_A_TIME))


def kill_once_under_way(crew, chance):
    """True where the worker died at its work, False where that ended before."""
    patient, delay = chance.uniform(0, 0.6 * PATIENTS), chance.uniform(0, 1)
    crew.wait_until(lambda: is_at(patient), seconds=SECONDS, what="the work under way")
    time.sleep(delay)
    crew.kill(crew.running[-1])
    killed = batch()
    assert patients() in (0, PATIENTS)
    crew.keep_alive()
    crew.wait_until(
        lambda: not is_waiting() or batch().attempt != killed.attempt, seconds=SECONDS, what="another attempt, or none"
    )
    if killed.is_waiting:
        print(f"killed {killed.get_work_display()}, {killed.done} of {killed.total} patients, attempt {killed.attempt}")
    return killed.is_waiting


def test_kills_cost_attempts_never_a_row(workbooks, import_crew):
    content, by, chance = (
        as_bytes(patients_again(workbooks, range(1, PATIENTS + 1))),
        data_manager(CENTRE),
        random.Random(3),
    )
    with scope(claims_of(by)):
        bring_in(content, name="workbook.xlsx", centre=by.centre, by=by)
    import_crew.beat()
    import_crew.worker()
    for _ in range(WHILE_COMPARING):
        assert kill_once_under_way(import_crew, chance)
    import_crew.wait_until(lambda: not is_waiting(), seconds=SECONDS, what="the preview")
    assert (batch().state, patients()) == (State.PREVIEW, 0)

    kills = WHILE_COMPARING
    while batch().state != State.IMPORTED:
        if batch().state == State.PREVIEW:  # the first time, and after each third death
            with scope(claims_of(by)):
                request_import(batch(), by=by, reason="workbook of the centre")
        if kills < KILLS:
            kills += kill_once_under_way(import_crew, chance)
        else:
            import_crew.wait_until(lambda: not is_waiting(), seconds=SECONDS, what="the import done")
    rows = sum(len(found) for form, found in all_rows().items() if form != "centre")
    print(f"{kills} kills, {rows} rows")
    assert patients() == PATIENTS
    with scope(system("test", read="all")):
        assert ImportedRecord.objects.count() == rows
        assert AuditEntry.objects.filter(channel="import", table="registry_patient").count() == PATIENTS

    with scope(claims_of(by)):
        again, is_new = bring_in(content, name="workbook.xlsx", centre=by.centre, by=by)
    assert (is_new, again.state, patients()) == (False, State.IMPORTED, PATIENTS)
