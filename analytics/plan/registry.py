"""The standing plan: each analysis is one function over the data set with one registration.

    @analysis("sex", title="Sex", section="Patients", kind="table", figures=("P13",), ...)
    def sex(data: AnalysisDataSet) -> Table: ...

A module in ``analytics/plan/entries`` with such a function is all that a new statistic needs.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

from analytics.cohort.data_set import AnalysisDataSet, MissingColumn
from analytics.plan import entries
from analytics.plan.results import Result
from analytics.stats import StatisticsError

logger = logging.getLogger(__name__)

Kind = Literal["number", "table", "curve", "model", "test"]
Drawing = Literal["", "curves", "forest", "funnel", "swimmer"]

SECTIONS = (
    "Patients",
    "Genetics",
    "Treatment before INO",
    "INO and response",
    "Transplant and maintenance",
    "Survival",
    "Survival by group",
    "Relapse and death in remission",
    "Relapse and death in remission by group",
    "Prognostic factors",
    "SOS/VOD",
    "Centres",
)


class NotPossible(ValueError):
    """What the data set does not allow to compute, in words that take the place of the numbers."""


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """What is known about an entry before it is computed; ``figures`` are the ids of published figures in it.

    ``more_figures`` are those that ``published`` of results.json does not name. ``drawn_as`` is the figure that is
    made of its numbers. ``r`` recomputes the numbers in R: an expression that gives a list of their rows, on the data
    frame ``d`` with the functions of ``analytics/reports/r/prelude.R``. What ``names_patients`` by their registry
    number is only in the kinds of report that ask for it.
    """

    id: str
    title: str
    section: str
    kind: Kind
    population: str
    method: str
    software: str
    clock: str = ""
    event: str = ""
    note: str = ""
    drawn_as: Drawing = ""
    figures: tuple[str, ...] = ()
    more_figures: tuple[str, ...] = ()
    names_patients: bool = False
    r: str = ""


@dataclass(frozen=True)
class Entry:
    """An analysis with its result, or the reason why there is none; ``failed`` where that is a fault of ours."""

    analysis: Analysis
    result: Result | None
    error: str = ""
    failed: bool = False


Function = Callable[[AnalysisDataSet], Result]
_PLAN: dict[str, tuple[Analysis, Function]] = {}


def analysis(id: str, **declared: Any) -> Callable[[Function], Function]:
    """Registers a function as an entry of the plan. ``declared`` are the fields of ``Analysis``."""
    entry = Analysis(id=id, **declared)
    if entry.section not in SECTIONS:
        raise ValueError(f"analysis {id}: no section {entry.section!r}")
    if id in _PLAN:
        raise ValueError(f"two analyses have the id {id!r}")

    def register(function: Function) -> Function:
        _PLAN[id] = (entry, function)
        return function

    return register


def plan() -> tuple[tuple[Analysis, Function], ...]:
    """All analyses in the order of the sections, within a section as the paper has them, what it lacks at the end."""
    for module in iter_modules(entries.__path__):
        import_module(f"{entries.__name__}.{module.name}")
    return tuple(sorted(_PLAN.values(), key=_place))  # stable: within a module the order of the definitions stays


def _place(entry: tuple[Analysis, Function]) -> tuple[int, bool, str, str]:
    declared, function = entry
    figures = sorted((*declared.figures, *declared.more_figures))
    return SECTIONS.index(declared.section), not figures, figures[0] if figures else "", function.__module__


def chosen(ids: Sequence[str] | None = None) -> tuple[tuple[Analysis, Function], ...]:
    """The analyses with these ids, in their order; without ids the standing plan."""
    if ids is None:
        return tuple((declared, function) for declared, function in plan() if not declared.names_patients)
    by_id = {declared.id: (declared, function) for declared, function in plan()}
    return tuple(by_id[id] for id in ids)


def run(data: AnalysisDataSet, only: Sequence[str] | None = None) -> tuple[Entry, ...]:
    """The standing plan on one data set, or ``only`` the entries of these ids.

    What cannot be estimated gives the reason in place of numbers.
    """
    return tuple(_compute(declared, function, data) for declared, function in chosen(only))


def _compute(declared: Analysis, function: Function, data: AnalysisDataSet) -> Entry:
    try:
        return Entry(declared, function(data))
    except (MissingColumn, NotPossible, StatisticsError) as error:
        return Entry(declared, None, str(error))
    except Exception as error:
        # One entry that breaks costs itself, not the other numbers; the report says that it is partial.
        logger.exception("the entry %s could not be computed", declared.id)
        return Entry(declared, None, f"could not be computed ({type(error).__name__})", failed=True)
