"""Every estimator gives R's numbers."""

import numpy as np
import pytest

from analytics.reports import methods
from tests.conformance import compare, data_sets, record
from tests.conformance.line import NOT_COMPARED, Line
from tests.conformance.tolerances import tolerance_of
from tests.drawn import first_seed


def breaches(lines: list[Line]) -> list[str]:
    return [f"{line.statistic}: {breach}" for line in lines for breach in line.breaches]


@pytest.mark.slow
def test_every_statistic_equals_the_stored_value_of_r() -> None:
    lines = compare.compare_sets(compare.all_sets(), compare.stored())
    assert breaches(lines) == []
    assert sum(line.n_values for line in lines) > 15_000


@pytest.mark.slow
@pytest.mark.needs_r
def test_every_statistic_equals_r_on_freshly_drawn_data() -> None:
    seed = first_seed()
    sets = compare.random_sets(10, seed) | {"reference_cohort": data_sets.reference_cohort()}
    print(f"data sets from seed {seed}")
    assert breaches(compare.compare_sets(sets, compare.ask_r(sets))) == []


def test_without_r_the_live_comparison_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    assert not compare.has_r()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(RuntimeError, match="Rscript is needed"):
        compare.has_r()


def test_the_stored_values_cover_every_data_set() -> None:
    assert compare.stored().keys() == compare.all_sets().keys()


@pytest.mark.parametrize("name", data_sets.STORED)
def test_a_stored_data_set_is_what_its_seed_draws(name: str) -> None:
    stored = data_sets.read(data_sets.FOLDER / f"{name}.csv")
    for column, values in data_sets.STORED[name]().items():
        assert np.array_equal(stored[column], values), column


def test_the_table_of_the_web_application_is_of_these_statistics_tolerances_and_notes() -> None:
    kept = methods.conformance()
    names = {name for values in compare.stored().values() for name in values if not name.endswith(NOT_COMPARED)}
    assert {row["statistic"]: (row["tolerance"], row["r_call"]) for row in kept["statistics"]} == {
        name: (tolerance_of(name).limit, tolerance_of(name).r_call) for name in names
    }
    assert kept["notes"] == record.notes()
    assert kept["data_sets"]["stored"] == len(compare.all_sets())


def test_the_table_of_the_web_application_rests_on_200_drawn_data_sets_that_all_agree() -> None:
    kept = methods.conformance()
    assert kept["data_sets"]["random"] >= 200
    for row in kept["statistics"]:
        assert row["stored"]["agrees"] and row["random"]["agrees"], row["statistic"]
        assert max(row["stored"]["largest"], row["random"]["largest"]) <= row["tolerance"]


def test_a_difference_beyond_the_tolerance_is_a_breach() -> None:
    expected = {"a": {"describe.quantiles": np.array([1.0, 2.0])}}
    measured = {"a": {"describe.quantiles": np.array([1.0, 2.0 + 4e-9])}}
    assert breaches(compare.compare(expected, expected)) == []
    assert len(breaches(compare.compare(measured, expected))) == 1


def test_a_number_missing_on_one_side_is_a_breach() -> None:
    known, missing = np.array([1.0]), np.array([np.nan])
    for mine, theirs in ((known, missing), (missing, known)):
        assert breaches(compare.compare({"a": {"describe.quantiles": mine}}, {"a": {"describe.quantiles": theirs}}))
    assert breaches(compare.compare({"a": {}}, {"a": {"describe.quantiles": known}}))


def test_the_command_ends_with_1_on_a_breach(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {"one_subject_dies": {"describe.quantiles": np.zeros(5)}}
    monkeypatch.setattr(compare, "stored", lambda: wrong)
    monkeypatch.setattr(compare, "has_r", lambda: False)
    assert compare.main([]) == 1
    printed = capsys.readouterr().out
    assert "BREACH describe.quantiles" in printed
    assert "R is not installed" in printed
