from typing import Any

import pytest
from django.utils.translation import override

from analytics.cohort.build import Cohort
from analytics.cohort.data_set import read_csv
from analytics.cohort.population import Flow
from analytics.plan.registry import SECTIONS
from analytics.reports.composing import flow_table
from analytics.reports.document import Report, ReportFigure, ReportTable
from analytics.reports.kinds.full_analysis import build
from analytics.reports.results_json import results

pytestmark = pytest.mark.slow  # figures are drawn


@pytest.fixture(scope="module")
def report(reference: Cohort, reference_results: dict[str, Any]) -> Report:
    return build(reference_results, reference.flow)


def tables(report: Report) -> dict[str, ReportTable]:
    return {
        block.id: block for section in report.sections for block in section.blocks if isinstance(block, ReportTable)
    }


def row(table: ReportTable, label: str) -> dict[str, str]:
    (cells,) = (row.cells for row in table.rows if row.cells[0] == label)
    return dict(zip(table.columns, cells, strict=True))


def test_a_report_is_the_same_whoever_asks_for_it(reference: Cohort, reference_results: dict[str, Any]) -> None:
    with override("it"):
        in_italian = build(reference_results, reference.flow)
    assert in_italian == build(reference_results, reference.flow)


def test_every_entry_is_in_the_report_section_by_section(report: Report, reference_results: dict[str, Any]) -> None:
    assert [section.title for section in report.sections] == ["Who is in the analysis", "Summary", *SECTIONS]
    opening = {"flow", "table-1", "table-2", "table-3"}
    assert set(tables(report)) == {entry["id"] for entry in reference_results["entries"]} | opening


def test_every_entry_that_is_drawn_has_a_figure(report: Report, reference_results: dict[str, Any]) -> None:
    figures = [block for section in report.sections for block in section.blocks if isinstance(block, ReportFigure)]
    drawn = [f"{entry['id']}-figure" for entry in reference_results["entries"] if entry["drawn_as"]]
    assert [figure.id for figure in figures] == drawn
    assert {"overall-survival-figure", "courses-figure", "sos-by-centre-figure"} < set(drawn)


def test_a_figure_states_population_clock_event_and_method(report: Report) -> None:
    (figure,) = (
        block for section in report.sections for block in section.blocks if block.id == "overall-survival-figure"
    )
    assert figure.footnotes == (
        "Population: all patients (n = 58).",
        "Clock: first INO dose to death or last contact.",
        "Event: death.",
        "Method: Kaplan-Meier; interval on the log scale from Greenwood's variance, median by inversion of the band.",
    )


def test_a_test_is_printed_with_its_statistic_and_the_events_of_each_group(report: Report) -> None:
    table = tables(report)["survival-tests"]
    assert row(table, "Conditioning intensity") == {
        "": "Conditioning intensity",
        "Value": "chi-square 1.64, df 1",
        "P": "0.200",
        "Events": "myeloablative 13/25 (expected 16.8), reduced intensity 23/33 (expected 19.2)",
        "Denominator": "58",
        "Missing": "",
    }
    assert row(table, "Donor")["Value"] == "not tested: fewer than 5 events in a group"


def test_a_model_says_how_many_events_there_are_for_each_covariate(report: Report) -> None:
    notes = tables(report)["survival-model"].footnotes
    assert "Events per variable: 4.0 (36 events), fewer than 10: estimates are unstable." in notes


def test_the_column_of_intervals_says_what_it_holds(report: Report) -> None:
    found = tables(report)
    assert "95% limits of chance" in found["sos-by-centre"].columns
    assert "Range" in found["laboratory"].columns
    assert "95% CI" in found["survival-model"].columns


def test_every_number_is_printed_with_its_denominator(report: Report) -> None:
    for table in tables(report).values():
        if table.id == "flow" or table.id.startswith("table-"):
            continue
        assert "Denominator" in table.columns
        for line in table.rows:
            assert line.level == 1 or line.cells[table.columns.index("Denominator")]


def test_a_hazard_ratio_is_printed_with_interval_p_value_and_events(report: Report) -> None:
    model = tables(report)["survival-model"]
    assert row(model, "Blinatumomab before INO") == {
        "": "Blinatumomab before INO",
        "Value": "HR 2.190",
        "95% CI": "1.078 to 4.449",
        "P": "0.030",
        "Events": "yes 20/24, no 16/34",
        "Denominator": "58",
        "Paper": "P72",
    }
    assert any(note.startswith("Dropped by the elimination: Age, per year (P = 0.78)") for note in model.footnotes)


def test_the_parts_of_a_number_are_rows_below_it(report: Report) -> None:
    donors = tables(report)["transplant"]
    place = [line.cells[0] for line in donors.rows].index("Donor")
    assert [(line.cells[:2], line.level) for line in donors.rows[place : place + 4]] == [
        (("Donor", ""), 0),
        (("matched related", "11 (19%)"), 1),
        (("matched unrelated", "22 (38%)"), 1),
        (("haploidentical or cord blood", "25 (43%)"), 1),
    ]


def test_another_population_than_that_of_the_table_stands_in_the_row(report: Report) -> None:
    factors = tables(report)["sos-risk-factors"]
    populations = {line.cells[-1]: line.cells[factors.columns.index("Population")] for line in factors.rows}
    assert populations["P86"] == "patients in CR or CRi before HCT"
    assert populations["P84"] == ""


def test_a_table_without_result_shows_the_reason(reference: Cohort) -> None:
    nobody = read_csv(reference.data_set.text.splitlines()[0] + "\n")
    table = tables(build(results(nobody)))["overall-survival"]
    assert row(table, "Overall survival from the first INO dose")["Value"] == "time: no observations"


def test_the_report_names_data_set_and_software(report: Report, reference_results: dict[str, Any]) -> None:
    facts = dict(report.facts)
    assert facts["Patients"] == "58"
    assert facts["Data set, sha256"] == reference_results["dataset"]["sha256"]
    assert len(facts["Software: analytics"]) == 64


def test_the_flow_names_who_is_left_out() -> None:
    enrolled = Flow.of_enrolled("eligible patients", ("1", "2", "3"))
    flow = enrolled.narrowed("eligible", {0: None, 1: "B-ALL not confirmed", 2: "B-ALL not confirmed"})
    assert [line.cells for line in flow_table(flow).rows] == [
        ("enrolled", "3", ""),
        ("eligible", "1", "2"),
        ("B-ALL not confirmed", "", "2"),
    ]
