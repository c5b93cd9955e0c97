"""The answers of a row: for each item its value, or the reason why there is none."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.actions.importing.rows import Cell, Fault, FileRow, Says
from registry.models import FORMS_BY_NAME
from registry.transfer.importing import targets
from registry.transfer.importing.layout import Column
from registry.transfer.importing.notation import Notation
from registry.transfer.importing.values import CLEAR, read, reason_of, refuse_errors, text_of


def read_answers(row: FileRow, columns: Sequence[Column], cells: Mapping[Column, Any], notation: Notation) -> None:
    """Put a cell on the row for every item that the sheet has, blank ones too."""
    by_item: dict[str, list[Column]] = {}
    for column in columns:
        if column.target.field is not None and not _is_key(column):
            by_item.setdefault(column.target.field.name, []).append(column)
    row.cells = [_cell(row, of_item, cells, notation) for of_item in by_item.values()]
    _add_units(row, columns)


def _add_units(row: FileRow, columns: Sequence[Column]) -> None:
    """What was said of a whole column stands beside each of its values; a unit in the row itself goes before."""
    given = {cell.field for cell in row.cells}
    first: dict[str, Column] = {}
    for column in columns:
        item, unit = column.target.field, column.target.unit
        value = row.cell_of(item.name) if unit and item.crf.unit_field not in given else None
        if value is None or value.says is not Says.VALUE:
            continue
        other = first.setdefault(item.crf.unit_field, column)
        if other is column:
            text = str(targets.units_of(item)[unit])
            row.cells.append(Cell(column.letter, item.crf.unit_field, text, Says.VALUE, unit))
        elif other.target.unit != unit:
            message = _("One item holds the unit of this column and of column %(other)s: both are in the same unit.")
            row.faults.append(Fault(column.letter, message % {"other": other.letter}, "type"))


def _is_key(column: Column) -> bool:
    """Numbers and centre are no answers: they say which record the row is."""
    model: Any = FORMS_BY_NAME[column.target.form]
    keys = (model.number_field,) if model.repeats else ("number", "centre") if model.form == "patient" else ()
    return column.target.field.name in keys


def _cell(row: FileRow, columns: Sequence[Column], cells: Mapping[Column, Any], notation: Notation) -> Cell:
    filled = [column for column in columns if cells.get(column) is not None]
    # Of a value and a reason of which one says CLEAR, the other one counts.
    telling = [column for column in filled if text_of(cells[column]) != CLEAR] or filled[:1]
    column = (telling or columns)[0]
    cell = Cell(column.letter, column.target.field.name, text_of(cells.get(column)), Says.KEEP)
    try:
        for column in telling:
            cell.says, cell.value = _said(column, cells[column], notation)
        if len(telling) > 1:
            raise ValidationError(_("Give either a value or the reason why it is missing, not both."))
    except ValidationError as error:
        cell.says, cell.value = Says.UNREADABLE, None
        row.faults.append(Fault(column.letter, " ".join(error.messages), "type"))
    return cell


def _said(column: Column, found: Any, notation: Notation) -> tuple[Says, Any]:
    refuse_errors(found)
    if text_of(found) == CLEAR:
        return Says.CLEAR, None
    try:
        return _as_it_stands(column, found, notation)
    except ValidationError:
        meaning = notation.meaning_of(column.target.field, text_of(found))
        if meaning is None:
            raise
    if meaning.answer:
        return Says.VALUE, read(column.target.field, meaning.answer, notation)
    return (Says.REASON, meaning.reason) if meaning.reason else (Says.KEEP, None)


def _as_it_stands(column: Column, found: Any, notation: Notation) -> tuple[Says, Any]:
    if column.target.is_reason:
        return Says.REASON, reason_of(text_of(found))
    value = read(column.target.field, found, notation)
    return (Says.KEEP if value is None else Says.VALUE), value
