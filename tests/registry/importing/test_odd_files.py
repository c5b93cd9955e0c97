"""Files as no program writes them: each was once read wrongly, or was more than the worker could bear."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.importing import batches
from registry.actions.importing.rows import Cell, FileRow, Says
from registry.models import ImportBatch
from registry.transfer.cells import safe_cell
from registry.transfer.importing import csv_in, found, limits, odm_in, redcap, workbook_in
from registry.transfer.importing.lines import Line, Refused
from registry.transfer.importing.spool import Spool
from tests.registry.importing import hostile, odd_workbooks
from tests.registry.importing.odd_workbooks import text_cell
from tests.registry.importing.sheets import as_bytes

ONE_PATIENT = '<SubjectData SubjectKey="03-001"><ItemGroupData ItemGroupOID="{}">{}</ItemGroupData></SubjectData>'


def lines(reader, content):
    return [(line.sheet, line.row, list(line.cells)) for line in limits.within(reader(BytesIO(content)))]


def refusal(reader, content):
    with pytest.raises(Refused) as refused:
        lines(reader, content)
    return str(refused.value)


def group(name, *items, called=""):
    references = "".join(f'<ItemRef ItemOID="{item}"/>' for item in items)
    return f'<ItemGroupDef OID="{name}" Name="{called or name}">{references}</ItemGroupDef>'


def data(name, *answers):
    items = "".join(f'<ItemData ItemOID="{item}" Value="{value}"/>' for item, value in answers)
    return f"<ClinicalData>{ONE_PATIENT.format(name, items)}</ClinicalData>"


def odm(*parts):
    return hostile.ODM.format("".join(parts)).encode()


def test_signs_that_a_workbook_writes_in_letters_are_read_as_signs():
    content = hostile.sheet(f'<row r="1">{text_cell("a_x000D_b_x005F_x0041_")}</row>')
    assert lines(workbook_in.read, content) == [("patient", 1, ["a\rb_x0041_"])]


@pytest.mark.parametrize("sign", ["_x0000_", "_xD800_"])
def test_a_sign_that_no_text_has_is_refused_with_its_place(sign):
    content = hostile.sheet(f'<row r="4">{text_cell(sign, "B4")}</row>')
    assert refusal(workbook_in.read, content) == ("Sheet patient, cell B4: the text holds a character that is none.")


@pytest.mark.parametrize("row", [0, -3, 1_048_577, 10**12])
def test_a_row_that_no_spreadsheet_has_is_refused(row):
    content = hostile.sheet(f'<row r="{row}"><c><v>1</v></c></row>')
    assert refusal(workbook_in.read, content) == f"The sheet patient has a row of the number {row}."


def test_a_workbook_that_cannot_be_unpacked_is_called_damaged():
    content = odd_workbooks.packed_otherwise("xl/worksheets/sheet1.xml")
    assert refusal(workbook_in.read, content) == (
        "The workbook is damaged: That compression method is not supported. Save it again in Excel."
    )


def test_two_sheets_of_one_name_are_refused():
    content = odd_workbooks.with_sheets("patient", "patient")
    assert refusal(workbook_in.read, content) == "Two sheets are called patient. Name one of them otherwise."


def test_a_name_of_a_sheet_without_end_is_refused():
    content = odd_workbooks.with_sheets("x" * 101)
    assert refusal(workbook_in.read, content) == f"The name of the sheet {'x' * 100}… is too long."


def test_one_text_in_very_many_cells_is_refused(monkeypatch):
    """A shared text is packed once and stands in every cell that names it."""
    monkeypatch.setattr(limits, "CHARACTERS", 1_000_000)
    book = Workbook()
    for _row in range(101):
        book.active.append(["x" * 10_000])
    assert refusal(workbook_in.read, as_bytes(book)) == (
        "The cells hold more than 1 million characters together. Split the file."
    )


def test_a_study_file_may_hold_data_twice_and_declare_between():
    content = odm(group("one", "a"), data("one", ("a", "1")), group("two", "b"), data("two", ("b", "2")))
    assert lines(odm_in.read, content) == [
        ("one", 1, ["patient_id", "instance_no", "a"]),
        ("one", 2, ["03-001", None, "1"]),
        ("two", 1, ["patient_id", "instance_no", "b"]),
        ("two", 2, ["03-001", None, "2"]),
    ]


def test_a_group_declared_again_stays_as_it_was_first_declared():
    content = odm(group("one", "a", "b"), data("one", ("b", "1")), group("one", "b", "a"), data("one", ("b", "2")))
    assert [cells[3] for _sheet, row, cells in lines(odm_in.read, content) if row > 1] == ["1", "2"]


@pytest.mark.parametrize("encoding", ["ttf-8", "shift_jis", "utf-7"])
def test_letters_that_the_parser_does_not_know_are_refused(encoding):
    content = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + odm("<ClinicalData/>")
    assert refusal(odm_in.read, content).startswith("The file is not well-formed XML: ")


def test_two_groups_of_one_name_are_refused():
    content = odm(group("one", "a", called="patient"), group("two", "b", called="patient"), "<ClinicalData/>")
    assert refusal(odm_in.read, content) == "Two item groups are called patient."


def test_a_group_declared_after_its_data_is_refused():
    content = odm("<ClinicalData>", group("one", "a"), ONE_PATIENT.format("one", ""), "</ClinicalData>")
    assert "is not declared" in refusal(odm_in.read, content)


def test_a_group_without_any_name_has_an_empty_one():
    content = odm("<ItemGroupDef><ItemRef/></ItemGroupDef><ClinicalData/>")
    assert lines(odm_in.read, content) == [("", 1, ["patient_id", "instance_no", ""])]


def test_who_changed_an_item_group_is_no_item_of_it():
    audit = '<AuditRecord><UserRef UserOID="1"/></AuditRecord><ItemData ItemOID="a" Value="1"/>'
    content = odm(group("one", "a"), "<ClinicalData>", ONE_PATIENT.format("one", audit), "</ClinicalData>")
    assert lines(odm_in.read, content)[1] == ("one", 2, ["03-001", None, "1"])


def test_a_study_file_has_no_more_columns_than_a_table():
    content = odm(group("one", *(f"i{place}" for place in range(999))), "<ClinicalData/>")
    assert refusal(odm_in.read, content) == "The sheet one has more than 1000 columns."


DICTIONARY = [Line("", 1, [redcap.NAME, redcap.FORM, redcap.TYPE, redcap.CHOICES])]


def of_redcap(variables, *rows):
    dictionary = DICTIONARY + [Line("", place, list(each)) for place, each in enumerate(variables, start=2)]
    return list(redcap.tables(iter([Line("", *each) for each in enumerate(rows, start=1)]), iter(dictionary)))


def test_a_redcap_project_with_forms_of_its_own_is_read():
    found = of_redcap(
        [("record_id", "enrolment", "text", ""), ("shoe", "enrolment", "text", "")], ["record_id", "shoe"]
    )
    assert [(line.sheet, line.cells) for line in found] == [("enrolment", ["patient_id", "instance_no", "shoe"])]


def test_a_redcap_text_with_the_column_of_a_checkbox_is_blank():
    variables = [("record_id", "patient", "text", ""), ("sex", "patient", "text", "")]
    lines = of_redcap(variables, ["record_id", "sex___1"], ["03-001", "1"])
    assert [line.row for line in lines] == [1]


@pytest.mark.parametrize(
    ("most", "words"), [("ROWS_OF_A_PATIENT", "have the patient number “03-001”"), ("ROWS", "rows")]
)
def test_more_rows_than_can_be_compared_are_refused(monkeypatch, most, words):
    monkeypatch.setattr(limits, most, 2)
    row = FileRow("baseline", 2, "baseline", "03-001")
    with Spool() as spool:
        spool.add(row)
        spool.add(row)
        with pytest.raises(Refused, match=words):
            spool.add(row)


@pytest.fixture
def marked(people, work):
    """What comes back of a file that is compared with the registry, opened as a spreadsheet does."""
    by = people.datamanager_03

    def bring_in(content, name="baseline.csv", kind=ImportBatch.Kind.TABLES):
        with scope(claims_of(by)):
            batch, _is_new = batches.bring_in(content, name=name, centre=by.centre, by=by, kind=kind, wake=False)
        work(batch)
        with scope(claims_of(by)):
            return load_workbook(BytesIO(bytes(ImportBatch.objects.get(pk=batch.pk).file.marked)))

    return bring_in


def test_a_file_of_nothing_but_different_words_fills_no_memory(monkeypatch):
    monkeypatch.setattr(found, "WORDS_COUNTED", 2)
    seen = found.Found()
    for word in ("a", "b", "c", "a"):
        seen.count_words(FileRow("", 2, "baseline", "03-001", cells=[Cell("B", "ecog", word, Says.UNREADABLE)]))
    assert dict(seen.words) == {("a", "baseline.ecog"): 2, ("b", "baseline.ecog"): 1}


LIST = ["Sheet", "Cell", "State", "What is wrong"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(odd_workbooks.merging_everything(), id="5 kB that become 17 thousand million cells"),
        pytest.param(odd_workbooks.with_many_cells(), id="two million cells without a value"),
    ],
)
def test_a_workbook_that_would_fill_the_memory_comes_back_as_a_list(marked, content):
    """The worker itself never opens it whole: the process that does has 512 MB."""
    assert len(content) < 3 * limits.MEGABYTE
    assert [cell.value for cell in marked(content, "03.xlsx").worksheets[0][1]] == LIST


@pytest.mark.slow
def test_a_table_is_coloured_and_its_texts_come_back_as_they_were(marked):
    texts = ["=1+1", "a_x000D_b", "a\rb", "'=1", "\ufffeé", "\x01", "plain"]
    content = "patient_id,ecog\n" + "".join(f'03-001,"{safe_cell(text)}"\n' for text in texts)
    book = marked(content.encode())
    assert book.worksheets[0]["B2"].comment.text.startswith("“=1+1” is not in the list")
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} == {"s"}
    again = [cells[1] for _sheet, _row, cells in lines(workbook_in.read, as_bytes(book))]
    assert again[1:] == texts


@pytest.mark.slow
def test_the_faults_of_a_study_file_come_as_a_list(marked):
    content = odm(group("patient", "sex"), data("patient", ("sex", "woman")))
    sheet = marked(content, "registry.xml", ImportBatch.Kind.ODM).worksheets[0]
    assert [cell.value for cell in sheet[1]] == LIST
    assert "woman" in sheet["D2"].value


@pytest.mark.slow
def test_a_note_is_no_longer_than_a_spreadsheet_takes(marked):
    book = marked(f"patient_id,ecog\n03-001,{'x' * 30_000}\n".encode())
    assert len(book.worksheets[0]["B2"].comment.text) == 2_000


def test_half_a_table_in_csv_has_its_place_in_the_sentence():
    assert refusal(csv_in.read, b'a,b\n"1,2\n').startswith("Row 2 cannot be read as CSV")
