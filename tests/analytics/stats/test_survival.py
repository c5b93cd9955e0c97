import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats import InputError, kaplan_meier, reverse_kaplan_meier
from tests.analytics.stats.small_data import EVENT, TIME

subjects = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=40)


def test_survival_its_error_and_its_band_are_those_of_r() -> None:
    curve = kaplan_meier(TIME, EVENT)
    assert curve.time.tolist() == [1, 2, 3, 5, 8, 9, 12, 14, 15]
    assert curve.n_risk.tolist() == [12, 11, 9, 8, 6, 5, 3, 2, 1]
    assert curve.n_event.tolist() == [1, 2, 1, 1, 1, 1, 0, 1, 0]
    assert curve.n_censor.tolist() == [0, 0, 0, 1, 0, 1, 1, 0, 1]
    assert curve.survival[[0, 1, 5, 7]] == pytest.approx(
        [0.916666666666667, 0.75, 0.388888888888889, 0.194444444444444], rel=1e-12
    )
    assert curve.std_error[[0, 1, 5, 7]] == pytest.approx(
        [0.0797855923130282, 0.125, 0.1469861839480328, 0.1559023911155809], rel=1e-12
    )
    assert curve.lower[[0, 5]] == pytest.approx([0.7729009736896153, 0.1853965260955567], rel=1e-12)
    assert curve.upper[[0, 5, 7]] == pytest.approx([1, 0.815735715691272, 0.935998351648490], rel=1e-12)
    assert kaplan_meier(TIME, EVENT, conf_type="log-log").lower[0] == pytest.approx(0.5389771805707413, rel=1e-12)


def test_the_median_and_its_limits_come_from_inverting_the_band() -> None:
    median = kaplan_meier(TIME, EVENT).quantile()
    assert (median.value, median.lower) == (8, 3)
    assert math.isnan(median.upper)


def test_the_median_of_a_curve_flat_at_one_half_is_the_midpoint() -> None:
    curve = kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1])
    assert (curve.quantile().value, curve.quantile().lower) == (2.5, 1)
    assert kaplan_meier([1, 2, 3, 4], [1, 1, 0, 0]).quantile().value == 3, "flat to the end: up to the last time"


def test_a_median_that_is_not_reached_is_nan() -> None:
    assert math.isnan(kaplan_meier([1, 2, 3], [1, 0, 0]).quantile().value)


def test_a_value_asked_for_is_that_of_the_last_step() -> None:
    at = kaplan_meier(TIME, EVENT).at([0, 4.9, 5, 15])
    assert at.survival == pytest.approx([1, 2 / 3, 7 / 12, 7 / 36])
    assert at.n_risk.tolist() == [12, 8, 8, 1]
    assert at.n_event.tolist() == [0, 4, 5, 8]
    assert at.n_censor.tolist() == [0, 0, 1, 4]
    assert (at.std_error[0], at.lower[0], at.upper[0]) == (0, 1, 1)


def test_after_the_last_observation_survival_is_unknown_unless_it_is_0() -> None:
    assert np.isnan(kaplan_meier([1, 2], [1, 0]).at([3]).survival).all()
    assert kaplan_meier([1, 2], [1, 1]).at([3]).survival.tolist() == [0]
    assert kaplan_meier([1, 2], [1, 0]).at([3]).n_risk.tolist() == [0]


def test_at_survival_0_error_and_limits_do_not_exist() -> None:
    for conf_type in ("log", "log-log", "plain"):
        curve = kaplan_meier([1, 2, 3], [1, 1, 1], conf_type=conf_type)
        assert curve.survival[-1] == 0
        assert np.isnan([curve.std_error[-1], curve.lower[-1], curve.upper[-1]]).all()


def test_almost_equal_times_are_a_tie_as_in_r() -> None:
    assert kaplan_meier([0.1 + 0.2, 0.3], [1, 1]).time.tolist() == [0.3]
    assert kaplan_meier([10_000_000, 10_000_001], [1, 1]).time.size == 2
    assert kaplan_meier([10_000_000, 10_000_000.01], [1, 1]).time.size == 1


def test_one_subject_is_enough() -> None:
    assert kaplan_meier([0], [1]).survival.tolist() == [0]
    assert kaplan_meier([7], [0]).survival.tolist() == [1]


def test_counts_beyond_32_bits_do_not_overflow() -> None:
    n = 100_000
    curve = kaplan_meier(np.arange(n), np.ones(n))
    assert curve.std_error[n // 2 - 1] == pytest.approx(math.sqrt(0.25 / n), rel=1e-9)


def test_follow_up_takes_censoring_as_the_event() -> None:
    reverse = reverse_kaplan_meier(TIME, EVENT)
    assert reverse.survival.tolist() == kaplan_meier(TIME, [1 - event for event in EVENT]).survival.tolist()


def test_wrong_options_are_refused_by_name() -> None:
    with pytest.raises(InputError, match="conf_type: 'logit'"):
        kaplan_meier(TIME, EVENT, conf_type="logit")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="conf_level: 95"):
        kaplan_meier(TIME, EVENT, conf_level=95)
    with pytest.raises(InputError, match="p: 50"):
        kaplan_meier(TIME, EVENT).quantile(50)


@given(subjects)
def test_survival_falls_and_the_order_of_subjects_does_not_matter(subjects: list[tuple[int, bool]]) -> None:
    time, event = zip(*subjects, strict=True)
    curve, reversed_order = kaplan_meier(time, event), kaplan_meier(time[::-1], event[::-1])
    assert (np.diff(curve.survival, prepend=1) <= 0).all()
    assert curve.survival.tolist() == reversed_order.survival.tolist()
    assert curve.n_event.sum() == sum(event)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_without_censoring_survival_is_the_share_still_alive(time: list[int]) -> None:
    curve = kaplan_meier(time, [1] * len(time))
    shares = [sum(t > step for t in time) / len(time) for step in curve.time]
    assert curve.survival == pytest.approx(shares, abs=1e-12)
