"""``results.json``: everything the plan gave, at full precision. Same data set and code, same bytes."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.registry import Analysis, Entry, run
from analytics.plan.results import Number, Result
from analytics.reports.software import versions

Json = Any


def results(data: AnalysisDataSet, ids: Sequence[str] | None = None) -> dict[str, Json]:
    """The chosen entries of the plan on a data set, as ``results.json`` has them; without ids the standing plan."""
    return of_entries(run(data, ids), n=data.n, sha256=data.sha256)


def of_entries(entries: Iterable[Entry], *, n: int, sha256: str) -> dict[str, Json]:
    """The content of ``results.json``: what was computed of ``n`` patients, whose data have the hash."""
    found = tuple(entries)
    return {
        "dataset": {"n": n, "sha256": sha256},
        "software": versions(),
        "published": {figure: number for entry in found for figure, number in _published(entry).items()},
        "entries": [_entry(entry) for entry in found],
    }


def as_text(content: Mapping[str, Json]) -> str:
    """Sorted keys, floats as Python's ``repr``, no NaN."""
    return json.dumps(content, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _published(entry: Entry) -> dict[str, Json]:
    if entry.result is None:
        return {figure: _without_number(entry.analysis, entry.error) for figure in entry.analysis.figures}
    named = entry.analysis.figures
    return {number.figure: _figure(number) for number in entry.result.numbers if number.figure in named}


def _figure(number: Number) -> dict[str, Json]:
    return {
        "value": plain(number.value),
        "lower": plain(number.lower),
        "upper": plain(number.upper),
        "p": plain(number.p),
        "n": number.n,
        "events": number.events,
        "population": number.population,
        "method": number.method,
        "error": number.error or None,
    }


def _without_number(declared: Analysis, error: str) -> dict[str, Json]:
    empty = dict.fromkeys(("value", "lower", "upper", "p", "n", "events"))
    return empty | {"population": declared.population, "method": declared.method, "error": error}


def _entry(entry: Entry) -> dict[str, Json]:
    declared, result = entry.analysis, entry.result
    return {
        "id": declared.id,
        "title": declared.title,
        "section": declared.section,
        "kind": declared.kind,
        "population": declared.population,
        "n": result.n if result else None,
        "n_excluded": dict(result.n_excluded) if result else {},
        "clock": declared.clock,
        "event": declared.event,
        "method": declared.method,
        "software": declared.software,
        "note": declared.note,
        "drawn_as": "curves" if declared.kind == "curve" else declared.drawn_as,
        "error": entry.error or None,
        "failed": entry.failed,
        "value": _value(result) if result else None,
    }


def _value(result: Result) -> Json:
    return {key: found for key, found in plain(result).items() if key not in ("n", "n_excluded")}


def plain(value: object) -> Json:
    """Dataclasses, arrays and mappings as JSON; what is not a finite number is null."""
    match value:
        case str() | int() | None:
            return value
        case float():
            return value if math.isfinite(value) else None
        case np.ndarray():
            return [plain(item) for item in value.tolist()]
        case list() | tuple():
            return [plain(item) for item in value]
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"not a value of results.json: {value!r}")
