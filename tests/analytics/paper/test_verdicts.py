"""The verdicts on the reference cohort, and how they follow the data."""

from typing import Any

import pytest

from analytics.cohort.build import Cohort
from analytics.cohort.columns import OPTIONAL
from analytics.cohort.data_set import read_csv
from analytics.reports.paper.document import build
from analytics.reports.paper.verdicts import Verdict, verdicts
from analytics.reports.results_json import results
from tests.analytics.edited import edited

OF_NOTE = {
    **dict.fromkeys(("P14", "P19", "P49", "P51", "P58", "P70", "P85"), "print error"),
    **dict.fromkeys(("P65", "P66", "P77", "P86", "P88"), "other population"),
    **dict.fromkeys(("P36", "P90", "P91", "P92"), "no number printed"),
}


def found(content: dict[str, Any]) -> dict[str, Verdict]:
    entries = {entry["id"]: entry for entry in content["entries"]}
    return {verdict.figure.id: verdict for verdict in verdicts(entries)}


@pytest.fixture(scope="module")
def reference_verdicts(reference_results: dict[str, Any]) -> dict[str, Verdict]:
    return found(reference_results)


def test_all_92_figures_are_computed_on_the_reference_cohort(reference_verdicts: dict[str, Verdict]) -> None:
    assert len(reference_verdicts) == 92
    assert all(verdict.recomputed for verdict in reference_verdicts.values())
    assert {id: verdict.kind for id, verdict in reference_verdicts.items() if verdict.kind != "agrees"} == OF_NOTE


def test_every_verdict_but_agreement_says_why(reference_verdicts: dict[str, Verdict]) -> None:
    assert all(bool(verdict.why) == (verdict.kind != "agrees") for verdict in reference_verdicts.values())


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        ("P19", "the parts add up to 61 of 58"),
        ("P49", "17 is printed here and 16 where they are analysed (P80)"),
        ("P51", "the minimum is printed as 25, and 15 follows from Table 2"),
        ("P58", "the upper limit 56.1 is printed, the other printed numbers imply 65.1"),
        ("P66", "the upper limit 50.1 is printed, the other printed numbers imply 50.6"),
        ("P70", "P 0.128 is printed, the other printed numbers imply 0.127"),
        ("P85", "the estimate 3.97 is printed, the other printed numbers imply 3.92"),
        ("P86", "the patients in CR or CRi before HCT give the printed number; all patients give OR 2.29"),
    ],
)
def test_a_verdict_names_the_numbers_it_rests_on(reference_verdicts: dict[str, Verdict], figure: str, why: str) -> None:
    assert why in reference_verdicts[figure].why


def test_another_registry_differs_and_is_not_called_a_print_error(reference: Cohort) -> None:
    older = edited(reference.data_set, lambda row: {"age": str(int(row["age"]) + 1)})
    verdict = found(results(older))["P02"]
    assert (verdict.kind, verdict.why) == ("differs", "value, lower, upper")


def test_an_interval_that_the_data_do_not_explain_differs(reference: Cohort) -> None:
    """The printed upper limit contradicts the paper, but what is computed is not what the paper implies either."""
    longer = edited(reference.data_set, lambda row: {"os_days": str(int(row["os_days"]) * 2)})
    assert found(results(longer))["P58"].kind == "differs"


def test_without_the_optional_columns_a_figure_is_not_computable_and_says_what_it_needs(reference: Cohort) -> None:
    listed_only = edited(reference.data_set, without=tuple(column.name for column in OPTIONAL))
    verdict = found(results(listed_only))["P33"]
    assert verdict.kind == "not computable"
    assert verdict.why == "needs the column ino_dose_day1, which the data set does not have"


def rows(content: dict[str, Any], table: str) -> list[tuple[str, ...]]:
    (block,) = (
        block for section in build(content["entries"]).sections for block in section.blocks if block.id == table
    )
    return [row.cells for row in block.rows]


def test_the_readings_that_change_a_conclusion_stand_side_by_side(reference_results: dict[str, Any]) -> None:
    assert [cells[2:] for cells in rows(reference_results, "readings")] == [
        ("58", "yes 8/16, no 9/42", "3.67", "1.08 to 12.50", "0.038", "0.052", "significant at 5%"),
        ("58", "yes 8/17, no 9/41", "3.16", "0.95 to 10.55", "0.061", "0.067", "a trend (P below 10%)"),
        (
            "49",
            "yes 10/29, no 2/20",
            "4.74",
            "0.91 to 24.65",
            "0.065",
            "not tested: fewer than 5 events in a group",
            "a trend (P below 10%)",
        ),
        ("58", "yes 12/33, no 5/25", "2.29", "0.68 to 7.66", "0.180", "0.25", "not significant"),
    ]


def test_a_contradiction_names_the_figures_it_concerns_with_their_verdicts(reference_results: dict[str, Any]) -> None:
    concerned = {cells[0]: cells[-1] for cells in rows(reference_results, "contradictions")}
    assert concerned["X06"] == "P51 print error, P82 agrees"
    assert all(concerned.values())


def test_a_data_set_of_nobody_gives_a_document_of_reasons(reference: Cohort) -> None:
    nobody = read_csv(reference.data_set.text.splitlines()[0] + "\n")
    kinds = {verdict.kind for verdict in found(results(nobody)).values()}
    assert kinds <= {"not computable", "differs", "no number printed"}
