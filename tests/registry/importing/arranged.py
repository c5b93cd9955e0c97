"""Two files of one centre for the tests of pages: one compared with the registry, one whose columns are not known."""

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.importing.batches import bring_in
from registry.models import ImportBatch
from registry.transfer.importing.job import work_on
from registry.transfer.importing.workbook_out import workbook
from tests.registry.importing.sheets import Sheets

COMPARED, UNKNOWN = "03.xlsx", "03.csv"


def bring_in_two_files(by) -> tuple[ImportBatch, ImportBatch]:
    """Committed: a worker has read both."""
    with scope(claims_of(by)):
        sheets = Sheets(workbook(by.centre, prefilled=True))
    sheets.put("patient", 3, age_rr=140).put("baseline", 3, ecog="4")
    sheets.put("diagnosis", 4, dx_date="04/03/19").put("patient", 5, birth_year="CLEAR")
    sheets.put("diagnosis", 5, dx_cns="boh")
    return _read(by, COMPARED, sheets.content), _read(by, UNKNOWN, b"patient_id,X1,X2\n03-001,F,5\n")


def _read(by, name: str, content: bytes) -> ImportBatch:
    with scope(claims_of(by)):
        batch, _is_new = bring_in(content, name=name, centre=by.centre, by=by)
    work_on(batch.pk)
    return batch
