"""A workbook opened in a spreadsheet, typed into and saved."""

from io import BytesIO

from openpyxl import Workbook, load_workbook

FIRST = 3  # row of the first patient


def as_bytes(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def column_of(sheet, name: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == name)


def row_with(sheet, **answers) -> int:
    """The first row with these answers; a choice by its code."""
    places = {column_of(sheet, name): value for name, value in answers.items()}
    for row in sheet.iter_rows(min_row=3):
        if all(str(row[column - 1].value).split(":")[0] == str(value) for column, value in places.items()):
            return row[0].row
    raise AssertionError(f"no row of {sheet.title} has {answers}")


class Sheets:
    """A workbook of a centre, opened in a spreadsheet."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(BytesIO(content))

    def put(self, form: str, row: int, **answers: object) -> "Sheets":
        for name, value in answers.items():
            self.book[form].cell(row, column_of(self.book[form], name)).value = value
        return self

    def address(self, form: str, row: int, name: str) -> str:
        return self.book[form].cell(row, column_of(self.book[form], name)).coordinate

    @property
    def content(self) -> bytes:
        return as_bytes(self.book)
