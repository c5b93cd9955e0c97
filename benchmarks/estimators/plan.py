"""The standing plan on the 58 of the reference cohort, figures not drawn: `python -m ...plan FOLDER RUNS`."""

import json
import sys
from datetime import date
from pathlib import Path

from analytics.cohort.build import build
from analytics.cohort.data_set import read_csv
from analytics.reports.results_json import results
from benchmarks.estimators.worker import measure
from tests.analytics import reference_cohort

CUT_OFF = date(2023, 6, 30)
FILE = "analysis.csv"


def write_data_set(folder: Path) -> None:
    """The analysis data set of the reference cohort, which both sides read before the time counts."""
    (folder / FILE).write_text(build(reference_cohort.forms(), cut_off=CUT_OFF).data_set.text)


def main(folder: Path, runs: int) -> None:
    data = read_csv((folder / FILE).read_text())

    def plan() -> float:
        return float(results(data)["dataset"]["n"])

    plan()
    print(json.dumps(measure(plan, runs) | {"peak": 0, "input": 0}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
