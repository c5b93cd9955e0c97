"""Our numbers against R's: stored ones always, live ones where R is installed.

`python -m tests.conformance [--random N] [--seed S] [--store]` prints one line a statistic and ends with 1 on a breach.
`--store` keeps R's values of the stored data sets, and the table that the web application shows (`record`).
"""

import argparse
import json
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from tests.conformance import data_sets, record
from tests.conformance.data_sets import Columns
from tests.conformance.line import NOT_COMPARED, Line
from tests.conformance.measured import Values, measure
from tests.conformance.tolerances import tolerance_of

HERE = Path(__file__).parent
EXPECTED = HERE / "expected.json"

Results = Mapping[str, Values]


def compare(measured: Results, expected: Results) -> list[Line]:
    """A line for each statistic of either side, in alphabetical order.

    Where R says of a family that a data set is not to be compared (`<family>.not_compared`), its lines count that.
    """
    lines: dict[str, Line] = {}
    for data_set, values in expected.items():
        left_out = tuple(name.removesuffix(NOT_COMPARED) for name in values if name.endswith(NOT_COMPARED))
        for statistic in values.keys() | measured[data_set].keys():
            if statistic.endswith(NOT_COMPARED):
                continue
            line = lines.setdefault(statistic, Line(statistic, tolerance_of(statistic)))
            if statistic.startswith(left_out):
                line.n_left_out += 1
            else:
                line.add(data_set, measured[data_set].get(statistic), values.get(statistic))
    return sorted(lines.values(), key=lambda line: line.statistic)


def stored() -> Results:
    """R's values as they were computed once."""
    return _as_arrays(json.loads(EXPECTED.read_text()))


def has_r() -> bool:
    """Whether Rscript is there; a continuous integration run without it is at fault, not excused."""
    found = shutil.which("Rscript") is not None
    if not found and os.environ.get("CI") == "true":
        raise RuntimeError("Rscript is needed when CI=true")
    return found


def ask_r(sets: Mapping[str, Columns]) -> Results:
    """Run the R scripts on these data sets now, on all cores."""
    n = os.cpu_count() or 1
    with ThreadPoolExecutor(n) as pool:
        parts = pool.map(_run_r, [dict(list(sets.items())[first::n]) for first in range(min(n, len(sets)))])
        return _as_arrays({name: values for part in parts for name, values in json.loads(part).items()})


def all_sets() -> dict[str, Columns]:
    """The stored data sets, the reference cohort, and the large one, which is made by arithmetic."""
    from_files = {path.stem: data_sets.read(path) for path in sorted(data_sets.FOLDER.glob("*.csv"))}
    return from_files | {"reference_cohort": data_sets.reference_cohort(), "large": data_sets.large()}


def random_sets(n: int, first_seed: int) -> dict[str, Columns]:
    """Freshly drawn data sets, small and large, lightly and heavily tied, with extremes; the seed is in the name."""
    sets = {}
    for seed in range(first_seed, first_seed + n):
        random = np.random.default_rng(seed)
        drawn = data_sets.draw(
            seed,
            int(random.integers(2, 150)),
            unit=float(random.choice([1, 7, 30, 180])),
            share_censored=float(random.choice([0, 0.2, 0.4, 0.7, 0.9])),
        )
        sets[f"seed-{seed}"] = data_sets.make_extreme(drawn, str(random.choice(data_sets.EXTREMES)))
    return sets


def compare_sets(sets: Mapping[str, Columns], expected: Results) -> list[Line]:
    """Our estimators on the data sets against given values."""
    return compare({name: measure(sets[name]) for name in expected}, expected)


def main(arguments: list[str]) -> int:
    """Print the tables; 1 on a breach."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("--random", type=int, default=200, metavar="N", help="freshly drawn data sets (default 200)")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="first seed (default: any)")
    parser.add_argument("--store", action="store_true", help="keep what R says now as the stored values")
    options = parser.parse_args(arguments)
    if options.store:
        EXPECTED.write_text(_run_r(all_sets()))
    kept = list(_report("stored values", compare_sets(all_sets(), stored())))
    if not has_r():
        print("R is not installed: only the stored values were compared.")
        return int(any(line.breaches for line in kept))
    title = f"R now, with {options.random} random data sets from seed {options.seed}"
    sets = random_sets(options.random, options.seed)
    drawn = list(_report(title, compare_sets(sets, ask_r(sets))))
    if options.store:
        record.write(kept, drawn, n_stored=len(all_sets()), n_random=options.random, first_seed=options.seed)
    return int(any(line.breaches for line in kept + drawn))


def _report(title: str, lines: Iterable[Line]) -> Iterator[Line]:
    print(title)
    for line in lines:
        print(f"  {line}")
        for breach in line.breaches:
            print(f"      {breach}")
        yield line


def _run_r(sets: Mapping[str, Columns]) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for data_set, columns in sets.items():
            data_sets.write(folder / f"{data_set}.csv", columns)
        output = folder / "values.json"
        files = sorted(str(path) for path in folder.glob("*.csv"))
        command = ["Rscript", str(HERE / "r" / "run.R"), str(output), *files]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise RuntimeError(f"R stopped: {ran.stderr}")
        return output.read_text()


def _as_arrays(values: Mapping[str, Mapping[str, list[float | None]]]) -> Results:
    return {
        name: {statistic: np.array(numbers, dtype=float) for statistic, numbers in by_statistic.items()}
        for name, by_statistic in values.items()
    }
