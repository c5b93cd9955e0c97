"""The benchmark of the estimators runs and fills its tables; no time is asserted."""

import ast
import math
import re
import sys
from pathlib import Path

import pytest

from benchmarks.estimators import arrays, document, ours
from benchmarks.estimators.__main__ import main
from benchmarks.estimators.cases import CASES, PLAN
from benchmarks.estimators.row import Row, number, time_of
from benchmarks.estimators.run import ABSENT, OVER_CAP, Measured, NotMeasured, measure

FOLDER = Path(document.__file__).parent
SECONDS = 0.001


def measured(seconds: float = SECONDS, *, peak: int = 4000, value: float = 1.0) -> Measured:
    return Measured(seconds, 5, peak, 1000, value)


def rows(n: int = 100_000, **ours_is: float) -> list[Row]:
    sides = {"ours": measured(**ours_is), "R": measured(4 * SECONDS), "lifelines": ABSENT}
    return [Row(case, n, measured(SECONDS / 10), sides) for case in CASES]


def text(found: list[Row]) -> str:
    return document.text(found, machine=["two cores"], runs=5, cap=600)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_estimator_computes_a_number_on_the_arrays(case, tmp_path):
    arrays.write(tmp_path, arrays.WARM)
    call = getattr(ours, case.name)(arrays.read(tmp_path, arrays.WARM, case.inputs))
    assert math.isfinite(call())


def test_r_has_a_call_for_every_estimator_that_says_so():
    in_r = set(re.findall(r"^  (\w+) = list\(", (FOLDER / "measure.R").read_text(), re.M))
    assert in_r == {case.name for case in CASES if case.is_had_by("R")}


def test_lifelines_has_a_call_for_every_estimator_that_says_so():
    module = ast.parse((FOLDER / "peers.py").read_text())  # lifelines itself is not installed where the tests run
    functions = {node.name for node in module.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"}
    assert functions == {case.name for case in CASES if case.is_had_by("lifelines")}


def test_the_tables_have_a_row_for_each_estimator_and_size():
    lines = text([*rows(100_000), *rows(1_000_000)]).splitlines()
    assert [line for line in lines if line.startswith("## ") and "subjects" in line] == [
        "## 100 000 subjects",
        "## 1 000 000 subjects",
    ]
    for case in CASES:
        assert sum(line.startswith(f"| {case.title} | 1.00 ms | 4.00 ms | – | 4.00 |") for line in lines) == 2


def test_a_goal_that_is_missed_says_by_how_much():
    goals = "\n".join(document.goals(rows(seconds=2 * SECONDS, peak=7000)))
    assert f"3 times faster than R from 100 000 subjects on: reached by 0 of {len(CASES)}; **missed**" in goals
    assert "Kaplan-Meier with band, n = 100 000: 2.00" in goals
    assert "Kaplan-Meier with band, n = 100 000: 7.00" in goals


def test_goals_hold_from_100_000_subjects_on():
    assert next(document.goals(rows(10_000, seconds=1.0))).endswith("not measured in this run")


def test_growth_is_compared_with_a_tenth_of_the_subjects():
    ten_times_faster = [*rows(100_000), *rows(1_000_000, seconds=10 * SECONDS)]
    assert list(document.goals(ten_times_faster))[-1].endswith(": 0.833")
    square = [*rows(100_000), *rows(1_000_000, seconds=100 * SECONDS)]
    assert "missed" in list(document.goals(square))[-1 - len(CASES)]


def test_what_takes_longer_than_the_cap_is_ended():
    assert measure([sys.executable, "-c", "import time; time.sleep(60)"], cap=0.1) == OVER_CAP
    assert time_of(OVER_CAP) == "> cap"


def test_what_fails_says_why():
    outcome = measure([sys.executable, "-c", "raise SystemExit('no such package')"], cap=60)
    assert outcome == NotMeasured("failed: no such package")


def test_a_program_that_is_not_installed_leaves_its_column_empty():
    assert measure(["no-such-program"], cap=60) == ABSENT


@pytest.mark.parametrize(
    ("value", "expected"), [(0.00123, "0.00123"), (12.34, "12.3"), (1234.0, "1 234"), (None, "–"), (0.0, "0")]
)
def test_numbers_have_three_digits(value, expected):
    assert number(value) == expected


@pytest.mark.slow
@pytest.mark.needs_r
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from Linux's /proc")
def test_ours_and_r_are_measured_and_agree(tmp_path):
    out = tmp_path / "performance.md"
    assert main(["--sizes", "58", "--runs", "1", "--only", "log_rank", "plan", "--out", str(out)]) == 0
    written = [line.split(" | ") for line in out.read_text().splitlines()]
    log_rank, plan = (next(row for row in written if row[0] == f"| {title}") for title in (CASES[2].title, PLAN.title))
    assert log_rank[1].endswith("s")
    assert float(log_rank[-1].rstrip(" |")) < 1e-9
    assert plan[1].endswith("s")
    assert plan[2].endswith("s")
