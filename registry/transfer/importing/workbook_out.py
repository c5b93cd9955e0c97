"""The workbook of a centre: one sheet a form, made from the declarations, empty or filled from the registry."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from registry.crf.fields import crf_fields
from registry.crf.missing import REASONS
from registry.models import PATIENT_FORMS, Centre, CrfForm, Patient
from registry.transfer.importing import targets
from registry.transfer.importing.values import CLEAR
from registry.transfer.importing.workbook_notes import note_of, write_read_me

FIRST_ROW: Final = 2  # below the names and the labels
ROWS_WITH_LISTS: Final = 2_000  # for which the drop-downs are offered
FORMS: Final[tuple[Any, ...]] = (Patient, *PATIENT_FORMS)
STATES: Final = (CrfForm.State.COMPLETE.value, CrfForm.State.IN_PROGRESS.value)
_STYLES: Final = {"date": "date", "decimal": "number", "int": "number", "reason": "quiet", "version": "quiet"}
_WIDTHS: Final = {"key": 11, "state": 12, "date": 12, "int": 10, "decimal": 10, "reason": 14, "text": 22}
MOST_DIGITS: Final = 15  # that a number of a spreadsheet keeps


@dataclass(frozen=True)
class _Column:
    name: str
    label: str
    kind: str  # of the item, or `reason`, `key`, `state`, `version`
    field: Any = None
    choices: tuple[str, ...] = ()


def workbook(centre: Centre, *, prefilled: bool) -> bytes:
    """The file. `prefilled` holds every patient of the centre that the reader may see."""
    file = BytesIO()
    workbook = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book = _Book(workbook)
    write_read_me(workbook.add_worksheet("read me"), book.styles, centre)
    for model in FORMS:
        _write_form(book, model, _records(model, centre) if prefilled else ())
    book.write_lists()
    workbook.close()
    return file.getvalue()


def _records(model: Any, centre: Centre) -> Iterator[Any]:
    if model is Patient:
        return model.objects.filter(centre=centre).order_by("number").iterator(chunk_size=2000)
    order = ("patient__number", *((model.number_field,) if model.repeats else ()))
    rows = model.objects.filter(centre=centre).select_related("patient").order_by(*order)
    return rows.iterator(chunk_size=2000)


def _styles(book: Any) -> dict[str, Any]:
    heading = {"bold": True, "bg_color": "#e3ecf5", "border": 1, "border_color": "#b8c6d6"}
    return {
        "name": book.add_format(heading),
        "label": book.add_format(heading | {"bold": False, "text_wrap": True, "valign": "top", "font_size": 9}),
        "quiet": book.add_format({"font_color": "#5b6770", "num_format": "@"}),
        "text": book.add_format({"num_format": "@"}),
        "number": book.add_format({"num_format": "General"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


class _Book:
    """The workbook being written: its styles, and the hidden sheet with the answers of the drop-downs."""

    def __init__(self, book: Any) -> None:
        self.book, self.styles = book, _styles(book)
        self._lists: dict[tuple[str, ...], int] = {}

    def range_of(self, answers: tuple[str, ...]) -> str:
        place = self._lists.setdefault(answers, len(self._lists))
        first = xl_rowcol_to_cell(0, place, row_abs=True, col_abs=True)
        last = xl_rowcol_to_cell(len(answers) - 1, place, row_abs=True, col_abs=True)
        return f"=lists!{first}:{last}"

    def write_lists(self) -> None:
        sheet = self.book.add_worksheet("lists")
        for answers, place in self._lists.items():
            sheet.write_column(0, place, answers)
        sheet.hide()


def _columns(model: Any) -> Iterator[_Column]:
    patient = str(Patient._meta.get_field("number").verbose_name)
    yield _Column(targets.PATIENT, patient, "key")
    if model.repeats and model.number_field == targets.NUMBER:
        yield _Column(targets.NUMBER, _("Number"), "int")
    yield _Column(targets.STATE, _("complete, or in progress for a draft"), "state", choices=STATES)
    for field in crf_fields(model):
        if field.crf.name in (targets.PATIENT, targets.CENTRE):
            continue
        yield _Column(field.crf.name, _label(field), field.crf.kind, field, tuple(_answers(field)))
        if field.crf.may_be_missing:
            reasons = tuple(f"{code}: {label}" for code, label in REASONS.items())
            label = _("Reason missing: %(item)s") % {"item": field.verbose_name}
            yield _Column(f"{field.crf.name}{targets.MISSING}", label, "reason", field, reasons)
    yield _Column(targets.VERSION, _("of the registry when this workbook was made; leave it"), "version")


def _label(field: Any) -> str:
    return f"{field.verbose_name} ({field.crf.unit})" if field.crf.unit else str(field.verbose_name)


def _answers(field: Any) -> Iterator[str]:
    """What a drop-down offers: the code and its label, read again by the code."""
    match field.crf.kind:
        case "bool":
            yield from (_in_english(True), _in_english(False))
        case "choice":
            yield from (f"{code}: {label}" for code, label in field.crf.choices.items())


def _in_english(value: bool) -> str:
    return "yes" if value else "no"


def _write_form(book: _Book, model: Any, records: Any) -> None:
    sheet = book.book.add_worksheet(model.form)
    columns = list(_columns(model))
    for place, column in enumerate(columns):
        _write_heading(book, sheet, place, column)
    sheet.set_row(1, 62)
    sheet.freeze_panes(FIRST_ROW, 1)
    row = FIRST_ROW - 1
    for row, record in enumerate(records, start=FIRST_ROW):
        for place, column in enumerate(columns):
            _write_cell(sheet, (row, place), _value(column, record))
    sheet.autofilter(0, 0, max(row, FIRST_ROW), len(columns) - 1)


def _write_heading(book: _Book, sheet: Any, place: int, column: _Column) -> None:
    sheet.write_string(0, place, column.name, book.styles["name"])
    sheet.write_string(1, place, column.label, book.styles["label"])
    if note := note_of(column.field, column.kind):
        sheet.write_comment(0, place, note, {"x_scale": 2.2, "y_scale": 2})
    style = book.styles[_STYLES.get(column.kind, "text")]
    sheet.set_column(place, place, _WIDTHS.get(column.kind, 16), style, {"hidden": column.kind == "version"})
    if column.choices:
        rule = {"validate": "list", "source": book.range_of(column.choices)} | _warning()
        sheet.data_validation(FIRST_ROW, place, FIRST_ROW + ROWS_WITH_LISTS, place, rule)


def _warning() -> dict[str, Any]:
    """A code alone, or the word that clears, may be typed as well."""
    return {
        "error_type": "warning",
        "error_title": _("Not in the list"),
        "error_message": _("Choose from the list, type a code, or %(word)s to empty the item.") % {"word": CLEAR},
    }


def _write_cell(sheet: Any, at: tuple[int, int], value: Any) -> None:
    match value:
        case None | "":
            return
        case dt.date():
            sheet.write_datetime(*at, dt.datetime(value.year, value.month, value.day))
        case str():
            sheet.write_string(*at, value)
        case _:
            sheet.write_number(*at, value)


def _value(column: _Column, record: Any) -> Any:
    match column.kind:
        case "key":
            return str(record if record.form == "patient" else record.patient)
        case "state":
            return str(record.state)
        case "version":
            return record.version
        case "reason":
            reason = record.missing.get(column.field.name)
            return f"{reason}: {REASONS[reason]}" if reason else None
    if column.field is None:
        return record.instance_no
    return _answer(column.field, getattr(record, column.field.attname))


def _answer(field: Any, value: Any) -> Any:
    if value is None:
        return None
    match field.crf.kind:
        case "bool":
            return _in_english(value)
        case "choice":
            return f"{value}: {field.crf.choices[value]}"
        case "multi-choice":
            return ";".join(value)
        case "partial-date":
            return str(value)
        case "decimal" if len(value.as_tuple().digits) > MOST_DIGITS:
            return format(value, "f")
        case "date" if value.year < 1900:  # before the calendar of a spreadsheet
            return value.isoformat()
    return value
