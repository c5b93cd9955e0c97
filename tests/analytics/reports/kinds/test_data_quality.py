"""What is complete, overdue and asked, counted in a snapshot by centre."""

import datetime as dt
from dataclasses import replace

import pytest

from analytics.reports.content import Content, Source, Work
from analytics.reports.document import ReportTable
from analytics.reports.kinds import data_quality


@pytest.fixture(scope="module")
def content(source: Source) -> Content:
    return data_quality.make(source, lambda _: None)


def table(content: Content, id: str) -> dict[str, dict[str, str]]:
    (found,) = (
        block
        for section in content.report.sections
        for block in section.blocks
        if isinstance(block, ReportTable) and block.id == id
    )
    return {row.cells[0]: dict(zip(found.columns, row.cells, strict=True)) for row in found.rows}


def test_a_form_that_is_owed_and_not_begun_is_not_complete(content: Content) -> None:
    gvhd = table(content, "forms")["GVHD"]
    assert (gvhd["All"], gvhd["03"], gvhd["04"]) == ("58/59", "8/9", "6/6")


def test_a_form_is_overdue_after_its_day_as_of_the_snapshot_or_the_cut_off(content: Content) -> None:
    overdue = table(content, "overdue")
    assert (overdue["GVHD"]["03"], overdue["GVHD"]["05"]) == ("1/1", "0/1")
    assert overdue["Death"]["All"] == "0/1"


def test_the_completeness_of_follow_up_is_that_of_the_analysis(content: Content) -> None:
    follow_up = table(content, "follow-up")
    assert follow_up["all centres"]["Clark's C"] == "83.0%"
    assert follow_up["centre 05"]["Follow-up overdue"] == "1"


def test_queries_are_counted_by_state_and_by_their_age_on_the_day_of_the_snapshot(content: Content) -> None:
    centre = table(content, "queries-by-centre")["centre 03"]
    assert (centre["Open"], centre["Answered"], centre["Closed"], centre["Median days open"]) == ("2", "2", "1", "39")


def test_a_check_whose_value_stood_was_overridden(content: Content) -> None:
    checks = table(content, "queries-by-check")
    assert list(checks) == ["C9", "C58", "C71", "asked by a person"]
    assert checks["C58"]["Value stood"] == "1 (100%)"
    assert checks["C71"]["Value stood"] == "0 (0%)"


def test_an_item_is_counted_only_where_the_paper_asks_for_it(content: Content) -> None:
    (items,) = (entry for entry in content.results["entries"] if entry["id"] == "items-baseline")
    found = {number["label"]: number for number in items["value"]["rows"]}
    assert found["BAS-04: all centres"]["value"] == [48, 10, 0]
    assert found["BAS-05: all centres"]["n"] == 48  # the unit of a value that is there
    assert table(content, "items")["BAS-04 White blood cells"]["01"] == "6/11"


def test_a_snapshot_from_before_queries_were_frozen_has_none(source: Source) -> None:
    content = data_quality.make(replace(source, work=Work()), lambda _: None)
    assert list(table(content, "queries-by-centre")) == ["no query was raised"]


def test_the_reference_day_is_that_of_the_snapshot_not_of_the_computation(source: Source) -> None:
    early = data_quality.make(replace(source, taken_at=dt.datetime(2022, 1, 1, tzinfo=dt.UTC)), lambda _: None)
    assert ("Reference day", "2022-01-01") in early.report.facts
    assert table(early, "follow-up")["all centres"]["Patients"] != "58"
