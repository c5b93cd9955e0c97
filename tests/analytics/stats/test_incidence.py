import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats import NoEventsError, cumulative_incidence, kaplan_meier
from tests.analytics.stats.small_data import STATUS, TIME

subjects = st.lists(st.tuples(st.integers(0, 60), st.sampled_from([0, 1, 2, 3])), min_size=1, max_size=40)


def test_incidence_and_its_variance_are_those_of_cmprsk() -> None:
    curves = cumulative_incidence(TIME, STATUS)
    first, second = curves[1].at([0, 5, 10, 15]), curves[2].at([0, 5, 10, 15])
    assert first.estimate == pytest.approx([0, 0.3333333333333333, 0.430555555555556, 0.625], rel=1e-12)
    assert first.variance == pytest.approx([0, 0.02060258918095092, 0.0250479827428678, 0.0517950266952989], rel=1e-12)
    assert second.estimate == pytest.approx([0, 0.0833333333333333, 0.180555555555556, 0.180555555555556], rel=1e-12)
    assert second.variance == pytest.approx([0, 0.00715615753494541, 0.0157056085591110, 0.0157056085591110], rel=1e-12)


def test_the_interval_is_linear_and_stays_between_0_and_1() -> None:
    at = cumulative_incidence(TIME, STATUS)[1].at([10])
    half_width = 1.959963984540054 * np.sqrt(at.variance)
    assert at.upper - at.estimate == pytest.approx(half_width)
    assert at.estimate - at.lower == pytest.approx(half_width)
    curves = cumulative_incidence(TIME, STATUS, conf_level=0.999)
    assert min(curve.lower.min() for curve in curves.values()) == 0
    assert max(curve.upper.max() for curve in curves.values()) == 1


def test_after_the_last_observation_incidence_is_unknown() -> None:
    assert np.isnan(cumulative_incidence(TIME, STATUS)[1].at([16]).estimate).all()


def test_only_causes_that_occur_have_a_curve() -> None:
    assert list(cumulative_incidence([1, 2, 3], [0, 3, 0])) == [3]
    with pytest.raises(NoEventsError, match="status: everybody is censored"):
        cumulative_incidence([1, 2, 3], [0, 0, 0])


@given(subjects.filter(lambda rows: any(status for _, status in rows)))
def test_incidences_and_survival_add_up_to_1(subjects: list[tuple[int, int]]) -> None:
    time, status = zip(*subjects, strict=True)
    curves = cumulative_incidence(time, status)
    survival = kaplan_meier(time, np.array(status) > 0).survival
    assert sum(curve.estimate for curve in curves.values()) + survival == pytest.approx(np.ones_like(survival))
    assert all((curve.variance >= -1e-15).all() for curve in curves.values())


@given(st.lists(st.integers(0, 60), min_size=2, max_size=40, unique=True))
def test_with_one_cause_and_nobody_censored_incidence_is_the_share_with_the_event(time: list[int]) -> None:
    curve = cumulative_incidence(time, [1] * len(time))[1]
    assert curve.estimate == pytest.approx(np.arange(1, len(time) + 1) / len(time))
