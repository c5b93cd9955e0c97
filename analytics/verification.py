"""Whether a published report still is what it was: nothing stored was altered, and its numbers come out again."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose
from typing import Any

from analytics.models import Report
from analytics.publish import source_of
from analytics.reports.kinds import KINDS
from analytics.reports.software import code_version
from analytics.snapshots import SnapshotAltered
from registry.crf.rows import canonical_json, digest, digest_of_bytes

TOLERANCE = 1e-9  # relative: another processor or library may round the last digits otherwise


@dataclass(frozen=True)
class Verdict:
    """``faults`` name what was altered and which numbers differ; without any the report is verified."""

    code_version: str
    is_same_code: bool
    entries: int
    faults: tuple[str, ...]

    @property
    def is_verified(self) -> bool:
        return not self.faults


def verify(report: Report) -> Verdict:
    """Check every stored hash, compute the report again from its snapshot, and compare each entry."""
    stored = {result.entry: result.value for result in report.results.all()}
    faults = [*_altered_files(report), *_altered_results(report)]
    try:
        faults += _differences(stored, _computed_again(report))
    except SnapshotAltered as altered:
        faults.append(str(altered))
    version = code_version()
    return Verdict(version, version == report.code_version, len(stored), tuple(faults))


def _altered_files(report: Report) -> Iterator[str]:
    for file in report.files.all():
        if digest_of_bytes(bytes(file.content)) != file.sha256:
            yield f"The stored file {file.name} was altered."
    results = next((file for file in report.files.all() if file.name == "results.json"), None)
    if results is None or results.sha256 != report.sha256:
        yield "The file results.json is not the one that was published."


def _altered_results(report: Report) -> Iterator[str]:
    for result in report.results.all():
        if digest(canonical_json([result.value])) != result.sha256:
            yield f"The stored result {result.entry} was altered."


def _computed_again(report: Report) -> dict[str, Any]:
    source = source_of(report.snapshot, data_state=report.data_state, centre=report.centre_id)
    content = KINDS[report.kind](source, lambda _: None)
    return {entry["id"]: entry for entry in json.loads(content.results_text)["entries"]}


def _differences(stored: Mapping[str, Any], computed: Mapping[str, Any]) -> Iterator[str]:
    for entry, value in stored.items():
        if entry not in computed:
            yield f"{value['title']}: not part of this version of the analysis."
        elif place := first_difference(_numbers(value), _numbers(computed[entry])):
            yield f"{value['title']}: {place}"


def _numbers(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry found; its title and the names of methods may be worded better in a later version."""
    return {name: entry[name] for name in ("n", "n_excluded", "error", "value")}


def first_difference(stored: Any, computed: Any, place: str = "") -> str:
    """Where two values of results.json differ first, in words; empty where they do not."""
    if isinstance(stored, dict) and isinstance(computed, dict):
        pairs = [(key, stored[key], computed.get(key)) for key in stored]
    elif isinstance(stored, list) and isinstance(computed, list) and len(stored) == len(computed):
        rows = zip(stored, computed, strict=True)
        pairs = [(_name(number, one), one, other) for number, (one, other) in enumerate(rows, 1)]
    else:
        return "" if _is_same(stored, computed) else f"{place} was {stored!r}, is now {computed!r}".strip()
    found = (first_difference(one, other, f"{place} {key}".strip()) for key, one, other in pairs)
    return next((difference for difference in found if difference), "")


def _name(number: int, value: Any) -> str:
    """A row by its label, if it has one."""
    return str(value["label"]) if isinstance(value, dict) and "label" in value else str(number)


def _is_same(stored: Any, computed: Any) -> bool:
    if isinstance(stored, float) and isinstance(computed, float):
        return isclose(stored, computed, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return bool(stored == computed)
