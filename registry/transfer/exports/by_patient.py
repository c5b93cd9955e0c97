"""All forms of one patient together, for formats whose files are ordered by patient."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter

from registry.transfer.exports.tables import Row, Table

Forms = dict[str, list[Row]]


def by_patient(tables: Sequence[Table]) -> Iterator[tuple[str, Forms]]:
    """Patient by patient; the tables are read side by side, and only the rows of one patient are held."""
    streams = [_numbered(table, place) for place, table in enumerate(tables)]
    for patient, found in groupby(merge(*streams, key=itemgetter(0, 1)), key=itemgetter(0)):
        forms: Forms = {table.form: [] for table in tables}
        for _, place, row in found:
            forms[tables[place].form].append(row)
        yield patient, forms


def _numbered(table: Table, place: int) -> Iterator[tuple[str, int, Row]]:
    patient = next(place for place, column in enumerate(table.columns) if column.name == "patient_id")
    return ((row[patient], place, row) for row in table.rows())
