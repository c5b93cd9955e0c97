"""At which cell of a file a finding is shown. A finding names every item concerned; who corrects needs one cell."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from registry.actions.importing.compare import RowPlan
from registry.actions.importing.rows import CellState, Fault
from registry.checks.finding import Finding, Place

CHANGED = (CellState.NEW, CellState.CHANGED, CellState.CLEAR)


@dataclass(frozen=True)
class _Spot:
    """A cell of the file: `plan` is the place of its row in the list."""

    plan: int
    column: str
    is_changed: bool = False


def put_at_cells(plans: Sequence[RowPlan], findings: Sequence[Finding]) -> None:
    """Each finding at one cell, and all together at as few cells as explain them: the fewer, the likelier.

    What concerns one cell only is put there first. Then the cell in most findings takes these, and so on: a changed
    cell before one that was not touched, one that has a fault already before others.
    """
    waiting = [(finding, list(_spots(plans, finding))) for finding in findings]
    blamed = {found[0] for _finding, found in waiting if len(found) == 1}
    while waiting:
        often = Counter(spot for _finding, found in waiting for spot in found)
        best = max(often, key=lambda spot: (spot in blamed, spot.is_changed, often[spot]))
        for finding, found in waiting:
            if best in found:
                _show(plans[best.plan], best.column, finding)
        waiting = [(finding, found) for finding, found in waiting if best not in found]


def _show(plan: RowPlan, column: str, finding: Finding) -> None:
    fault = Fault(column, finding.message, finding.check_id)
    if fault not in plan.row.faults and not _is_said_of_the_key(plan, fault):
        plan.row.faults.append(fault)


def _is_said_of_the_key(plan: RowPlan, fault: Fault) -> bool:
    """A patient number that cannot be is said so once, by who read it."""
    is_key = fault.column == plan.row.key_column and fault.check_shown
    return bool(is_key) and any((fault.column, fault.check_id) == (f.column, f.check_id) for f in plan.row.faults)


def _spots(plans: Sequence[RowPlan], finding: Finding) -> Iterator[_Spot]:
    """The cells of the items concerned; the row as a whole where the file has no cell for them."""
    concerned = [
        (index, place)
        for place in finding.places
        for index, plan in enumerate(plans)
        if place.form == plan.row.form and place.instance_no in (None, getattr(plan.record, "instance_no", None))
    ]
    cells = [spot for index, place in concerned if (spot := _spot(index, plans[index], place))]
    written = [spot for spot in cells if plans[spot.plan].writes]
    yield from written or [_whole_row(plans, [index for index, _place in concerned])]


def _spot(index: int, plan: RowPlan, place: Place) -> _Spot | None:
    if cell := plan.row.cell_of(place.field):
        return _Spot(index, cell.column, cell.state in CHANGED)
    if place.field == getattr(plan.record, "number_field", ""):
        return _Spot(index, plan.row.number_column or plan.row.key_column)
    if place.field in ("number", "centre"):
        return _Spot(index, plan.row.key_column)
    return None


def _whole_row(plans: Sequence[RowPlan], concerned: list[int]) -> _Spot:
    index = next((index for index in concerned if plans[index].writes), concerned[0])
    return _Spot(index, plans[index].row.key_column)
