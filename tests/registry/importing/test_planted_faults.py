"""Sixty patients in one workbook: twelve planted faults are seen, and nothing else; and all of it can be undone."""

import pytest

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.importing.batches import request_undo
from registry.models import AuditEntry, ImportBatch, Patient
from registry.transfer.importing.workbook_out import workbook
from tests import databases
from tests.registry.importing.registries import (
    all_rows,
    bring_in,
    data_manager,
    make_centres,
    reading_all,
    workbooks,
)
from tests.registry.importing.sheets import Sheets, as_bytes
from tests.registry.importing.sixty_rows import CENTRE, PATIENTS, plant_twelve, sixty_patients

FIRST = 3  # row below the names and the labels

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        databases.make_cohort_template()
        with databases.connected_to(databases.COHORT):
            return workbooks()


def test_twelve_planted_faults_are_twelve_cells_and_corrected_none(files, committed_registry):
    make_centres()
    book = sixty_patients(files)
    planting = plant_twelve(book)
    done = bring_in(as_bytes(book), CENTRE)
    assert {(sheet, f"{column}{row}") for sheet, row, column, *_ in done.faults} == set(planting.cells)
    with reading_all():
        assert Patient.objects.count() == 0
        assert ImportBatch.objects.count() == 0
    planting.correct()
    assert bring_in(as_bytes(book), CENTRE).faults == []
    with reading_all():
        assert Patient.objects.filter(centre=CENTRE).count() == 60


def test_sixty_undone_rows_are_as_they_were_and_a_second_undo_leaves_no_patient(files, committed_registry, work):
    make_centres()
    assert bring_in(as_bytes(sixty_patients(files)), CENTRE).faults == []
    before = all_rows()

    assert bring_in(_with_every_baseline_changed(), CENTRE).faults == []
    changed = all_rows()
    assert {form for form in before if before[form] != changed[form]} == {"baseline"}
    assert sum(row not in before["baseline"] for row in changed["baseline"]) == PATIENTS
    _undo_newest(work)
    assert all_rows() == before

    _undo_newest(work)
    assert {form: rows for form, rows in all_rows().items() if rows and form != "centre"} == {}


def _with_every_baseline_changed() -> bytes:
    """The workbook of the centre as it is now, with the same haemoglobin for all."""
    by = data_manager(CENTRE)
    with scope(claims_of(by)):
        sheets = Sheets(workbook(by.centre, prefilled=True))
    for row in range(FIRST, FIRST + PATIENTS):
        sheets.put("baseline", row, hb=7.3, hb_missing=None, hb_unit="gdl")
    return sheets.content


def _undo_newest(work) -> None:
    by = data_manager(CENTRE)
    with scope(claims_of(by)):
        batch = ImportBatch.objects.filter(state=ImportBatch.State.IMPORTED).latest("pk")
        request_undo(batch, by=by, reason="sheet of another study")
    assert work(batch).left_alone == []
    with reading_all():
        reasons = AuditEntry.objects.filter(batch=str(batch.public_id), reason="sheet of another study")
        assert reasons.exclude(patient_id=None).values("patient_id").distinct().count() == PATIENTS
