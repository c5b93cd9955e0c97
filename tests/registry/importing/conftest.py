"""A centre that brings in files: what it sends, and what is then in the registry."""

from types import SimpleNamespace

import pytest

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.importing.batches import acting_on
from registry.actions.importing.rows import FileRow
from registry.models import ImportBatch
from registry.transfer.importing.at_once import import_at_once
from registry.transfer.importing.job import do
from registry.transfer.importing.workbook_out import workbook
from tests.registry.importing.sheets import Sheets

REASON = "Workbook of the centre"


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
