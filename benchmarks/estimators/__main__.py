"""`make bench`: every estimator on the same arrays, ours, R's and lifelines'; writes docs/performance.md."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.estimators import arrays, run
from benchmarks.estimators.cases import CASES, PLAN, Case
from benchmarks.estimators.document import text
from benchmarks.estimators.machine import describe, load
from benchmarks.estimators.plan import write_data_set
from benchmarks.estimators.row import SIDES, Row

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "performance.md"


def main(arguments: list[str]) -> int:
    """Measure, print each row as it comes, and write the document."""
    options = parser().parse_args(arguments)
    begun = load()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), runs=options.runs, cap=options.cap, jobs=options.jobs)
        for row in bench.rows(options.sizes, options.only):
            print(row, flush=True)
            rows.append(row)
    options.out.write_text(
        text(rows, machine=describe(begun, load(), jobs=options.jobs), runs=options.runs, cap=options.cap)
    )
    print(f"written: {options.out}")
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="make bench", description=__doc__)
    names = [case.name for case in (*CASES, PLAN)]
    found.add_argument("--sizes", type=int, nargs="+", default=[58, 10_000, 100_000, 1_000_000], metavar="N")
    found.add_argument("--runs", type=int, default=5, help="the median of them counts (default 5)")
    found.add_argument("--cap", type=float, default=600, help="seconds after which a measurement ends (default 600)")
    found.add_argument("--jobs", type=int, default=1, help="measurements at once, on a machine that is busy anyway")
    found.add_argument("--only", nargs="+", choices=names, default=names, metavar="ESTIMATOR", help=", ".join(names))
    found.add_argument("--out", type=Path, default=DOCUMENT, help="file that is written (default docs/performance.md)")
    return found


class Bench:
    """The measurements on arrays in a folder."""

    def __init__(self, folder: Path, *, runs: int, cap: float, jobs: int) -> None:
        self.folder = folder
        self.jobs = jobs
        self.runs = str(runs)
        self.cap = cap
        self.over_cap: set[tuple[str, str]] = set()

    def rows(self, sizes: list[int], names: list[str]) -> Iterator[Row]:
        """A row for each size and estimator; the plan, on the 58 of the reference cohort, last."""
        for n in sorted({arrays.WARM, *sizes}):
            arrays.write(self.folder, n)
        chosen = [case for case in CASES if case.name in names]
        with ThreadPoolExecutor(self.jobs) as pool:
            for n in sorted(sizes):
                sorting = self._side("ours", "argsort", n)
                yield from pool.map(partial(self._row, n, sorting), chosen)
        if PLAN.name in names:
            write_data_set(self.folder)
            yield Row(PLAN, 58, self._side("ours", "argsort", arrays.WARM), self._plan())

    def _row(self, n: int, sorting: run.Outcome, case: Case) -> Row:
        return Row(case, n, sorting, {side: self._case(side, case, n) for side in SIDES})

    def _case(self, side: str, case: Case, n: int) -> run.Outcome:
        """What was over the cap with fewer subjects is not tried with more."""
        if not case.is_had_by(side):
            return run.ABSENT
        if (side, case.name) in self.over_cap:
            return run.OVER_CAP
        outcome = self._side(side, case.name, n)
        if outcome == run.OVER_CAP:
            self.over_cap.add((side, case.name))
        return outcome

    def _side(self, side: str, name: str, n: int) -> run.Outcome:
        arguments = (name, self.folder, str(n), self.runs)
        command = run.r("measure.R", *arguments) if side == "R" else run.python("worker", side, *arguments)
        return run.measure(command, cap=self.cap)

    def _plan(self) -> dict[str, run.Outcome]:
        ours = run.measure(run.python("plan", self.folder, self.runs), cap=self.cap)
        return {"ours": ours, "R": run.measure(run.r("plan.R", self.folder, self.runs), cap=self.cap)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
