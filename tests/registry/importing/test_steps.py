"""Two who look at the same import: the steps of one are taken after those of the other."""

import pytest

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.importing import batches
from registry.models import ImportBatch, ImportRow
from tests.people import make_people
from tests.registry.actions.test_one_writer import while_another_waits


@pytest.fixture
def by(committed_registry):
    return make_people().datamanager_03


@pytest.fixture
def batch(by):
    """Looked at, with one row."""
    batch, _is_new = batches.bring_in(b"", name="workbook.xlsx", centre=by.centre, by=by, wake=False)
    with batches.acting_on(batch):
        batch.state = ImportBatch.State.PREVIEW
        batch.save()
        about = {"sheet": "patient", "row": 3, "form": "patient", "patient_number": "03-001", "outcome": "new"}
        ImportRow.objects.create(batch=batch, centre=by.centre, content={}, **about)
    return batch


def test_a_file_brought_in_twice_at_once_is_one_import(by):
    def bring_in():
        with scope(claims_of(by)):
            return batches.bring_in(b"patient_id", name="patient.csv", centre=by.centre, by=by, wake=False)

    _batch, is_new = while_another_waits(bring_in, bring_in)
    assert not is_new
    with scope(system("test", read="all")):
        assert ImportBatch.objects.count() == 1


def test_rows_are_not_chosen_while_a_colleague_starts_the_import(by, batch):
    def start():
        with scope(claims_of(by)):
            batches.request_import(batch, by=by, reason="corrected by the centre")

    def choose_none():
        with scope(claims_of(by)), pytest.raises(batches.NotNow, match="waiting for a worker"):
            batches.choose_all(ImportBatch.objects.get(pk=batch.pk), by=by, chosen=False)

    while_another_waits(start, choose_none)
    with scope(system("test", read="all")):
        assert ImportRow.objects.get().is_chosen
