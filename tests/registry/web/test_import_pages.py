"""The pages of an import: the file that comes in, the choice of rows, the file that goes back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.access.context import scope, system
from registry.actions.importing.batches import acting_on
from registry.models import ImportBatch
from registry.transfer.importing.job import do
from registry.transfer.importing.workbook_out import workbook
from tests.pages import log_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each test reads a file
NEW = b"patient_id,sex,age_rr,consent_basis\n03-001,F,40,written\n"
SETTINGS = {"kind": "tables", "date_order": "ymd", "decimal_sign": "."}


@pytest.fixture
def anna(people):
    return log_in(people.datamanager_03)


@pytest.fixture
def page(anna):
    """The address of an import that a worker has read."""

    def bring_in(content=NEW, name="patient.csv"):
        address = anna.post("/import/", SETTINGS | {"file": SimpleUploadedFile(name, content)}).url
        with scope(system("test", read="all")):
            batch = ImportBatch.objects.get()
        with acting_on(batch):
            batch.state = do(batch, lambda *told: None)
            batch.save()
        return address

    return bring_in


def test_the_marked_file_has_the_name_of_the_file_whatever_letters_it_is_written_in(anna, people, page):
    file = anna.get(page(workbook(people.baltimore, prefilled=False), 'centre "Forlì".xlsx') + "marked.xlsx")
    assert file["Content-Disposition"] == "attachment; filename*=utf-8''centre%20%22Forl%C3%AC%22-marked.xlsx"


@pytest.mark.parametrize("key", ["9" * 5000, "²", "-1", "x"])
def test_a_choice_of_rows_that_there_are_not_chooses_none(anna, page, key):
    answer = anna.post(page(), {"step": "choose", "row": key, "shown": key})
    assert answer.status_code == 302


@pytest.mark.parametrize("target", ["ino_cycle/²/d1_dose", f"ino_cycle/{'9' * 5000}/d1_dose", "no/such/item"])
def test_a_column_is_matched_with_what_the_registry_has(anna, page, target):
    address = page(b"patient_id,X1\n03-001,F\n", "table.csv")
    answer = anna.post(address, {"step": "match", "column-0": target})
    assert (answer.status_code, "Say of each column what it is" in answer.content.decode()) == (422, True)
