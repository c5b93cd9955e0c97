"""A centre that brings in files: what it sends, and what is then in the registry."""

from types import SimpleNamespace

import pytest

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.importing import batches
from registry.actions.importing.batches import acting_on
from registry.actions.importing.rows import FileRow
from registry.models import Baseline, ImportBatch
from registry.transfer.importing.at_once import import_at_once
from registry.transfer.importing.job import do
from registry.transfer.importing.workbook_out import workbook
from tests.pages import new_patient, save
from tests.registry.actions.conftest import full_baseline
from tests.registry.importing.sheets import Sheets

REASON = "Workbook of the centre"


def stored_baseline(patient):
    with scope(system("test", read="all")):
        return Baseline.objects.get(patient=patient)


@pytest.fixture
def by(people):
    return people.datamanager_03


@pytest.fixture
def sheets(by):
    """The workbook of Baltimore as it is now."""

    def download(*, prefilled: bool = True) -> Sheets:
        with scope(claims_of(by)):
            return Sheets(workbook(by.centre, prefilled=prefilled))

    return download


@pytest.fixture
def bring_in(by):
    """Import at once, as the command does."""

    def send(content, name="workbook.xlsx", **options):
        content = content.content if isinstance(content, Sheets) else content
        options = {"centre": by.centre, "by": by, "reason": REASON} | options
        return import_at_once(content, name=name, **options)

    return send


@pytest.fixture
def work():
    """What a worker does next with a batch, without its lease. Returns the batch."""

    def carry_out(batch: ImportBatch) -> ImportBatch:
        reason = {"import": batch.reason, "undo": batch.undo_reason}.get(batch.work, "")
        with acting_on(batch, reason):
            batch.state = do(batch, lambda *told: None)
            batch.save()
        return batch

    return carry_out


@pytest.fixture
def rows_of():
    """The rows of a preview by form, patient and number."""

    def read(batch: ImportBatch) -> SimpleNamespace:
        with acting_on(batch):
            found = list(batch.rows.all())
        rows = [FileRow.from_json(row.content) for row in found]
        cells = {(row.form, row.patient, cell.field): cell for row in rows for cell in row.cells}
        return SimpleNamespace(rows=rows, cells=cells, outcomes={row.form: row.outcome for row in found})

    return read


@pytest.fixture
def patient(by):
    patient = new_patient(by)
    save(full_baseline(patient), by=by, complete=True)
    return patient


@pytest.fixture
def uploaded(by):
    def bring(sheets, **settings):
        with scope(claims_of(by)):
            return batches.bring_in(sheets.content, name="workbook.xlsx", centre=by.centre, by=by, **settings)[0]

    return bring


@pytest.fixture
def imported(by, uploaded, work):
    """A file read, looked at and imported."""

    def carry_out(sheets, **settings):
        batch = work(uploaded(sheets, **settings))
        with scope(claims_of(by)):
            batches.request_import(batch, by=by, reason="corrected by the centre")
        return work(batch)

    return carry_out
