"""What must hold for any data: the order of rows, the unit of time and the names of groups do not matter, and more."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analytics import stats
from analytics.stats import StatisticsError, TestResult
from tests.conformance.data_sets import COVARIATES, Columns, draw
from tests.conformance.measured import measure
from tests.conformance.measured_tests import ENOUGH_OF_MANY_CELLS

pytestmark = pytest.mark.slow

Array = NDArray[np.float64]
Model = stats.CoxModel | stats.FineGrayModel | stats.LogisticModel

# In the unit of time; everything else is free of it. Left out: what the comparison with R computes at times of its own.
TIMES = ("time", "quantiles")
OWN_TIMES = ("clark_completeness", "restricted_mean")
UNITS = (1 / 32, 8.0, 1024.0)  # powers of two, so that a time asked for stays the time of an event to the last bit

few = settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
data_sets = st.builds(
    lambda seed, n, unit, censored: draw(seed, n, unit=unit, share_censored=censored),
    st.integers(0, 10**6),
    st.integers(20, ENOUGH_OF_MANY_CELLS),  # of more, exact tests look at the first
    st.sampled_from([1.0, 30.0, 180.0]),
    st.sampled_from([0.0, 0.3, 0.7]),
)


def same(one: Mapping[str, Array], other: Mapping[str, Array]) -> None:
    """Equal but for rounding, iterations and separate refusals by a hair."""
    assert one.keys() == other.keys()
    for name, values in one.items():
        assert other[name] == pytest.approx(values, rel=1e-6, abs=1e-9, nan_ok=True), name


@few
@given(data_sets, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(columns: Columns, random: object) -> None:
    order = np.arange(columns["time"].size)
    random.shuffle(order)  # type: ignore[attr-defined]
    same(measure(columns), measure({name: values[order] for name, values in columns.items()}))


@few
@given(data_sets, st.sampled_from(UNITS))
def test_the_unit_of_time_scales_times_and_nothing_else(columns: Columns, unit: float) -> None:
    before, after = measure(columns), measure(columns | {"time": columns["time"] * unit})
    scaled = {
        name: values * unit if any(part in TIMES for part in name.split(".")) else values
        for name, values in before.items()
        if not name.startswith(OWN_TIMES)
    }
    same(scaled, {name: values for name, values in after.items() if not name.startswith(OWN_TIMES)})


@few
@given(data_sets, st.sampled_from((1 / 30.4375, 24.0)), st.floats(0.1, 1))
def test_a_restricted_mean_is_in_the_unit_of_time(columns: Columns, unit: float, share: float) -> None:
    time, event = columns["time"], columns["status"] > 0
    tau = share * time.max()
    before = stats.restricted_mean(stats.kaplan_meier(time, event), tau)
    after = stats.restricted_mean(stats.kaplan_meier(time * unit, event), tau * unit)
    assert after.value == pytest.approx(before.value * unit)
    assert after.upper - after.lower == pytest.approx((before.upper - before.lower) * unit, abs=1e-9)


def attempt(test: Callable[[], TestResult]) -> TestResult | None:
    try:
        return test()
    except StatisticsError:
        return None


@few
@given(data_sets, st.permutations([0, 1, 2]))
def test_the_names_of_groups_do_not_matter(columns: Columns, names: list[int]) -> None:
    time, status, group = columns["time"], columns["status"], columns["stratum"].astype(int)
    renamed = np.array(names)[group]
    for test in (
        lambda code: stats.log_rank(time, status > 0, code),
        lambda code: stats.log_rank(time, status > 0, code, rho=1.0, strata=columns["x2"]),
        lambda code: stats.gray_test(time, status, code),
        lambda code: stats.gray_test(time, status, code, rho=1.0, strata=columns["x2"]),
    ):
        one, other = attempt(lambda test=test: test(group)), attempt(lambda test=test: test(renamed))
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert other.statistic == pytest.approx(one.statistic, rel=1e-8, abs=1e-10)
            assert other.df == one.df


@few
@given(data_sets)
def test_the_order_of_samples_and_of_the_lines_of_a_table_does_not_matter(columns: Columns) -> None:
    samples = [columns["x3"][columns["stratum"] == code] for code in (0, 1, 2)]
    if all(sample.size for sample in samples):
        one, other = stats.kruskal_wallis(*samples), stats.kruskal_wallis(*samples[::-1])
        assert other.statistic == pytest.approx(one.statistic)
        assert stats.wilcoxon(samples[0], samples[1]).p_value == pytest.approx(
            stats.wilcoxon(samples[1], samples[0]).p_value
        )
    table = np.array([[sample.size, (columns["x3"] > code).sum() + 1] for code, sample in enumerate(samples)])
    p = stats.fisher_exact(table).p_value
    assert stats.fisher_exact(table[::-1]).p_value == pytest.approx(p)
    assert stats.fisher_exact(table.T).p_value == pytest.approx(p)


@few
@given(data_sets)
def test_incidences_and_survival_add_up_to_1_at_every_time(columns: Columns) -> None:
    time, status = columns["time"], columns["status"]
    if status.any():
        survival = stats.kaplan_meier(time, status > 0)
        curves = stats.cumulative_incidence(time, status)
        total = survival.survival + sum(curve.at(survival.time).estimate for curve in curves.values())
        assert total == pytest.approx(np.ones_like(total))


@few
@given(data_sets)
def test_the_reverse_of_the_reverse_is_the_curve_itself(columns: Columns) -> None:
    time, event = columns["time"], columns["status"] > 0
    curve, twice = stats.kaplan_meier(time, event), stats.reverse_kaplan_meier(time, ~event)
    for name in ("time", "n_risk", "n_event", "n_censor", "survival", "std_error", "lower", "upper"):
        assert np.array_equal(getattr(curve, name), getattr(twice, name), equal_nan=True)


@few
@given(data_sets)
def test_on_a_data_set_twice_over_cox_with_breslow_ties_keeps_its_estimates_and_halves_the_variance(
    columns: Columns,
) -> None:
    def fit(times: int) -> stats.CoxModel:
        time, event, x = (
            np.concatenate([part] * times) for part in (columns["time"], columns["status"] > 0, columns["x1"])
        )
        return stats.cox(time, event, x, ties="breslow")

    try:
        once = fit(1)
    except StatisticsError:
        return
    twice = fit(2)
    assert twice.coef == pytest.approx(once.coef, rel=1e-7, abs=1e-10)
    assert twice.std_error**2 == pytest.approx(once.std_error**2 / 2, rel=1e-7)


def cox(columns: Columns, names: tuple[str, ...]) -> Model:
    return stats.cox(columns["time"], columns["status"] == 1, matrix(columns, names), names=names)


def fine_gray(columns: Columns, names: tuple[str, ...]) -> Model:
    return stats.fine_gray(columns["time"], columns["status"], matrix(columns, names), names=names)


def logistic(columns: Columns, names: tuple[str, ...]) -> Model:
    return stats.logistic(columns["outcome"], matrix(columns, names), names=names)


def firth(columns: Columns, names: tuple[str, ...]) -> Model:
    return stats.firth_logistic(columns["outcome"], matrix(columns, names), names=names)


def matrix(columns: Columns, names: tuple[str, ...]) -> Array:
    return np.column_stack([columns[name] for name in names])


@pytest.mark.parametrize("fit", [cox, fine_gray, logistic, firth])
@few
@given(st.integers(0, 10**6), st.permutations(COVARIATES))
def test_the_order_of_covariates_orders_the_results(
    fit: Callable[[Columns, tuple[str, ...]], Model], seed: int, order: list[str]
) -> None:
    columns = draw(seed, 120)
    try:
        one = fit(columns, COVARIATES)
    except StatisticsError:
        return
    other = fit(columns, tuple(order))
    for name in ("coef", "std_error", "lower", "upper", "p_value"):
        found = dict(zip(other.names, getattr(other, name), strict=True))
        assert [found[covariate] for covariate in COVARIATES] == pytest.approx(getattr(one, name), rel=1e-6, abs=1e-9)
