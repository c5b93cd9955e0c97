import re
from typing import Any
from xml.etree import ElementTree

import pytest

from analytics.reports import figures
from analytics.reports.figures import describe
from tests.analytics.reports.figures.entries import entry

pytestmark = pytest.mark.slow  # figures are drawn

SVG = "{http://www.w3.org/2000/svg}"


def draw(entry: dict[str, Any]) -> str:
    return figures.as_svg(entry, figures.draw(entry))


@pytest.fixture(scope="module")
def survival(reference_results: dict[str, Any]) -> str:
    return draw(entry(reference_results, "overall-survival"))


@pytest.fixture(scope="module")
def incidence(reference_results: dict[str, Any]) -> str:
    return draw(entry(reference_results, "cumulative-incidence"))


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - written by this project


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter(f"{SVG}text")]


def test_the_same_results_give_the_same_bytes(reference_results: dict[str, Any], survival: str) -> None:
    assert draw(entry(reference_results, "overall-survival")) == survival


def test_a_strict_content_security_policy_has_nothing_to_block(survival: str, incidence: str) -> None:
    for svg in (survival, incidence):
        assert "style=" not in svg
        assert "<style" not in svg
        assert "<script" not in svg
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_the_numbers_at_risk_stand_under_the_axis(survival: str) -> None:
    words = texts(survival)
    assert "Number at risk, cumulative events" in words
    assert words[words.index("at risk") :][:3] == ["at risk", "58", "26"]
    assert words[words.index("deaths") :][:3] == ["deaths", "0", "28"]
    for at_risk in ("58", "26", "15", "8"):
        assert at_risk in words


def test_at_risk_counts_those_not_yet_gone_and_events_those_by_then(reference_results: dict[str, Any]) -> None:
    curve = entry(reference_results, "overall-survival")
    line = curve["value"]["lines"][0]
    after_a_year = [number for day, number in zip(line["time"], line["n_risk"], strict=True) if day >= 365.25]
    assert str(after_a_year[0]) in texts(draw(curve))
    deaths = sum(event for day, event in zip(line["time"], line["n_event"], strict=True) if day <= 365.25)
    assert str(deaths) in texts(draw(curve))


def test_two_lines_differ_without_colour(incidence: str) -> None:
    assert "stroke-dasharray" in incidence
    colours = set(re.findall(r"#[0-9a-f]{6}", incidence))
    assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in colours)


def test_censored_patients_are_marked(reference_results: dict[str, Any], survival: str) -> None:
    line = entry(reference_results, "overall-survival")["value"]["lines"][0]
    censoring_days = sum(count > 0 for count in line["n_censor"])
    marks = [
        group
        for group in parsed(survival).iter(f"{SVG}g")
        if "clip-path" in group.attrib and len(group.findall(f"{SVG}use")) == censoring_days
    ]
    assert len(marks) == 1


def test_a_screen_reader_hears_title_and_description(survival: str) -> None:
    root = parsed(survival)
    assert root.attrib["role"] == "img"
    ids = {element.attrib["id"]: element.text for element in root if "id" in element.attrib}
    title, description = (ids[name] for name in root.attrib["aria-labelledby"].split())
    assert title == "Overall survival from the first INO dose"
    assert description and "58 patients" in description and "36 deaths" in description
    assert "11.2 months (7.59 to 37.1)" in description


def test_two_figures_in_one_page_share_no_id(survival: str, incidence: str) -> None:
    def ids(svg: str) -> set[str]:
        return {element.attrib["id"] for element in parsed(svg).iter() if "id" in element.attrib}

    assert not ids(survival) & ids(incidence)


@pytest.mark.parametrize("name", ["overall-survival", "cumulative-incidence"])
def test_every_reference_inside_a_figure_leads_somewhere(reference_results: dict[str, Any], name: str) -> None:
    root = parsed(draw(entry(reference_results, name)))
    ids = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    used = {element.attrib["href"][1:] for element in root.iter() if "href" in element.attrib}
    used |= {
        element.attrib["clip-path"].removeprefix("url(#").removesuffix(")")
        for element in root.iter()
        if "clip-path" in element.attrib
    }
    assert used and used <= ids


def test_the_description_names_population_and_clock(reference_results: dict[str, Any]) -> None:
    words = describe(entry(reference_results, "cumulative-incidence"))
    assert "Time from first CR or CRi on INO, day of HCT for patients without" in words
    assert "20 relapses, 21 deaths in remission" in words
