"""The codebook as CSV: one row an item, the same text in every language of the pages."""

import csv
from io import StringIO

from django.utils.translation import override

from registry.crf import codebook
from registry.transfer.cells import safe_cell


def codebook_csv() -> str:
    text = StringIO()
    writer = csv.DictWriter(text, fieldnames=codebook.COLUMNS, lineterminator="\n")
    writer.writeheader()
    with override(None):
        writer.writerows({name: safe_cell(cell) for name, cell in row.items()} for row in codebook.rows())
    return text.getvalue()
