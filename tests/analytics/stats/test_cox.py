import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats import CollinearError, InputError, NoEventsError, SeparationError, cox
from tests.analytics.stats.small_data import EVENT, TIME, X
from tests.conformance.data_sets import draw

COHORT = draw(3, 120, unit=30)
COVARIATES = np.column_stack([COHORT["x1"], COHORT["x2"], COHORT["x3"]])
DIED = COHORT["status"] > 0


def test_efron_and_breslow_are_those_of_r() -> None:
    assert cox(TIME, EVENT, X).coef == pytest.approx([0.639639041538464], rel=1e-9)
    assert cox(TIME, EVENT, X, ties="breslow").coef == pytest.approx([0.637299688667358], rel=1e-9)


def test_pairs_tied_in_risk_count_half_in_the_concordance() -> None:
    assert cox(TIME, EVENT, X).concordance == pytest.approx((19 + 25 / 2) / (19 + 10 + 25), rel=1e-12)


def test_the_model_says_how_many_subjects_and_events_it_rests_on() -> None:
    model = cox(TIME, EVENT, X, names=["treated"])
    assert (model.names, model.n, model.n_events) == (("treated",), 12, 8)
    assert model.hazard_ratio == pytest.approx(np.exp(model.coef))
    assert model.lower < model.hazard_ratio < model.upper
    assert "data" not in repr(model)


def test_units_of_time_and_of_covariates_do_not_matter() -> None:
    days = cox(COHORT["time"], DIED, COVARIATES)
    months = cox(COHORT["time"] / 30.4375, DIED, COVARIATES * [12, 1, 1e-3] + [0, 5, -3])
    assert months.coef * [12, 1, 1e-3] == pytest.approx(days.coef, rel=1e-9)
    assert months.p_value == pytest.approx(days.p_value, rel=1e-9)
    assert months.log_likelihood == pytest.approx(days.log_likelihood, rel=1e-12)


def test_the_cohort_counted_twice_has_the_same_breslow_estimate_and_half_the_variance() -> None:
    once = cox(COHORT["time"], DIED, COVARIATES, ties="breslow")
    twice = cox(np.tile(COHORT["time"], 2), np.tile(DIED, 2), np.tile(COVARIATES, (2, 1)), ties="breslow")
    assert twice.coef == pytest.approx(once.coef, rel=1e-9)
    assert twice.covariance == pytest.approx(once.covariance / 2, rel=1e-9)


def test_without_ties_efron_is_breslow() -> None:
    time = np.arange(DIED.size) * 37 % 121
    assert cox(time, DIED, COVARIATES).coef == pytest.approx(cox(time, DIED, COVARIATES, ties="breslow").coef)


def test_strata_compare_only_within() -> None:
    stratum = COHORT["stratum"]
    shifted = COHORT["time"] + 10_000 * stratum
    stratified = cox(COHORT["time"], DIED, COVARIATES, strata=stratum)
    assert cox(shifted, DIED, COVARIATES, strata=stratum).coef == pytest.approx(stratified.coef, rel=1e-9)
    assert stratified.coef != pytest.approx(cox(COHORT["time"], DIED, COVARIATES).coef, rel=1e-3)


def test_refitting_keeps_subjects_ties_and_strata() -> None:
    full = cox(
        COHORT["time"], DIED, COVARIATES, names=["age", "blina", "wbc"], ties="breslow", strata=COHORT["stratum"]
    )
    expected = cox(COHORT["time"], DIED, COVARIATES[:, [2, 0]], ties="breslow", strata=COHORT["stratum"])
    refitted = full.refit(["wbc", "age"])
    assert refitted.names == ("wbc", "age")
    assert refitted.coef.tolist() == expected.coef.tolist()


def test_no_events_is_said_so() -> None:
    with pytest.raises(NoEventsError, match="event: no events"):
        cox(TIME, np.zeros(12), X)


def test_a_constant_covariate_is_named() -> None:
    with pytest.raises(CollinearError, match="x2 has the same value in every row"):
        cox(TIME, EVENT, np.column_stack([X, np.full(12, 0.1)]))


def test_a_covariate_constant_among_those_at_risk_is_named() -> None:
    with pytest.raises(CollinearError, match="early does not vary among those at risk"):
        cox([1, 2, 3, 4], [0, 1, 1, 1], [1, 0, 0, 0], names=["early"])


def test_covariates_that_determine_each_other_are_named_and_no_others() -> None:
    columns = np.column_stack([COHORT["x1"], COHORT["x2"], COHORT["x1"] * 0.1 + 3])
    with pytest.raises(CollinearError, match=r"^age, age_in_decades determine each other"):
        cox(COHORT["time"], DIED, columns, names=["age", "blina", "age_in_decades"])


def test_an_infinite_coefficient_is_refused_and_named() -> None:
    with pytest.raises(SeparationError, match=r"^never predicts the outcome perfectly"):
        cox(COHORT["time"], DIED, np.column_stack([COHORT["x1"], ~DIED]), names=["age", "never"])


def test_a_rare_covariate_with_an_infinite_coefficient_is_found_among_many_subjects() -> None:
    n = 20_000
    time, rare = np.arange(n) % 997, np.arange(n) == 10
    with pytest.raises(SeparationError, match="rare"):
        cox(time, ~rare & (np.arange(n) % 3 > 0), np.column_stack([np.arange(n) % 7, rare]), names=["x", "rare"])


def test_a_huge_but_finite_effect_is_estimated() -> None:
    time = np.arange(1, 201)
    x = np.where(time <= 100, 1.0, 0.0)
    x[[99, 100]] = x[[100, 99]]
    assert 3 < cox(time, np.ones(200), x).coef[0] < 10


def test_an_unknown_treatment_of_ties_is_refused() -> None:
    with pytest.raises(InputError, match="ties: 'exact'"):
        cox(TIME, EVENT, X, ties="exact")  # type: ignore[arg-type]


@given(st.integers(0, 10**6))
def test_the_score_is_zero_at_the_estimate(seed: int) -> None:
    """Moving the coefficients either way lowers the likelihood, computed here subject by subject."""
    columns = draw(seed, 40, unit=90)
    time, event, x = columns["time"], columns["status"] > 0, columns["x1"]
    coef = cox(time, event, x, ties="breslow").coef[0]

    def log_likelihood(b: float) -> float:
        return sum(b * x[i] - np.log(np.exp(b * x[time >= time[i]]).sum()) for i in np.flatnonzero(event))

    assert log_likelihood(coef) >= max(log_likelihood(coef - 1e-4), log_likelihood(coef + 1e-4))
