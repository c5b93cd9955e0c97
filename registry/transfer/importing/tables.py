"""A file as rows of forms, whatever its kind: what stands between the bytes and the preview."""

from collections.abc import Iterator

from registry.actions.importing.rows import FileRow
from registry.models import ImportBatch
from registry.transfer.importing import csv_in, limits, reading, redcap
from registry.transfer.importing.assemble import Reader
from registry.transfer.importing.found import Found
from registry.transfer.importing.layout import holds_headings, is_own, remembered, sheet_of
from registry.transfer.importing.lines import Line, Refused
from registry.transfer.importing.notation import notation_of


def rows_of(batch: ImportBatch, content: bytes, dictionary: bytes | None, found: Found) -> Iterator[FileRow]:
    """Every row of the file; `found` fills while they are read. Raises Refused."""
    notation, known = notation_of(batch), remembered(batch.centre_id)
    readers: dict[str, Reader] = {}
    for line in _lines(batch, content, dictionary, found):
        if is_own(line.sheet):
            continue
        if reader := readers.get(line.sheet):
            found.keep_examples(reader.sheet, line)
            for row in reader.rows(line):
                found.count_words(row)
                yield row
        elif holds_headings(line, row=batch.headings_row):
            sheet = sheet_of(line, file_name=batch.file_name, known=known)
            if sheet.used and not sheet.patient and not sheet.asked:
                raise Refused(
                    "{sheet}: no column holds the patient number, such as 03-007.", sheet=line.sheet or batch.file_name
                )
            found.sheets[line.sheet] = sheet
            readers[line.sheet] = Reader(sheet, batch.centre_id, notation)
        else:
            found.above.add(line.sheet)
    if not any(sheet.columns for sheet in found.sheets.values()):
        raise Refused("The file holds no table: a row must name the columns, one of them the patient number.")


def _lines(batch: ImportBatch, content: bytes, dictionary: bytes | None, found: Found) -> Iterator[Line]:
    kind = reading.kind_of(content)
    if batch.kind == ImportBatch.Kind.ODM and kind != "odm":
        raise Refused("This is not an XML file, as CDISC ODM is.")
    if batch.kind != ImportBatch.Kind.ODM and kind == "odm":
        raise Refused("This is an XML file. Choose CDISC ODM as the kind of file.")
    if batch.kind == ImportBatch.Kind.REDCAP:
        if kind != "csv" or dictionary is None or reading.kind_of(dictionary) != "csv":
            raise Refused("REDCap needs two CSV files: the data and the data dictionary.")
        data, meanings = (reading.lines(each, kind="csv") for each in (content, dictionary))
        return limits.within(redcap.tables(data, meanings))
    found.is_windows = kind == "csv" and csv_in.encoding_of(content) == csv_in.WINDOWS
    return reading.lines(content, kind=kind)
