"""What the page says while a reader moves along the curves."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from analytics.reports import figures
from analytics.reports.display import amount
from analytics.reports.figures.readings import in_words
from tests.analytics.reports.figures.entries import entry

SVG = "{http://www.w3.org/2000/svg}"
LINE = {
    "label": "overall survival",
    "events": "deaths",
    "panel": "",
    "start": 1.0,
    "time": [61, 92, 122],  # days: 2.004, 3.02 and 4.008 months
    "n_risk": [3, 2, 1],
    "n_event": [1, 0, 1],
    "n_censor": [0, 1, 0],
    "estimate": [2 / 3, 2 / 3, 0.0],
    "lower": [0.3, 0.3, None],
    "upper": [1.0, 1.0, None],
}


def test_each_month_says_what_stood_just_before_and_what_had_happened_by_then() -> None:
    assert in_words([LINE]) == [
        "0 months: overall survival 100.0% (95% CI 100.0 to 100.0%), at risk 3, deaths 0",
        "1 month: overall survival 100.0% (95% CI 100.0 to 100.0%), at risk 3, deaths 0",
        "2 months: overall survival 100.0% (95% CI 100.0 to 100.0%), at risk 3, deaths 0",
        "3 months: overall survival 66.7% (95% CI 30.0 to 100.0%), at risk 2, deaths 1",
        "4 months: overall survival 66.7% (95% CI 30.0 to 100.0%), at risk 1, deaths 1",
    ]


def test_nothing_is_read_from_a_line_on_which_nobody_is_left() -> None:
    longer = LINE | {"label": "others", "time": [61, 92, 190], "panel": "Relapse"}
    assert in_words([LINE, longer])[5] == (
        "5 months: overall survival: nobody at risk; Relapse, others 66.7% (95% CI 30.0 to 100.0%), at risk 1, deaths 1"
    )


def test_a_limit_that_does_not_exist_is_left_out() -> None:
    last = LINE | {"time": [10, 20, 200], "estimate": [0.5, 0.4, 0.4], "upper": [None, None, None]}
    assert in_words([last])[1] == "1 month: overall survival 40.0%, at risk 1, deaths 1"


@pytest.mark.slow
def test_a_landmark_is_read_as_the_table_prints_it(reference_results: dict[str, Any]) -> None:
    survival = entry(reference_results, "overall-survival")
    spoken = json.loads(figures.block(survival).reading)["months"]
    for months in (12, 24):
        (landmark,) = (row for row in survival["value"]["landmarks"] if row["label"].endswith(f"at {months} months"))
        limits = (amount(landmark[name], "%") for name in ("lower", "upper"))
        said = f"{months} months: overall survival {amount(landmark['value'], '%')}% (95% CI {' to '.join(limits)}%)"
        assert spoken[months].startswith(said)


@pytest.mark.slow
def test_the_panels_lie_where_the_axes_are_drawn(reference_results: dict[str, Any]) -> None:
    block = figures.block(entry(reference_results, "incidence-by-conditioning"))
    parsed = ElementTree.fromstring(block.svg)  # noqa: S314 - written by this project
    clipped = [[float(box.attrib[name]) for name in ("x", "y", "width", "height")] for box in parsed.iter(f"{SVG}rect")]
    edges = [[x, x + width, y, y + height] for x, y, width, height in clipped]
    panels = json.loads(block.reading)["panels"]
    assert len(panels) == 2
    for panel in panels:
        assert any(panel == pytest.approx(box, abs=0.01) for box in edges)
