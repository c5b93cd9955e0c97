"""Curves of several groups in one figure, the numbers read from each, and the test between them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Mask
from analytics.plan.counting import left_out
from analytics.plan.curves import incidence_at, incidence_line, median_time, survival_at, survival_line
from analytics.plan.groups import Members
from analytics.plan.registry import NotPossible
from analytics.plan.results import Curve, Line, Number
from analytics.stats import IncidenceCurve, SurvivalCurve, cumulative_incidence, kaplan_meier

AT_MONTHS = 24
Cause = tuple[str, str]  # its name, and what its events are called


def survival_by_group(members: Members, data: AnalysisDataSet, title: str, *, test: Number) -> Curve:
    """Overall survival from HCT: median and survival at 24 months of each group, and the test between them."""
    time, event = data.numbers("os_hct_days"), data.flag("os_event")
    curves = {label: kaplan_meier(time[mask], event[mask]) for label, mask in members.items()}
    numbers = [number for label, mask in members.items() for number in _read(label, curves[label], mask, event)]
    return Curve(
        **_patients(members, data),
        quantity="Overall survival",
        origin="HCT",
        groups=title,
        lines=tuple(
            survival_line(label, "deaths", curves[label], n=Count(mask), n_events=Count(mask & event))
            for label, mask in members.items()
        ),
        landmarks=(*numbers, replace(test, label="Between the groups")),
    )


def incidence_by_group(
    members: Members,
    data: AnalysisDataSet,
    title: str,
    *,
    causes: Mapping[int, Cause],
    origin: str,
    tests: Mapping[int, Number],
) -> Curve:
    """Each of the competing events in a panel of its own: incidence at 24 months of each group, and the tests."""
    curves = {label: _curves(data, mask) for label, mask in members.items()}
    lines: list[Line] = []
    numbers: list[Number] = []
    for cause, (name, events) in causes.items():
        for label, mask in members.items():
            line, number = _incidence(data, mask, cause, name=name, label=label, found=curves[label].get(cause))
            lines.append(replace(line, events=events))
            numbers.append(number)
        numbers.append(replace(tests[cause], label=f"{name[0].upper()}{name[1:]} between the groups"))
    return Curve(
        **_patients(members, data),
        quantity="Cumulative incidence",
        origin=origin,
        groups=title,
        lines=tuple(lines),
        landmarks=tuple(numbers),
    )


def _patients(members: Members, data: AnalysisDataSet) -> dict[str, Any]:
    """How many are in a group, and how many in none."""
    if not members:
        raise NotPossible("nobody is in any of the groups")
    anywhere = np.logical_or.reduce(list(members.values()))
    return {"n": Count(anywhere), "n_excluded": left_out("group not known", Count(~anywhere))}


def _read(label: str, curve: SurvivalCurve, mask: Mask, event: Mask) -> Iterator[Number]:
    about = Number(
        label=f"Median, {label}",
        n=Count(mask),
        events=Count(mask & event),
        population=label,
        method="Kaplan-Meier",
        unit="%",
    )
    yield median_time(curve, about)
    yield survival_at(curve, AT_MONTHS, replace(about, label=f"At {AT_MONTHS} months, {label}"))


def _curves(data: AnalysisDataSet, mask: Mask) -> dict[int, IncidenceCurve]:
    """By cause; none where nothing happened to anybody."""
    time, status = data.numbers("ci_days")[mask], data.codes("ci_status")[mask].astype(float)
    return cumulative_incidence(time, status) if status.any() else {}


def _incidence(
    data: AnalysisDataSet, mask: Mask, cause: int, *, name: str, label: str, found: IncidenceCurve | None
) -> tuple[Line, Number]:
    """A group in which the event never happened has a line at 0."""
    time, status = data.numbers("ci_days")[mask], data.codes("ci_status")[mask].astype(float)
    happened = mask & (data.codes("ci_status") == str(cause))
    days = np.unique(time)
    curve = found or IncidenceCurve(days, *(np.zeros(days.size) for _ in range(4)))
    about = Number(
        label=f"{name[0].upper()}{name[1:]} at {AT_MONTHS} months, {label}",
        n=Count(mask),
        events=Count(happened),
        population=label,
        method="Aalen-Johansen",
        unit="%",
    )
    number = incidence_at(found, AT_MONTHS, about)
    if found is None:
        number = replace(number, error="no such event in the group")
    line = incidence_line(label, "", curve, time=time, status=status, cause=cause)
    return replace(line, panel=name[0].upper() + name[1:], n=about.n, n_events=Count(happened)), number
