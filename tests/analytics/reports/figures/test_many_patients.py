"""Figures of more patients than a page has room for."""

from typing import Any

import pytest

from analytics.reports import figures
from tests.analytics.reports.figures.entries import entry

pytestmark = pytest.mark.slow  # figures are drawn


def test_of_many_courses_each_so_manieth_is_drawn_and_the_caption_says_so(reference_results: dict[str, Any]) -> None:
    courses = entry(reference_results, "courses")
    rows = courses["value"]["rows"] * 100
    many = courses | {"value": courses["value"] | {"rows": rows}}
    lines = figures.draw(many).axes[0].collections[0].get_segments()
    assert len(rows) == 5800 and len(lines) == 149
    assert figures.caption(many).endswith("a line a patient, one of every 39 by length of the course")
    assert figures.caption(courses).endswith("; a line a patient")


def test_censoring_marks_that_would_run_into_each_other_are_left_out(reference_results: dict[str, Any]) -> None:
    survival = entry(reference_results, "overall-survival")
    line = survival["value"]["lines"][0]
    days = list(range(1, 1001))
    crowd = {name: [line[name][0]] * 1000 for name in ("n_risk", "n_event", "estimate", "lower", "upper")}
    crowded = line | crowd | {"time": days, "n_censor": [1] * 1000}
    many = survival | {"value": survival["value"] | {"lines": [crowded]}}
    assert "censored" not in figures.caption(many)
    assert "censored" in figures.caption(survival)
    assert [len(each.axes[0].lines) for each in (figures.draw(many), figures.draw(survival))] == [1, 2]
