"""How the numbers are made and how far they are from R: estimators, plan, conformance, conventions."""

import inspect
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from analytics import stats
from analytics.plan.few_events import FEW_EVENTS
from analytics.plan.registry import SECTIONS, plan
from analytics.reports.document import Report, ReportSection, ReportTable, Row
from analytics.reports.markdown import as_markdown

TITLE = "Methods"
CONFORMANCE = Path(__file__).resolve().parents[1] / "conformance.json"
R_CALL = re.compile(r"R: `(.+?)`(?:[.,;]|$)", re.MULTILINE)

CONVENTIONS = (
    ("Data", "Every number comes from one frozen snapshot of the registry, named by its sha256 on the report."),
    ("Population", "Eligible patients with an allogeneic HCT after INO, not excluded; forms at least complete."),
    (
        "Missing values",
        "Nobody is left out silently. A table counts the missing row by row; a model takes the patients in whom all "
        "its covariates are known and says how many were not, by covariate. Nothing is imputed.",
    ),
    ("Time", "Whole days; months are days / 30.4375. The clock of each analysis stands beneath it."),
    (
        "Competing events",
        "Relapse or progression after HCT and death in remission are each the competing event of the other; the clock "
        "starts with the first CR or CRi on INO, with HCT for patients without. A relapse on the day of death comes "
        "first.",
    ),
    (
        "Immortal time",
        "Only transplanted patients are in the data set, so nobody could die between the first INO dose and HCT. "
        "Survival from HCT stands beside the published survival from INO; groups are compared from HCT.",
    ),
    ("Intervals", "95%, two-sided, the method named beneath each table."),
    (
        "Few events",
        f"With fewer than {FEW_EVENTS} events in a group there is no P value, and no such covariate in a multivariable "
        "model, but the reason. Published figures print as the paper prints them, events per group beside them. Events "
        "per variable stand beneath every model; below ten it warns.",
    ),
    ("Many tests", "The groups were named beforehand. No P value is adjusted, and none is starred."),
    (
        "Models that cannot be estimated",
        "The reason stands in place of the number: separation, collinearity, no event.",
    ),
    ("Rounding", "Half up, in print only; results.json has every digit."),
)
INTRODUCTION = """\
How the registry makes its numbers, and how far they are from R's. The estimators are its own and know neither the
database nor the case report form; the standing plan applies them to the analysis data set. Conventions first, then each
analysis with its population, clock and event, each estimator with the R call that it reproduces, the comparison with R,
and what we do where R itself can be argued with. This text is generated from the plan, the estimators and the last
comparison: `make conformance` compares again, `python -m tests.conformance --store` also keeps what it found."""


def build() -> Report:
    """The page Methods."""
    compared = conformance()
    return Report(
        TITLE,
        _versions(compared),
        (
            ReportSection(
                "Conventions",
                (_table("conventions", "What holds for every number", ("Subject", "What we do"), CONVENTIONS),),
            ),
            ReportSection("The standing plan", tuple(_plan())),
            ReportSection("Estimators", (_estimators(),)),
            ReportSection("Conformance to R", tuple(_conformance(compared))),
            ReportSection("Where R can be argued with", (_notes(compared),)),
        ),
    )


def as_text() -> str:
    """The page as Markdown."""
    return as_markdown(build(), introduction=INTRODUCTION)


@cache
def conformance() -> Mapping[str, Any]:
    """The comparison as the conformance tests kept it."""
    return dict(json.loads(CONFORMANCE.read_text(encoding="utf-8")))


def _versions(compared: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((f"Compared with: {name}", version) for name, version in compared["versions"].items())


def _plan() -> Iterator[ReportTable]:
    columns = ("Analysis", "Population", "Clock", "Event", "Method", "Software", "Paper")
    declared = [analysis for analysis, _ in plan()]
    for section, analyses in groupby(declared, key=lambda analysis: analysis.section):
        rows = [
            (
                each.title,
                each.population,
                each.clock,
                each.event,
                each.method,
                each.software,
                " ".join((*each.figures, *each.more_figures)),
            )
            for each in analyses
        ]
        yield _table(f"plan-{SECTIONS.index(section)}", section, columns, rows)


def _estimators() -> ReportTable:
    functions = [getattr(stats, name) for name in stats.__all__ if inspect.isfunction(getattr(stats, name))]
    rows = [(function.__name__, *_described(inspect.getdoc(function) or "")) for function in functions]
    return _table(
        "estimators",
        "Every estimator with its source",
        ("Function", "What it does, its source and its errors", "R"),
        rows,
    )


def _described(text: str) -> tuple[str, str]:
    """Docstring as running text, and its R calls apart."""
    running = " ".join(text.split())
    calls = R_CALL.findall(running)
    return running, "; ".join(calls)


def _conformance(compared: Mapping[str, Any]) -> Iterator[ReportTable]:
    columns = ("Statistic", "R call", "Tolerance", "Stored: values", "Largest", "Drawn: values", "Largest", "Verdict")
    drawn, stored = compared["data_sets"], compared["data_sets"]["stored"]
    last = drawn["first_seed"] + drawn["random"] - 1
    sets = (
        f"Differences are relative, absolute below 0.001; {stored} stored data sets and {drawn['random']} drawn ones, "
        f"seeds {drawn['first_seed']} to {last}."
    )
    for family, statistics in groupby(compared["statistics"], key=lambda row: row["statistic"].split(".")[0]):
        rows = [_compared(row, family) for row in statistics]
        yield _table(f"conformance-{family}", family, columns, rows, footnotes=(sets,))


def _compared(row: Mapping[str, Any], family: str) -> tuple[str, ...]:
    both = [row["stored"], *([row["random"]] if row["random"] else [])]
    agrees = all(each["agrees"] for each in both)
    left_out = sum(each["left_out"] for each in both)
    return (
        row["statistic"].removeprefix(f"{family}."),
        row["r_call"],
        _exponent(row["tolerance"]),
        *_measured(row["stored"]),
        *(_measured(row["random"]) if row["random"] else ("", "")),
        ("agrees" if agrees else "differs") + (f", {left_out} data sets left out" if left_out else ""),
    )


def _measured(part: Mapping[str, Any]) -> tuple[str, str]:
    return f"{part['values']:,}", _exponent(part["largest"])


def _exponent(number: float) -> str:
    return f"{number:.2g}" if number else "0"


def _notes(compared: Mapping[str, Any]) -> ReportTable:
    rows = [(note["about"], note["text"]) for note in compared["notes"]]
    return _table("notes", "Where R can be argued with, or its functions differ", ("Subject", "What we do"), rows)


def _table(
    id: str,
    title: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    *,
    footnotes: tuple[str, ...] = (),
) -> ReportTable:
    return ReportTable(id=id, title=title, columns=columns, rows=tuple(map(Row, rows)), footnotes=footnotes)
