"""Curves on the report page: read by pointer and by arrow key, told to a screen reader, downloaded."""

import json
import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SURVIVAL = "#overall-survival-figure"


@pytest.fixture
def report(open_as):
    page = open_as("statistician")
    page.goto("/reports/")
    page.click("tbody th a:text('Full analysis')")
    return page


def test_arrow_keys_move_the_line_and_the_words_follow(report):
    figure = report.locator(SURVIVAL)
    months = json.loads(figure.locator(".figure").get_attribute("data-reading"))["months"]
    figure.get_by_label("Read the curve at a month").focus()
    for _ in range(12):
        report.keyboard.press("ArrowRight")
    words = figure.get_by_role("status")
    assert words.text_content() == months[12]
    assert re.match(r"12 months: overall survival 50\.0% \(95% CI .*\), at risk 26, deaths 28$", words.text_content())
    before = figure.locator(".reading-line").bounding_box()["x"]
    report.keyboard.press("ArrowRight")
    assert figure.locator(".reading-line").bounding_box()["x"] > before
    assert figure.get_by_role("slider").get_attribute("aria-valuetext") == "13 months"


def test_the_pointer_reads_the_month_below_it_in_every_panel(report):
    figure = report.locator("#incidence-by-conditioning-figure")
    figure.scroll_into_view_if_needed()
    sheet = figure.locator("svg").bounding_box()
    report.mouse.move(sheet["x"] + sheet["width"] * 0.75, sheet["y"] + sheet["height"] * 0.2)
    words = figure.get_by_role("status").text_content()
    assert re.match(r"\d+ months: Relapse or progression, myeloablative .*Death in remission, reduced intensity", words)
    assert figure.locator(".reading-line").count() == 2


def test_a_figure_without_curves_has_no_slider(report):
    assert report.locator("#survival-model-figure").get_by_role("slider").count() == 0


@pytest.mark.parametrize(("words", "name"), [("SVG", "svg"), ("PDF", "pdf"), ("PNG", "png"), ("Data", "csv")])
def test_every_format_is_below_the_figure(report, words, name):
    with report.expect_download() as download:
        report.locator(SURVIVAL).get_by_role("link", name=words).first.click()
    assert re.match(rf"full-analysis-[0-9a-f]{{8}}-overall-survival\.{name}$", download.value.suggested_filename)
