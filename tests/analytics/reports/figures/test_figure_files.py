"""One figure as SVG, PDF, PNG and the data behind it, in the widths of a journal's columns."""

import csv
import datetime as dt
import io
import struct
import subprocess
from typing import Any
from xml.etree import ElementTree

import pytest

from analytics.reports import figures
from analytics.reports.figures.canvas import DOUBLE_COLUMN, SINGLE_COLUMN
from analytics.reports.figures.files import MEDIA_TYPES, file
from tests.analytics.reports.figures.entries import drawn, entry

pytestmark = pytest.mark.slow  # figures are drawn

NOW = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
OF_EACH_KIND = ("overall-survival", "incidence-by-donor", "relapse-factors", "sos-by-centre", "courses")
MILLIMETRES = {SINGLE_COLUMN: 85, DOUBLE_COLUMN: 170}


@pytest.mark.parametrize("width", MILLIMETRES)
@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_a_picture_is_as_wide_as_the_column_at_300_dots_an_inch(
    reference_results: dict[str, Any], name: str, width: float
) -> None:
    png = file(entry(reference_results, name), "png", at=NOW, width=width).content
    across, _ = struct.unpack(">II", png[16:24])
    assert across == pytest.approx(MILLIMETRES[width] / 25.4 * 300, abs=1)
    assert png[37:41] == b"pHYs" and struct.unpack(">IIB", png[41:50]) == (11811, 11811, 1)


@pytest.mark.parametrize("width", MILLIMETRES)
def test_every_figure_fits_its_sheet(reference_results: dict[str, Any], width: float) -> None:
    for found in drawn(reference_results):
        figure = figures.draw(found, width)
        figure.draw_without_rendering()  # labels of axes find their places
        across, down = figure.get_size_inches() * figure.dpi
        for axes in figure.axes:
            for text in (*axes.texts, axes.xaxis.label, axes.yaxis.label):
                box = text.get_window_extent()
                name = f"{found['id']}: {text.get_text()!r}"
                assert (box.x0 >= -1, box.x1 <= across + 1, box.y0 >= -1, box.y1 <= down + 1) == (True,) * 4, name
            assert all(label.get_window_extent().x0 >= -1 for label in axes.get_yticklabels()), found["id"]
        assert down / figure.dpi < 247 / 25.4  # a page of A4


def test_letters_have_the_size_that_journals_ask_for(reference_results: dict[str, Any]) -> None:
    svg = file(entry(reference_results, "overall-survival"), "svg", at=NOW).content.decode()
    assert 'font-size="8px"' in svg
    assert "font-family=\"'DejaVu Sans', Verdana, Arial, sans-serif\"" in svg


@pytest.mark.needs_pdftotext
def test_the_pdf_holds_the_words_of_the_figure(reference_results: dict[str, Any]) -> None:
    pdf = file(entry(reference_results, "overall-survival"), "pdf", at=NOW).content
    words = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "Number at risk, cumulative events" in words
    assert "Months since first INO dose" in words


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_data_behind_curves_are_their_steps_at_full_precision(reference_results: dict[str, Any]) -> None:
    survival = entry(reference_results, "overall-survival")
    found = rows(file(survival, "csv", at=NOW).content)
    line = survival["value"]["lines"][0]
    assert [float(row["estimate"]) for row in found] == [1.0, *line["estimate"]]
    assert [float(row["days"]) for row in found] == [0, *line["time"]]
    assert {row["line"] for row in found} == {"overall survival"}


def test_the_data_behind_a_forest_are_its_ratios_and_of_courses_the_days(reference_results: dict[str, Any]) -> None:
    model = entry(reference_results, "survival-model")
    ratios = rows(file(model, "csv", at=NOW).content)
    assert [float(row["value"]) for row in ratios] == [term["value"] for term in model["value"]["terms"]]
    courses = entry(reference_results, "courses")
    days = rows(file(courses, "csv", at=NOW).content)
    assert len(days) == sum(len(row["parts"]) for row in courses["value"]["rows"])


@pytest.mark.parametrize("suffix", MEDIA_TYPES)
def test_the_same_numbers_give_the_same_bytes(reference_results: dict[str, Any], suffix: str) -> None:
    survival = entry(reference_results, "overall-survival")
    assert file(survival, suffix, at=NOW) == file(survival, suffix, at=NOW)


def test_the_download_is_the_figure_of_the_page(reference_results: dict[str, Any]) -> None:
    survival = entry(reference_results, "overall-survival")
    svg = file(survival, "svg", at=NOW).content
    assert svg.decode() == figures.block(survival).svg
    assert ElementTree.fromstring(svg).attrib["role"] == "img"  # noqa: S314 - written by this project
