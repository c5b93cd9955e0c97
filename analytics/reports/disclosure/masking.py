"""Entries of all centres as a reader of one centre may see them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Mask
from analytics.plan.clock import in_days
from analytics.reports import display
from analytics.reports.disclosure.audit import Audit
from analytics.reports.disclosure.cells import Path, cells
from analytics.reports.disclosure.steps import Others, in_steps, month_of

Json = Any

HIDDEN: Final = "not shown"
COUNTS: Final = ("n", "events", "value")


def masked(
    entries: Sequence[Mapping[str, Any]], data: AnalysisDataSet, own: Mask, *, threshold: int
) -> list[dict[str, Json]]:
    """The same entries without small cells, and without those from which a small one could be worked out.

    ``own`` are the rows of the reader's centre. In place of a cell stands "<5" or "not shown"; estimates that rest on
    such a cell, single days of a curve and the extremes of a measured value are left out.
    """
    found = [_in_steps(entry, data, own, threshold) for entry in entries]
    audit = Audit(cells(found), own, threshold)
    audit.protect()
    hidden = {
        path: f"<{threshold}" if group.is_below else HIDDEN
        for group in audit.groups
        if not group.is_printed
        for path in group.paths
    }
    return [_written(entry, (place,), hidden) for place, entry in enumerate(found)]


def _in_steps(entry: Mapping[str, Any], data: AnalysisDataSet, own: Mask, threshold: int) -> dict[str, Json]:
    """A curve with its lines in steps, and without what is read from it where the others are few."""
    if entry["kind"] != "curve" or entry["error"]:
        return dict(entry)
    curve = entry["value"]
    others = {
        line["label"]: Others.of(data, own, quantity=curve["quantity"], event=line["label"], threshold=threshold)
        for line in curve["lines"]
    }
    lines = [in_steps(line, others[line["label"]]) for line in curve["lines"]]
    landmarks = [_landmark(number, others) for number in curve["landmarks"]]
    return {**entry, "value": curve | {"lines": lines, "landmarks": landmarks}}


def _landmark(number: Mapping[str, Any], others: Mapping[str, Others]) -> dict[str, Json]:
    month = month_of(number["label"])
    if month is None or number["error"]:
        return dict(number)
    (of_line,) = (each for label, each in others.items() if label.split(" ")[0] in number["label"].lower())
    if of_line.are_enough_at(in_days(month)):
        return dict(number)
    return {**number, "value": None, "lower": None, "upper": None, "error": HIDDEN}


def _written(found: Json, path: Path, hidden: Mapping[Path, str]) -> Json:
    """A copy with what stands in place of the hidden cells, and printed digits only."""
    if path in hidden:
        return hidden[path]
    match found:
        case Count():
            return int(found)
        case list():
            return [_written(value, (*path, place), hidden) for place, value in enumerate(found)]
        case dict():
            copy = {name: _written(value, (*path, name), hidden) for name, value in found.items()}
            return _number(copy) if "unit" in copy else copy
    return found


def _number(number: dict[str, Json]) -> dict[str, Json]:
    if number["interval"] == "range":  # the smallest and the largest are values of single patients
        number |= {"lower": None, "upper": None, "interval": ""}
    if number["unit"] == "patients":
        return number
    if any(isinstance(number[name], str) for name in COUNTS):
        return number | {"value": None, "lower": None, "upper": None, "p": None, "error": number["error"] or HIDDEN}
    return number | {name: _rounded(number[name], number["unit"]) for name in ("value", "lower", "upper")}


def _rounded(value: float | None, unit: str) -> float | None:
    return None if value is None or not np.isfinite(value) else float(display.amount(value, unit).replace(",", ""))
