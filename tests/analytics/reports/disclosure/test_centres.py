"""Centres beside each other: whoever is shown, and whoever is left, is not few."""

import numpy as np
import pytest

from analytics.cohort.count import Count
from analytics.reports.disclosure.centres import with_centres


def row(label: str, n: int, events: int) -> dict[str, object]:
    everybody = np.ones(n, dtype=bool)
    return {"label": label, "n": Count(everybody), "events": Count(np.arange(n) < events), "missing": 0}


def shown(*centres: tuple[int, int], own: tuple[int, int] = (8, 3)) -> list[tuple[str, int, int]]:
    rows = [row("Centre 03", *own), *(row(f"Centre {place:02d}", *each) for place, each in enumerate(centres, start=4))]
    total = row("All centres", sum(n for n, _ in (own, *centres)), sum(events for _, events in (own, *centres)))
    entry = {"value": {"rows": [*rows, total]}}
    found = with_centres({"value": {"rows": [total]}}, entry, "Centre 03", 5)
    return [(each["label"], each["n"], each["events"]) for each in found["value"]["rows"][:-1]]


def test_a_large_centre_is_shown_without_its_number() -> None:
    assert shown((40, 10), (30, 8), (12, 6)) == [
        ("Centre 03", 8, 3),
        ("Another centre", 40, 10),
        ("Another centre", 30, 8),
        ("Another centre", 12, 6),
    ]


@pytest.mark.parametrize("small", [(4, 0), (20, 3), (20, 17)])
def test_a_centre_with_few_patients_few_events_or_few_without_is_not_shown(small: tuple[int, int]) -> None:
    assert ("Another centre", *small) not in shown((40, 10), (30, 8), small)


def test_a_small_centre_is_not_what_is_left_of_all() -> None:
    assert shown((40, 10), (30, 8), (20, 3)) == [("Centre 03", 8, 3), ("Another centre", 40, 10)]
