"""Every number of patients that the plan states knows which patients it counts."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import numpy as np
import pytest

from analytics.cohort.build import Cohort, build
from analytics.cohort.count import Count
from analytics.reports.numbers import numbers
from tests.small_patients import COMPLETE, forms


def test_a_count_is_an_integer_that_knows_its_rows() -> None:
    rows = np.array([True, False, True] * 5)
    count = Count(rows)
    assert (count, count.rows.tolist(), f"{count}") == (10, rows.tolist(), "10")


def test_nobody_is_counted_without_rows() -> None:
    assert (Count(np.zeros(0, dtype=bool)), Count(np.zeros(3, dtype=bool)).rows.sum()) == (0, 0)


def counts_of_number(number: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "n", number["n"]
    yield "events", number["events"]
    yield "missing", number["missing"]
    if number["unit"] == "patients":
        for place, value in enumerate(number["value"] if number["parts"] else [number["value"]]):
            yield f"value {place}", value
    for group in number["groups"]:
        yield f"{group['label']}: n", group["n"]
        yield f"{group['label']}: events", group["events"]


def counts_of(entry: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "n", entry["n"]
    yield from entry["n_excluded"].items()
    if entry["kind"] == "model":
        yield "events", entry["value"]["events"]
    for line in entry["value"]["lines"] if entry["kind"] == "curve" else ():
        yield f"{line['label']}: n", line["n"]
        yield f"{line['label']}: events", line["n_events"]
    for number in numbers(entry):
        for name, count in counts_of_number(number):
            yield f"{number['label']}: {name}", count


def test_every_count_of_the_plan_knows_its_patients(reference_results: dict[str, Any], reference: Cohort) -> None:
    found = [
        (f"{entry['id']}: {name}", count)
        for entry in reference_results["entries"]
        if not entry["error"]
        for name, count in counts_of(entry)
    ]
    without = [name for name, count in found if count and not isinstance(count, Count)]
    assert without == []
    wrong = [name for name, count in found if isinstance(count, Count) and count.rows.size != reference.data_set.n]
    assert wrong == []
    assert len(found) > 1000


def test_the_events_of_a_group_are_among_its_patients(reference_results: dict[str, Any]) -> None:
    for entry in reference_results["entries"]:
        for number in [] if entry["error"] else numbers(entry):
            for group in number["groups"]:
                assert not (group["events"].rows & ~group["n"].rows).any(), entry["id"]


def test_the_rows_of_an_event_count_are_the_patients_who_had_it(
    reference_results: dict[str, Any], reference: Cohort
) -> None:
    entries = {entry["id"]: entry for entry in reference_results["entries"]}
    dead = reference.data_set.flag("os_event")
    assert entries["overall-survival"]["value"]["landmarks"][0]["events"].rows.tolist() == dead.tolist()
    relapsed = reference.data_set.codes("ci_status") == "1"
    assert entries["cumulative-incidence"]["value"]["lines"][0]["n_events"].rows.tolist() == relapsed.tolist()
    with_cycles = reference.data_set.flag("ino_gt2")
    line = entries["survival-by-cycles"]["value"]["lines"][0]
    assert line["n"].rows.tolist() == with_cycles.tolist()
    assert line["n_events"].rows.tolist() == (with_cycles & dead).tolist()


@pytest.mark.parametrize("change", [{}, {"gvhd": []}])
def test_who_is_left_out_and_who_is_analysed_are_together_everybody_enrolled(change: dict[str, Any]) -> None:
    flow = build(forms(**{**deepcopy(COMPLETE), **change})).flow
    together = [flow.steps[-1].n, *flow.left_out.values()]
    assert sum(count.rows.astype(int) for count in together).tolist() == [1] * len(flow.enrolled)
