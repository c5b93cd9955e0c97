"""From the headings of a sheet to what its columns are: by their names, else as the centre has matched them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from registry.models import ColumnMapping
from registry.models.checks.identity import PATIENT_NUMBER
from registry.transfer.importing import targets
from registry.transfer.importing.lines import Line, letter
from registry.transfer.importing.targets import Target
from registry.transfer.importing.values import text_of

# Sheets of our own workbooks, exports among them, that hold no patients.
OWN_SHEETS = ("read me", "lists", "labels", "centre")


@dataclass(frozen=True)
class Column:
    """One column of a sheet; without a target it is not known yet."""

    place: int
    heading: str
    target: Target | None
    is_asked: bool = False  # what it is, only the centre can say

    @property
    def letter(self) -> str:
        return letter(self.place)


@dataclass
class Sheet:
    """What the first line of a sheet says of the others."""

    name: str
    row: int  # of the headings
    form: str  # that the sheet is named after; empty: its columns may belong to several forms
    columns: list[Column] = field(default_factory=list)

    @property
    def patient(self) -> Column | None:
        """The column of the patient numbers."""
        return next((column for column in self.used if column.target and column.target.name == targets.PATIENT), None)

    @property
    def asked(self) -> list[Column]:
        return [column for column in self.columns if column.is_asked]

    @property
    def used(self) -> list[Column]:
        """Columns that mean something: neither left out nor ignored."""
        known = (column for column in self.columns if column.target not in (None, targets.LEFT_OUT))
        return [column for column in known if not column.target.is_ignored]  # type: ignore[union-attr]


Remembered = Mapping[tuple[str, str], str]


def remembered(centre: Any) -> Remembered:
    """What the centre has matched before: by sheet and heading."""
    rows = ColumnMapping.objects.filter(centre=centre).values_list("sheet", "heading", "target")
    return {(sheet, heading): target for sheet, heading, target in rows}


def holds_headings(line: Line, *, row: int | None) -> bool:
    """Is this the first line of a table? As it was said, else the first line with two cells: a title has one."""
    if row is not None:
        return line.row >= row
    return sum(cell is not None for cell in line.cells) > 1


def is_own(name: str) -> bool:
    """A sheet of our workbooks that holds no patients."""
    return name.casefold() in OWN_SHEETS


def sheet_of(line: Line, *, file_name: str, known: Remembered) -> Sheet:
    """The sheet whose headings stand in this line. A heading that comes again is told apart by a number."""
    form = targets.form_of_sheet(line.sheet or file_name.rpartition(".")[0])
    sheet = Sheet(line.sheet, line.row, form)
    times: Counter[str] = Counter()
    for place, cell in enumerate(line.cells):
        heading = " ".join(text_of(cell).split())[:290]
        if heading:
            times[heading] += 1
            sheet.columns.append(_column(sheet, place, (heading, times[heading]), known))
    return sheet


def _column(sheet: Sheet, place: int, counted: tuple[str, int], known: Remembered) -> Column:
    heading, time = counted
    if sheet.form and (found := targets.in_form(sheet.form, heading)):
        return Column(place, heading, found)
    heading = heading if time == 1 else f"{heading} ({time})"
    if (text := known.get((sheet.name, heading))) is not None:
        return Column(place, heading, Target.parse(text) if text else targets.LEFT_OUT, is_asked=True)
    if heading == targets.PATIENT:
        return Column(place, heading, Target("", targets.PATIENT))
    return Column(place, heading, None, is_asked=True)


def suggestion(heading: str, examples: Sequence[str]) -> str:
    """The only item of all forms that is called so, or the patient number by what it looks like; else empty."""
    if examples and all(PATIENT_NUMBER.fullmatch(text) for text in examples):
        return str(Target("", targets.PATIENT))
    forms = [form for form in targets.FORMS_BY_NAME if form != "centre"]
    found = [target for form in forms if (target := targets.in_form(form, heading)) and target.field is not None]
    return str(found[0]) if len(found) == 1 else ""
