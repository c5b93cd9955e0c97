"""Workbooks that no spreadsheet writes: parts taken out, and small files that are large once they are opened whole."""

import io
import zipfile

from tests.registry.importing.hostile import real_workbook, sheet, with_parts

RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def text_cell(text: str, at: str = "") -> str:
    place = f' r="{at}"' if at else ""
    return f'<c{place} t="inlineStr"><is><t>{text}</t></is></c>'


FIRST_ROWS = f"<row>{text_cell('patient_id')}{text_cell('sex')}</row><row>{text_cell('03-001')}{text_cell('F')}</row>"


def part_of_real_workbook(name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(real_workbook())) as source:
        return source.read(name).decode()


def packed_otherwise(name: str) -> bytes:
    """One part is packed in a way that only some programs know."""
    content = bytearray(real_workbook())
    for mark, method, length, start in ((b"PK\x03\x04", 8, 26, 30), (b"PK\x01\x02", 10, 28, 46)):
        at = content.find(mark)
        while at >= 0:
            size = int.from_bytes(content[at + length : at + length + 2], "little")
            if content[at + start : at + start + size] == name.encode():
                content[at + method : at + method + 2] = (99).to_bytes(2, "little")
            at = content.find(mark, at + 4)
    return bytes(content)


def with_sheets(*names: str) -> bytes:
    """A workbook that lists its one sheet under each of these names."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{place}" r:id="rId1" {RELATIONS}/>' for place, name in enumerate(names, start=1)
    )
    text = part_of_real_workbook("xl/workbook.xml")
    before, _sheets, rest = text.partition("<sheets>")
    return with_parts(xl__workbook_dot_xml=f"{before}<sheets>{listed}{rest[rest.index('</sheets>') :]}".encode())


def merging_everything() -> bytes:
    """One range over all the cells of a sheet: whoever opens it whole makes each of them."""
    return sheet(f'{FIRST_ROWS}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>')


def with_many_cells() -> bytes:
    return sheet(FIRST_ROWS + f"<row>{'<c/>' * 1_000}</row>" * 2_000)
