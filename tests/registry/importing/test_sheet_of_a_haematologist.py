"""A sheet as a haematologist keeps it: a title above the headings, words for what is not known, a legend beside it."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.importing import batches
from registry.actions.importing.rows import CellState
from registry.audit.acting import acting_as
from registry.models import ColumnMapping, ImportBatch, WordMapping
from registry.transfer.importing.marked import COLOURS, marked_workbook
from registry.transfer.importing.targets import Target
from tests.pages import new_patient
from tests.registry.importing.sheets import as_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COLUMNS = {
    "Codice": "//patient_id",
    "GB": "baseline//wbc",
    "PLT": "baseline//plt",
    "Mal. extramid.": "baseline//emd",
    "Data": "ino_cycle/1/d1_date",
    "g8": "ino_cycle/1/d8_given",
    "Data (2)": "ino_cycle/2/d1_date",
    "Allo": "hct//hct_date",
}
IN_CSV = [("", "Codice", "//patient_id"), ("", "Mal. extramid.", "baseline//emd")]
HEADINGS = [heading.removesuffix(" (2)") for heading in COLUMNS]


def book(*rows, above=("Casistica INO, aggiornata al 30/06/2023",)) -> bytes:
    made = Workbook()
    made.active.title = "Casistica"
    for row in (above, [], HEADINGS, *rows):
        made.active.append(row)
    made.create_sheet("Legenda").append(["giallo: da ricontrollare"])
    return as_bytes(made)


def row(number, *, wbc="5,9", plt=120, emd="sì", d8="si", hct="03/04/2020"):
    return [number, wbc, plt, emd, "01/12/2019", d8, "29/12/2019", hct]


@pytest.fixture
def number(by):
    return new_patient(by).number


@pytest.fixture
def read(by, work):
    """Bring the book in, its columns matched long ago."""

    def bring_in(content: bytes, **settings) -> ImportBatch:
        known = [("Casistica", heading, target) for heading, target in COLUMNS.items()] + IN_CSV
        with acting_as(by, centre=by.centre_id):
            for sheet, heading, target in known:
                of_column = {"centre": by.centre, "sheet": sheet, "heading": heading}
                ColumnMapping.objects.get_or_create(**of_column, defaults={"target": target})
        with scope(claims_of(by)):
            settings = {"date_order": "dmy", "decimal_sign": ",", "as_drafts": True} | settings
            batch, _is_new = batches.bring_in(content, name="casistica.xlsx", centre=by.centre, by=by, **settings)
        return work(batch)

    return bring_in


@pytest.fixture
def says(by, work):
    """Explain words: (item, word) to its meaning; the file is read again."""

    def match(batch: ImportBatch, mapping) -> ImportBatch:
        with scope(claims_of(by)):
            batches.match_words(batch, mapping, by=by)
        return work(batch)

    return match


def cells_of(batch):
    """Form and number of each row, with what its cells say."""
    with scope(system("test", read="all")):
        contents = [stored.content for stored in batch.rows.order_by("pk")]
    return {
        (content["form"], content["number"]): {cell[1]: (cell[3], cell[4]) for cell in content["cells"] if cell[2]}
        for content in contents
    }


def test_a_title_above_the_headings_is_passed_over_and_the_reader_is_told(read, number):
    batch = read(book(row(number)))
    assert (batch.state, batch.counts["faults"]) == (ImportBatch.State.PREVIEW, 0)
    assert batch.counts["notes"] == [
        "Not read, because no table stands there: sheet Legenda.",
        "Casistica: The headings were found in row 3; what stands above was not read.",
    ]


def test_a_second_line_above_the_headings_is_passed_over_once_their_row_is_said(read, number):
    content = book(row(number), above=("Casistica", "Ematologia"))
    assert read(content, headings_row=3).state == ImportBatch.State.PREVIEW


def test_without_it_the_line_above_is_asked_about(read, number):
    batch = read(book(row(number), above=("Casistica", "Ematologia")))
    assert [column["heading"] for column in batch.counts["columns"]] == ["Casistica", "Ematologia"]


def test_two_columns_of_one_heading_are_two_columns(read, number):
    cells = cells_of(read(book(row(number))))
    assert cells["ino_cycle", 1]["d1_date"] == ("value", "2019-12-01")
    assert cells["ino_cycle", 2]["d1_date"] == ("value", "2019-12-29")


@pytest.mark.parametrize("yes", ["sì", "Sì ", "si", "SI", "s", "yes"])
def test_yes_is_read_as_italians_write_it(read, number, yes):
    assert cells_of(read(book(row(number, d8=yes))))["ino_cycle", 1]["d8_given"] == ("value", True)


def test_words_that_no_item_can_read_are_counted_without_their_spelling_of_numbers_and_dates(read, number):
    batch = read(book(row(number, wbc="N.D.", plt="sconosciuto", emd="boh", hct="3/4/20")))
    assert batch.counts["words"] == [
        ["N.D.", "baseline.wbc", 1],
        ["sconosciuto", "baseline.plt", 1],
        ["boh", "baseline.emd", 1],
    ]


def test_a_word_is_a_reason_for_the_whole_file_once_it_was_said(read, says, number):
    batch = says(read(book(row(number, wbc="N.D.", plt="n.d."))), {("", "n.d."): {"reason": "ND"}})
    cells = cells_of(batch)["baseline", None]
    assert (cells["wbc"], cells["plt"]) == (("reason", "ND"), ("reason", "ND"))
    assert batch.counts["words"] == []


def test_a_word_of_one_item_is_an_answer_of_that_item_only(read, says, number):
    present = {("baseline.emd", "presente"): {"answer": "1"}}
    batch = says(read(book(row(number, emd="presente", d8="presente"))), present)
    cells = cells_of(batch)
    assert cells["baseline", None]["emd"] == ("value", "1")
    assert cells["ino_cycle", 1]["d8_given"] == ("unreadable", None)


def test_an_item_that_may_not_be_missing_takes_no_reason_but_may_be_blank(read, says, number):
    batch = says(read(book(row(number, hct="N.D."))), {("", "n.d."): {"reason": "ND"}})
    assert batch.counts["words"] == [["N.D.", "hct.hct_date", 1]]
    batch = says(batch, {("hct.hct_date", "n.d."): {}})
    assert ("hct", None) not in cells_of(batch)  # no transplant is made of a cell without a date


def test_a_word_that_the_item_can_read_keeps_its_meaning(read, says, number):
    batch = says(read(book(row(number, emd="no"))), {("", "no"): {"reason": "UNK"}})
    assert cells_of(batch)["baseline", None]["emd"] == ("value", "0")


def test_a_word_is_forgotten_when_it_is_a_fault_again(read, says, by, number):
    batch = says(read(book(row(number, wbc="N.D."))), {("", "n.d."): {"reason": "ND"}})
    assert says(batch, {("", "n.d."): None}).counts["faults"] == 1
    with scope(claims_of(by)):
        assert not WordMapping.objects.exists()


def test_another_centre_has_words_of_its_own(read, says, people, number):
    says(read(book(row(number, wbc="N.D."))), {("", "n.d."): {"reason": "ND"}})
    with scope(claims_of(people.datamanager_07)):
        assert not WordMapping.objects.exists()


def test_a_row_of_totals_is_a_fault_of_its_own_row_only(read, number):
    batch = read(book(row(number), ["Totale", 5.9]))
    assert batch.counts["faults"] == 1


def test_csv_of_excel_for_windows_is_read_and_the_reader_is_told(read, number):
    content = f"Codice;Mal. extramid.\n{number};sì\n".encode("cp1252")
    batch = read(content)
    assert cells_of(batch)["baseline", None]["emd"] == ("value", "1")
    assert "The file is not in UTF-8" in batch.counts["notes"][0]


def test_the_note_of_a_cell_with_two_faults_has_two_lines_and_no_bare_colon(read, number):
    batch = read(book(row("07-001", plt="many"), row("07-001")))
    with scope(system("test", read="all")):
        sheet = load_workbook(BytesIO(marked_workbook(batch)))["Casistica"]
    assert sheet["C4"].comment.text == "“many” is not a number. Write digits, for example 5.9."
    first, *_others, last = sheet["A5"].comment.text.split("\n")
    assert first.startswith("C01: “07-001” is not a patient number of centre 03")
    assert last == "The same form of the same patient stands already on sheet Casistica, row 4."


def test_a_marked_workbook_that_comes_again_keeps_no_mark_of_last_time(read, number):
    with scope(system("test", read="all")):
        marked = load_workbook(BytesIO(marked_workbook(read(book(row(number, plt="many", wbc="some"))))))
        marked["Casistica"]["C4"] = 120
        sheet = load_workbook(BytesIO(marked_workbook(read(as_bytes(marked)))))["Casistica"]
    assert sheet["B4"].comment is not None
    assert sheet["C4"].comment is None
    assert sheet["C4"].fill.fgColor.rgb != COLOURS[CellState.FAULT]


def test_the_unit_of_a_column_is_said_once_and_stands_beside_each_value(read, by, number):
    with acting_as(by, centre=by.centre_id):
        known = {"centre": by.centre, "sheet": "Casistica", "heading": "GB"}
        ColumnMapping.objects.create(**known, target="baseline//wbc/kul")
    cells = cells_of(read(book(row(number))))["baseline", None]
    assert (cells["wbc"], cells["wbc_unit"]) == (("value", "5.9"), ("value", "kul"))
    assert "plt_unit" not in cells


def test_a_cell_without_a_value_has_no_unit(read, by, number):
    with acting_as(by, centre=by.centre_id):
        known = {"centre": by.centre, "sheet": "Casistica", "heading": "GB"}
        ColumnMapping.objects.create(**known, target="baseline//wbc/kul")
    assert "wbc_unit" not in cells_of(read(book(row(number, wbc=None))))["baseline", None]


@pytest.mark.parametrize("unit", ["stone", "mgdl"])
def test_a_column_has_a_unit_of_its_item(unit):
    assert Target.parse(f"baseline//wbc/{unit}") is None
    assert Target.parse("baseline//wbc/e9") == Target("baseline", "wbc", unit="e9")
    assert Target.parse("patient//sex/e9") is None


def test_two_columns_that_share_the_item_of_their_unit_are_in_one_unit(read, by, number):
    columns = {"Codice": "//patient_id", "Bili": "sos_vod//bili_dx/mgdl", "Bili max": "sos_vod//bili_max/umol"}
    with acting_as(by, centre=by.centre_id):
        for heading, target in columns.items():
            ColumnMapping.objects.get_or_create(centre=by.centre, heading=heading, defaults={"target": target})
    batch = read(f"Codice;Bili;Bili max\n{number};2,1;60\n".encode())
    with scope(system("test", read="all")):
        ((column, message, _check),) = batch.rows.get().content["faults"]
    assert (column, message[:44]) == ("C", "One item holds the unit of this column and o")
