"""A workbook of one centre with 60 patients or more, made of the reference cohort; and twelve faults for it."""

from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from itertools import cycle
from operator import itemgetter

from openpyxl import Workbook, load_workbook

from tests.registry.importing.sheets import column_of, row_with

CENTRE = 5
PATIENTS = 60


def sixty_patients(files: dict[int, bytes]) -> Workbook:
    return patients_again(files, range(1, PATIENTS + 1))


def patients_again(files: dict[int, bytes], numbers: Iterable[int]) -> Workbook:
    """The sheets of the first workbook, with the patients of all of them, again and again under these numbers."""
    books = [load_workbook(BytesIO(content)) for content in files.values()]
    target = books[0]
    known = [row[0] for book in books for row in book["patient"].iter_rows(min_row=3, values_only=True)]
    given: dict[str, list[str]] = defaultdict(list)
    for number, patient in zip(numbers, cycle(known), strict=False):
        given[patient].append(f"{CENTRE:02d}-{number:03d}")
    for place, sheet in enumerate(target.worksheets):
        if sheet.title in ("read me", "lists"):
            continue
        rows = [row for book in books for row in book.worksheets[place].iter_rows(min_row=3, values_only=True)]
        sheet.delete_rows(3, sheet.max_row)
        again = [(number, *row[1:]) for row in rows for number in given[row[0]]]
        for at, row in enumerate(sorted(again, key=itemgetter(0)), start=3):
            for column, value in enumerate(row, start=1):
                sheet.cell(at, column, value)
    return target


class Planting:
    """Faults put into a workbook; remembers where, and what stood there."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.cells: dict[tuple[str, str], object] = {}

    def plant(self, form: str, row: int, name: str, value: object) -> None:
        sheet = self.book[form]
        cell = sheet.cell(row, column_of(sheet, name))
        self.cells[form, cell.coordinate] = cell.value
        cell.value = value

    def correct(self) -> None:
        for (form, coordinate), value in self.cells.items():
            self.book[form][coordinate].value = value


def plant_twelve(book: Workbook) -> Planting:
    """What data managers really type, and what only shows beside other answers. One cell each."""
    planting = Planting(book)
    planting.plant("patient", 3, "age_rr", 140)
    planting.plant("patient", 5, "sex", "woman")
    planting.plant("diagnosis", 4, "dx_date", "03/04/19")
    planting.plant("baseline", 6, "wbc", "six")
    planting.plant("baseline", 7, "plt", "=1/0")
    planting.plant("baseline", 8, "hb", "#DIV/0!")
    planting.plant("ino_cycle", row_with(book["ino_cycle"], d8_given="yes"), "d8_date", None)
    planting.plant("ino_cycle", 30, "d1_dose", 8.5)
    planting.plant("hct", 9, "hct_date", "2009-01-01")
    planting.plant("hct", 12, "donor", "cousin")
    planting.plant("sos_vod", 14, "occurred", "maybe")
    planting.plant("follow_up", 20, "patient_id", "05-999")
    return planting
