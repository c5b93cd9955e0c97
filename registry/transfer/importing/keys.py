"""The keys of a row: which patient, which of several, in which state, as of which version."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.actions.importing.rows import Fault, FileRow
from registry.crf.titles import number_codes
from registry.models import FORMS_BY_NAME, CrfForm
from registry.models.checks.identity import PATIENT_NUMBER
from registry.transfer.importing import targets
from registry.transfer.importing.layout import Column
from registry.transfer.importing.values import code_of, refuse_errors, text_of, whole_number

State = CrfForm.State
COMPLETE: Final[Mapping[str, bool]] = {
    State.COMPLETE.value: True,
    State.LOCKED.value: True,
    State.IN_PROGRESS.value: False,
    "draft": False,
}


def read_keys(
    row: FileRow, columns: Sequence[Column], cells: Mapping[Column, Any], *, number: str, centre: int
) -> None:
    """Put the keys on the row; what is wrong with them is a fault of the row."""
    _check_patient(row, centre)
    for column in columns:
        text = text_of(cells.get(column))
        if not text:
            continue
        if column.target.name == targets.STATE:
            _read_state(row, column, text)
        elif column.target.name == targets.VERSION:
            row.version = whole_number(text) or None
        elif column.target.name == targets.CENTRE and text.lstrip("0") != str(centre):
            values = {"number": text, "centre": f"{centre:02d}"}
            message = _("“%(number)s” is not the centre of this import, %(centre)s.") % values
            row.faults.append(Fault(column.letter, message, "centre"))
    model: Any = FORMS_BY_NAME[row.form]
    if model.repeats:
        _read_number(row, model, columns, cells, number=number)


def _check_patient(row: FileRow, centre: int) -> None:
    found = PATIENT_NUMBER.fullmatch(row.patient)
    if not found or int(found[1]) != centre:
        values = {"number": row.patient, "centre": f"{centre:02d}"}
        text = _("“%(number)s” is not a patient number of centre %(centre)s, such as %(centre)s-007.")
        row.faults.append(Fault(row.key_column, text % values, "C01"))


def _read_state(row: FileRow, column: Column, text: str) -> None:
    row.complete = COMPLETE.get(text.casefold())
    if row.complete is None:
        values = {"text": text, "states": ", ".join(COMPLETE)}
        message = _("“%(text)s” is not a state of a form (%(states)s).") % values
        row.faults.append(Fault(column.letter, message, "type"))


def _read_number(
    row: FileRow, model: Any, columns: Sequence[Column], cells: Mapping[Column, Any], *, number: str
) -> None:
    """From its own column, else as the columns of the form were matched."""
    names = (model.number_field,) if number_codes(model) else (model.number_field, targets.NUMBER)
    column = next((each for name in names for each in columns if each.target.name == name), None)
    row.number_column = column.letter if column else row.key_column
    cell = cells.get(column) if column else None
    try:
        refuse_errors(cell)
        row.number = _number_of(model, number or text_of(cell))
    except ValidationError as error:
        row.faults.append(Fault(row.number_column, " ".join(error.messages), "type"))


def _number_of(model: Any, text: str) -> Any:
    if codes := number_codes(model):
        code = code_of(codes, text)
        if code is None:
            values = {"code": text, "allowed": ", ".join(codes)}
            raise ValidationError(_("“%(code)s” is not in the list of answers (%(allowed)s).") % values)
        return code
    number = whole_number(text) or 0
    if not 0 < number < 1000:
        message = _("“%(text)s” is not the number of a repeated form. Write 1, 2, 3 and so on.")
        raise ValidationError(message % {"text": text})
    return number
