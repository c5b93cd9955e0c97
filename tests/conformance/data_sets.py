"""The data sets of the conformance tests: made, seeded, with the columns
time, status (0 censored, 1, 2), outcome (0/1), stratum (0-2) and covariates x1 to x5.

`python -m tests.conformance.data_sets` writes them to data/ again.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[np.float64]]

FOLDER = Path(__file__).parent / "data"
CORE = Path(__file__).resolve().parents[2] / "fixtures" / "cohort_core.csv"
COVARIATES = ("x1", "x2", "x3", "x4", "x5")


def draw(seed: int, n: int, *, days: float = 900, unit: float = 1.0, share_censored: float = 0.35) -> Columns:
    """A cohort with competing events; whole days rounded to `unit`, so that a larger unit ties more of them."""
    random = np.random.default_rng(seed)
    age = random.integers(16, 70, n).astype(float)
    binary = (random.random(n) < 0.3).astype(float)
    laboratory = np.round(np.exp(random.normal(1, 1, n)), 2)
    level = random.choice(3, n, p=[0.5, 0.3, 0.2])
    risk = 0.02 * (age - 45) + 0.6 * binary - 0.4 * (level == 1)
    to_event = random.exponential(days * np.exp(-risk))
    to_censoring = random.exponential(days * (1 - share_censored) / share_censored, n) if share_censored else np.inf
    status = np.where(to_event <= to_censoring, np.where(random.random(n) < 0.6, 1, 2), 0)
    return {
        "time": np.ceil(np.minimum(to_event, to_censoring) / unit) * unit,
        "status": status.astype(float),
        "outcome": (random.random(n) < 1 / (1 + np.exp(1 - risk))).astype(float),
        "stratum": random.integers(0, 3, n).astype(float),
        "x1": age,
        "x2": binary,
        "x3": laboratory,
        "x4": (level == 1).astype(float),
        "x5": (level == 2).astype(float),
    }


def large() -> Columns:
    """200,000 subjects by arithmetic: products of counts exceed 32 bits. Not stored, made when needed."""
    i = np.arange(200_000)
    covariates = {
        "x1": ((i * 37) % 83).astype(float),
        "x2": ((i // 3) % 4 == 0).astype(float),
        "x3": ((i * i) % 1009 / 100).astype(float),
        "x4": ((i // 5) % 3 == 1).astype(float),
        "x5": ((i // 5) % 3 == 2).astype(float),
    }
    risk = covariates["x1"] / 100 + covariates["x2"] - covariates["x3"] / 20 + covariates["x4"] / 4
    return {
        "time": np.floor((i * 7919) % 3650 / (2 + risk)),
        "status": ((i * 31 % 101) % 3).astype(float),
        "outcome": ((i * 17) % 100 / 20 < 1 + risk).astype(float),
        "stratum": (i % 3).astype(float),
        **covariates,
    }


def reference_cohort() -> Columns:
    """The 58 of the reference cohort: relapse and death in remission from the day of transplant; SOS/VOD."""
    with CORE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    relapsed = np.array([row["hct_to_relapse"] != "" for row in rows])
    died_in_remission = np.array([row["outcome"] == "died_in_remission" for row in rows])
    names = ("age", "blina_before", "ino_cycles", "dual_alkylators", "mac", "donor_matched", "sos")
    age, blina, cycles, dual, mac, matched, sos = (np.array([float(row[name]) for row in rows]) for name in names)
    return {
        "time": np.array([float(row["hct_to_relapse"] or row["hct_to_last_contact"]) for row in rows]),
        "status": np.where(relapsed, 1.0, np.where(died_in_remission, 2.0, 0.0)),
        "outcome": sos,
        "stratum": matched,
        "x1": age,
        "x2": blina,
        "x3": cycles,
        "x4": dual,
        "x5": mac * (1 - dual),
    }


EXTREMES = ("none", "none", "tiny groups", "large values", "small values", "long times", "short times")


def make_extreme(columns: Columns, kind: str) -> Columns:
    """Groups of one or two, values of a covariate in thousands or thousandths, times a million times longer or shorter.

    Beyond that R gives up: cox.zph and the Wald test of coxph compare the units of covariates with each other.
    """
    subject = np.arange(columns["time"].size)
    if kind == "tiny groups":
        few = {"x2": subject < 2, "x4": subject == 1, "x5": (subject > 1) & (subject < 4), "stratum": subject % 40 == 3}
        return _changed(columns, **few)
    if kind in {"large values", "small values"}:
        return _changed(columns, x3=columns["x3"] * (1e3 if kind == "large values" else 1e-3))
    if kind in {"long times", "short times"}:
        return _changed(columns, time=columns["time"] * (1e6 if kind == "long times" else 1e-6))
    return columns


def _changed(columns: Columns, **changes: object) -> Columns:
    return columns | {name: np.broadcast_to(np.asarray(v, float), columns["time"].shape) for name, v in changes.items()}


def _first(columns: Columns, n: int) -> Columns:
    return {name: values[:n] for name, values in columns.items()}


def _times_of_half() -> Columns:
    """Survival is exactly 1/2 between the second event and the third: R takes the midpoint, 2.5."""
    return _changed(_first(draw(11, 30), 4), time=[1, 2, 3, 4], status=[1, 1, 1, 2])


def _time_zero() -> Columns:
    columns = draw(13, 60)
    return _changed(columns, time=np.where(np.arange(60) % 6 == 0, 0, columns["time"]))


def _almost_tied() -> Columns:
    """Times that are equal but for the last digit, as sums of decimals are."""
    columns = draw(14, 60, days=8)
    noise = np.where(np.arange(60) % 2 == 0, 1 + 4e-16, 1 - 4e-16)
    return _changed(columns, time=columns["time"] * 0.1 * noise)


def _separated() -> Columns:
    columns = draw(15, 60)
    return _changed(columns, x2=columns["outcome"], x4=columns["status"] == 1, x5=0)


def _reaching_zero() -> Columns:
    columns = draw(16, 40)
    return _changed(columns, status=np.where(columns["time"] == columns["time"].max(), 1, columns["status"]))


def _last_censored() -> Columns:
    columns = draw(17, 40)
    return _changed(columns, status=np.where(columns["time"] == columns["time"].max(), 0, columns["status"]))


def _events_at_the_first_time() -> Columns:
    columns = draw(21, 30)
    return _changed(columns, status=columns["time"] == columns["time"].min())


def _group_without_events() -> Columns:
    columns = draw(22, 60)
    return _changed(columns, status=np.where(columns["x2"] == 1, 0, columns["status"]))


STORED: dict[str, Callable[[], Columns]] = {
    "whole_days": lambda: draw(1, 150),
    "whole_months": lambda: draw(2, 80, unit=30),
    "half_years": lambda: draw(3, 120, unit=180),
    "no_censoring": lambda: draw(4, 50, share_censored=0),
    "few_events": lambda: draw(5, 60, share_censored=0.9),
    "all_censored": lambda: _changed(draw(6, 15), status=0),
    "one_time": lambda: _changed(draw(7, 40, share_censored=0), time=100),
    "one_subject_dies": lambda: _changed(_first(draw(8, 30), 1), status=1),
    "one_subject_censored": lambda: _changed(_first(draw(9, 30), 1), status=0),
    "two_subjects": lambda: _changed(_first(draw(10, 30), 2), time=[5, 5], status=[1, 0]),
    "times_of_half": _times_of_half,
    "one_cause": lambda: _changed(draw(12, 50, unit=30), status=draw(12, 50, unit=30)["status"] > 0),
    "time_zero": _time_zero,
    "almost_tied": _almost_tied,
    "separated": _separated,
    "group_without_events": _group_without_events,
    "reaching_zero": _reaching_zero,
    "last_censored": _last_censored,
    "one_group_left": lambda: draw(549570, 8, unit=30, share_censored=0),
    "profile_with_a_saddle": lambda: make_extreme(draw(637460, 29, unit=180, share_censored=0.9), "small values"),
    "ten_million_days": lambda: _changed(draw(18, 60), time=draw(18, 60)["time"] + 10_000_000),
    "constant_covariate": lambda: _changed(draw(19, 50), x3=0.1),
    "collinear": lambda: _changed(draw(20, 50), x3=draw(20, 50)["x1"] * 0.1 + 3),
    "event_at_first_time_only": lambda: _changed(
        draw(21, 30), status=draw(21, 30)["time"] == draw(21, 30)["time"].min()
    ),
}


def read(path: Path) -> Columns:
    """Columns of a file."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}


def write(path: Path, columns: Columns) -> None:
    """Every digit of the numbers, so that R reads what Python holds."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(
            [repr(float(value)).removesuffix(".0") for value in row] for row in zip(*columns.values(), strict=True)
        )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in STORED.items():
        write(FOLDER / f"{name}.csv", make())
