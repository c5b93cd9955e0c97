"""Sixty patients in one workbook: twelve planted faults are seen, and nothing else."""

import pytest

from registry.models import ImportBatch, Patient
from tests import databases
from tests.registry.importing.registries import bring_in, make_centres, reading_all, workbooks
from tests.registry.importing.sheets import as_bytes
from tests.registry.importing.sixty_rows import CENTRE, plant_twelve, sixty_patients

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
