"""What a file would do, row by row and cell by cell, the faults first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from registry.actions.importing.batches import to_write
from registry.actions.importing.rows import Cell, CellState, FileRow
from registry.crf.titles import title_of_number
from registry.models import FORMS_BY_NAME, ImportBatch, ImportRow

ROWS_PER_PAGE: Final = 25
Outcome = ImportRow.Outcome
# What a list of rows can be narrowed to, in the order of its worth to the reader.
SHOWN: Final = {
    "faults": (_("Faults"), (Outcome.FAULT,)),
    "conflicts": (_("Conflicts"), (Outcome.CONFLICT,)),
    "changes": (_("Changes"), (Outcome.CHANGED, Outcome.CONFLICT)),
    "new": (_("New"), (Outcome.NEW,)),
    "same": (_("As in the registry"), (Outcome.SAME,)),
}
STATES: Final = {
    CellState.NEW: _("new"),
    CellState.SAME: _("same"),
    CellState.CHANGED: _("changed"),
    CellState.KEEP: _("blank: kept"),
    CellState.CLEAR: _("cleared"),
    CellState.CONFLICT: _("conflict: not imported"),
    CellState.FAULT: _("fault"),
}
QUIET: Final = (CellState.SAME, CellState.KEEP)


@dataclass(frozen=True)
class CellView:
    """One line of the preview."""

    address: str
    label: str
    text: str
    before: str
    state: CellState
    faults: list[Any]

    @property
    def word(self) -> Any:
        return STATES[self.state]


@dataclass(frozen=True)
class RowView:
    row: ImportRow
    title: str
    cells: list[CellView]
    quiet: list[CellView]

    @property
    def may_be_chosen(self) -> bool:
        return self.row.outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.CONFLICT)


@dataclass(frozen=True)
class Tab:
    name: str
    label: Any
    count: int


def preview_of(batch: ImportBatch, asked: Mapping[str, str]) -> dict[str, Any]:
    tabs = [Tab(name, label, _count(batch, outcomes)) for name, (label, outcomes) in SHOWN.items()]
    shown = asked.get("show", "")
    if shown not in SHOWN:
        shown = next((tab.name for tab in tabs if tab.count), "same")
    rows = ImportRow.objects.filter(batch=batch, outcome__in=SHOWN[shown][1]).order_by("pk")
    page = Paginator(rows, ROWS_PER_PAGE).get_page(asked.get("page"))
    return {
        "tabs": tabs,
        "shown": shown,
        "page": page,
        "rows": [view_of(row) for row in page],
        "to_write": to_write(batch).count(),
        "faults": batch.counts.get("faults", 0),
        "rows_with_faults": batch.counts.get(Outcome.FAULT, 0),
    }


def _count(batch: ImportBatch, outcomes: tuple[str, ...]) -> int:
    return sum(batch.counts.get(outcome, 0) for outcome in outcomes)


def view_of(stored: ImportRow) -> RowView:
    row = FileRow.from_json(stored.content)
    model = FORMS_BY_NAME[row.form]
    title = title_of_number(model, row.number) if model.repeats else str(model._meta.verbose_name)
    cells = [*_keys(row), *(_cell(row, cell, model) for cell in row.cells)]
    return RowView(
        stored,
        title,
        [cell for cell in cells if cell.state not in QUIET or cell.faults],
        [cell for cell in cells if cell.state in QUIET and not cell.faults and (cell.text or cell.before)],
    )


def _keys(row: FileRow) -> Iterator[CellView]:
    """The cells that say which record the row is: shown where they are at fault."""
    own = {cell.column for cell in row.cells}
    for column in dict.fromkeys(fault.column for fault in row.faults if fault.column not in own):
        label = _("Patient") if column == row.key_column else _("Number")
        yield CellView(f"{column}{row.row}", str(label), row.text_at(column), "", CellState.FAULT, _faults(row, column))


def _cell(row: FileRow, cell: Cell, model: Any) -> CellView:
    faults = _faults(row, cell.column)
    state = CellState.FAULT if faults else cell.state
    label = str(model._meta.get_field(cell.field).verbose_name)
    return CellView(f"{cell.column}{row.row}", label, cell.text, cell.before, state, faults)


def _faults(row: FileRow, column: str) -> list[Any]:
    return [fault for fault in row.faults if fault.column == column]
