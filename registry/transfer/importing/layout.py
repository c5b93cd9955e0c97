"""From the headings of a sheet to what its columns are: by their names, else as the centre has matched them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.models import ColumnMapping
from registry.transfer.importing import targets
from registry.transfer.importing.lines import Line, letter
from registry.transfer.importing.targets import Target
from registry.transfer.importing.values import text_of

# Sheets of our own workbook that hold no data.
OWN_SHEETS = ("read me", "lists")


@dataclass(frozen=True)
class Column:
    """One column of a sheet; without a target it is not known yet."""

    place: int
    heading: str
    target: Target | None

    @property
    def letter(self) -> str:
        return letter(self.place)


@dataclass
class Sheet:
    """What the first line of a sheet says of the others."""

    name: str
    form: str  # that the sheet is named after; empty: its columns may belong to several forms
    columns: list[Column] = field(default_factory=list)

    @property
    def unknown(self) -> list[Column]:
        return [column for column in self.columns if column.target is None]

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


def sheet_of(line: Line, *, file_name: str, known: Remembered) -> Sheet | None:
    """The sheet that this first line opens; None for a sheet of our workbook that holds no data."""
    if line.sheet.casefold() in OWN_SHEETS:
        return None
    form = targets.form_of_sheet(line.sheet or file_name.rpartition(".")[0])
    sheet = Sheet(line.sheet, form)
    for place, cell in enumerate(line.cells):
        heading = text_of(cell)[:300]
        if heading:
            sheet.columns.append(Column(place, heading, _target(sheet, heading, known)))
    return sheet


def _target(sheet: Sheet, heading: str, known: Remembered) -> Target | None:
    if sheet.form and (found := targets.in_form(sheet.form, heading)):
        return found
    if (text := known.get((sheet.name, heading))) is not None:
        return Target.parse(text) if text else targets.LEFT_OUT
    return Target("", targets.PATIENT) if heading == targets.PATIENT else None


def suggestion(heading: str) -> str:
    """The only item of all forms that is called so; empty where there is none or there are several."""
    forms = [form for form in targets.FORMS_BY_NAME if form != "centre"]
    found = [target for form in forms if (target := targets.in_form(form, heading)) and target.field is not None]
    return str(found[0]) if len(found) == 1 else ""


def unknown_columns(sheets: Iterable[Sheet]) -> list[tuple[str, Column]]:
    return [(sheet.name, column) for sheet in sheets for column in sheet.unknown]
