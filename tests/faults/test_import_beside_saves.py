"""F17: people of a hospital save, ask and enter patients beside a long import: nobody waits for it, nothing is lost."""

import time

import numpy as np
import pytest
from django.db import connection

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.importing.batches import bring_in, request_import
from registry.api.throttles import TokenThrottle
from registry.models import AuditEntry, Baseline, ImportBatch, Patient, User
from tests.faults.busy_centre import BusyCentre
from tests.faults.conftest import KILLS
from tests.registry.importing import registries
from tests.registry.importing.sheets import Sheets, as_bytes
from tests.registry.importing.sixty_rows import CENTRE, patients_again

pytestmark = [pytest.mark.slow, pytest.mark.fault]

State = ImportBatch.State
PATIENTS = max(240, 48 * KILLS)  # of the file; with 20 kills of the other drills 20,000 rows
HELD, FREE = range(1, 11), range(11, 21)  # who is there before: in the file, and not in it
LONG = "long.xlsx"
ALONE_SECONDS = 10
SECONDS = 900  # for the longest of it, also where the machine is busy


@pytest.fixture
def files(workbooks):
    """Those who are there before; and a long one, by which half of them get another ECOG status."""
    first = as_bytes(patients_again(workbooks, [*HELD, *FREE]))
    long = Sheets(as_bytes(patients_again(workbooks, [*HELD, *range(FREE.stop, FREE.stop + PATIENTS - len(HELD))])))
    ecog = next(cell.column for cell in long.book["baseline"][1] if cell.value == "ecog")
    for row in range(3, 3 + len(HELD)):
        before = str(long.book["baseline"].cell(row, ecog).value)
        long.put("baseline", row, ecog="1" if before.startswith("0") else "0", ecog_missing=None)
    return first, long.content


@pytest.fixture
def centre(files, import_crew, monkeypatch):
    monkeypatch.setattr(TokenThrottle, "THROTTLE_RATES", {"token": "100000/minute"})
    assert registries.bring_in(files[0], CENTRE).faults == []
    with scope(system("test", read="all")):
        people = [User.objects.get(username=name) for name in (f"investigator-{CENTRE:02d}", "monitor")]
        records = [str(each) for each in Baseline.objects.values_list("public_id", flat=True)]
    return BusyCentre(registries.data_manager(CENTRE), *people, records)


def batch():
    with scope(system("test", read="all")):
        return ImportBatch.objects.get(file_name=LONG)


def has_done(share):
    found = batch()
    return not found.is_waiting or bool(found.step and found.done >= share * found.total and share < 1)


def deadlocks():
    with connection.cursor() as cursor:
        cursor.execute("select deadlocks from pg_stat_database where datname = current_database()")
        return cursor.fetchone()[0]


@pytest.fixture
def compared(files, centre, import_crew):
    """The long file, to be looked at."""
    by = centre.manager
    import_crew.worker()
    import_crew.beat()
    with scope(claims_of(by)):
        bring_in(files[1], name=LONG, centre=by.centre, by=by)
    import_crew.wait_until(lambda: not batch().is_waiting, seconds=SECONDS, what="the preview")
    assert (batch().state, batch().counts["faults"]) == (State.PREVIEW, 0)


def import_beside(centre, crew):
    """People are at work before, while and after the long file is imported. Returns when it was told of three times."""
    moments = []
    with centre.at_work():
        time.sleep(ALONE_SECONDS)
        with scope(claims_of(centre.manager)):
            request_import(batch(), by=centre.manager, reason="workbook of the centre")
        for share in (0, 0.5, 1):
            crew.wait_until(lambda share=share: has_done(share), seconds=SECONDS, what=f"{share} of the import")
            moments.append(time.monotonic())
            centre.enters_patients.set()  # the import gives out numbers now
        time.sleep(1)
    assert batch().state == State.IMPORTED, batch().problem
    return moments


def assert_nothing_acknowledged_is_lost(centre):
    """Every save is in the history, and the last one of each record stands."""
    with scope(system("test", read="all")):
        stored = {str(key): value for key, value in Baseline.objects.values_list("public_id", "ecog")}
        changes = AuditEntry.objects.filter(table="registry_baseline", operation="U", channel="api").count()
        patients = Patient.objects.count()
    last = {record: value for record, (_version, value) in centre.ecog.items()}
    assert {record: stored[record] for record in last} == last
    assert changes == len(centre.of("save", 200))
    assert patients == len(FREE) + PATIENTS + len(centre.of("enter a patient", 201))


def tell(what, answers):
    seconds = [each.seconds for each in answers]
    print(f"{what}: {len(seconds)}, 95 % of them within {1000 * np.percentile(seconds, 95):.0f} ms")


def test_nobody_waits_for_a_long_import_and_no_save_is_lost(compared, centre, import_crew):
    began, half, ended = import_beside(centre, import_crew)
    assert [each for each in centre.answers if each.began < half and each.ended > ended] == []  # nobody waited for it
    assert {each.status for each in centre.answers} <= {200, 201, 409, 412}
    assert deadlocks() == 0
    assert_nothing_acknowledged_is_lost(centre)
    beside = [each for each in centre.answers if each.began > began and each.ended < ended]
    saved, refused = ([each for each in centre.of("save", status) if each in beside] for status in (200, 409))
    assert saved
    assert refused
    assert not [each for each in centre.of("enter a patient", 201) if each in beside]
    print(f"{batch().counts} imported in {ended - began:.0f} s, {len(beside)} requests beside it")
    tell("saves before it", [each for each in centre.of("save", 200) if each.ended < began])
    tell("saves beside it", saved)
    tell("saves refused beside it", refused)
