"""A reader of one centre tries to work out what a report leaves out, and fails.

The attack knows nothing of how cells were hidden. It learns from many made registries which sums always hold between
the numbers of a report, then solves the printed numbers, the own ones and "<5" for what is not printed.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.optimize import linprog

from analytics.cohort.build import Cohort
from analytics.cohort.data_set import AnalysisDataSet, read_csv
from analytics.reports.disclosure import masked
from analytics.reports.disclosure.cells import cells
from analytics.reports.kinds.centre_report import ENTRIES
from analytics.reports.results_json import results
from tests.analytics.random_data_set import draw
from tests.drawn import first_seed

pytestmark = pytest.mark.slow

THRESHOLD = 5
REGISTRIES = 250  # more than there are cells, so that nothing holds between them by chance
Path = tuple[str | int, ...]


@cache
def registry(seed: int) -> tuple[AnalysisDataSet, Sequence[Mapping[str, Any]]]:
    """Of 30 to 69 patients: small enough for cells to be small."""
    data = read_csv("".join(draw(seed).splitlines(keepends=True)[: 31 + seed % 40]))
    return data, results(data, ENTRIES)["entries"]


def counts(entries: Sequence[Mapping[str, Any]], who: NDArray[np.bool_] | None = None) -> dict[Path, int]:
    found = {}
    for cell in cells(entries):
        if cell.path is not None:
            found[cell.path] = int((cell.rows if who is None else cell.rows & who).sum())
    return found


def at(entries: Any, path: Path) -> Any:
    for step in path:
        entries = entries[step]
    return entries


@pytest.fixture(scope="module")
def sums() -> tuple[list[Path], NDArray[np.float64]]:
    """Every cell of the report, and all sums that hold between them in every registry: a row a sum."""
    found = [counts(registry(first_seed() + 1000 + number)[1]) for number in range(REGISTRIES)]
    paths = sorted({path for each in found for path in each}, key=str)
    table = np.array([[each.get(path, 0) for path in paths] for each in found], dtype=float)
    return paths, null_space(table).T


def test_the_attack_finds_what_a_report_without_protection_would_tell(sums: Any) -> None:
    paths, relations = sums
    _, entries = registry(first_seed())
    true = counts(entries)
    place = next(place for place, path in enumerate(paths) if path[-2:] == ("value", 1))  # a part of a number
    known = [other != place for other in range(len(paths))]
    assert derived(relations, known, np.array([true.get(path, 0) for path in paths]), {})[0][place]


@pytest.mark.parametrize("number", range(12))
def test_no_cell_that_is_left_out_can_be_worked_out(number: int, sums: Any) -> None:
    attack(*registry(first_seed() + number), centre=1 + number % 7, sums=sums)


@pytest.mark.parametrize("centre", range(1, 12))
def test_no_cell_of_the_reference_cohort_can_be_worked_out(centre: int, sums: Any, reference: Cohort) -> None:
    """Nobody has a mismatched donor: the other donors must not add up to everybody."""
    attack(reference.data_set, results(reference.data_set, ENTRIES)["entries"], centre=centre, sums=sums)


def attack(data: AnalysisDataSet, entries: Sequence[Mapping[str, Any]], *, centre: int, sums: Any) -> None:
    paths, relations = sums
    own = data.numbers("centre_no") == centre
    report = masked(entries, data, own, threshold=THRESHOLD)
    true, of_own = counts(entries), counts(entries, own)
    printed = {path: at(report, path) for path in paths if path in true}
    hidden = [path for path in paths if isinstance(printed.get(path), str)]
    assert hidden, "nothing was left out"
    known = [path not in hidden for path in paths]
    values = np.array([0 if path in hidden else true.get(path, 0) for path in paths], dtype=float)
    limits = {
        paths.index(path): (of_own[path], THRESHOLD - 1 if printed[path] == f"<{THRESHOLD}" else data.n)
        for path in hidden
    }
    is_derived, least, most = derived(relations, known, values, limits)
    for path in hidden:
        place = paths.index(path)
        assert not is_derived[place], f"seed {first_seed()}, centre {centre}: {path} is {true[path]}"
        assert most[place] - least[place] > 0.99, f"seed {first_seed()}, centre {centre}: {path} is {true[path]}"


def derived(
    relations: NDArray[np.float64], known: Sequence[bool], values: NDArray[Any], limits: Mapping[int, tuple[int, int]]
) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]:
    """Which unknown cells the sums determine, and between which values the others lie."""
    is_known = np.array(known)
    unknown = np.flatnonzero(~is_known)
    of_unknown, right = relations[:, unknown], -relations[:, is_known] @ values[is_known]
    determined = np.zeros(len(known), dtype=bool)
    free = null_space(of_unknown, rcond=1e-9) if of_unknown.size else np.eye(unknown.size)
    determined[unknown] = np.abs(free).max(axis=1, initial=0) < 1e-7
    least, most = np.zeros(len(known)), np.zeros(len(known))
    if limits:
        bounds = [limits[place] for place in unknown.tolist()]
        for position, place in enumerate(unknown.tolist()):
            wanted = np.eye(unknown.size)[position]
            ends = [linprog(sign * wanted, A_eq=of_unknown, b_eq=right, bounds=bounds) for sign in (1, -1)]
            assert all(end.status == 0 for end in ends), [end.message for end in ends]
            least[place], most[place] = ends[0].fun, -ends[1].fun
    return determined, least, most


@pytest.mark.parametrize("number", range(12))
def test_no_printed_number_is_small_nor_small_without_the_own_patients(number: int) -> None:
    data, entries = registry(first_seed() + number)
    own = data.numbers("centre_no") == 2
    report = masked(entries, data, own, threshold=THRESHOLD)
    true, of_own = counts(entries), counts(entries, own)
    for path, count in true.items():
        if not isinstance(at(report, path), str):
            assert at(report, path) == count
            if path[-1] in ("n", "missing") or "n_excluded" in path:
                assert count - of_own[path] == 0 or count - of_own[path] >= THRESHOLD
            else:
                assert min(count, count - of_own[path]) >= THRESHOLD, path
