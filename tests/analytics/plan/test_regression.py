import numpy as np
import pytest

from analytics.plan.covariates import Covariate
from analytics.plan.registry import NotPossible
from analytics.plan.regression import binary_outcome, multivariable, penalised_outcome, survival_outcome, univariable

N = 60
SUBJECT = np.arange(N)
EVENT = SUBJECT % 3 == 0
EVERYBODY = np.ones(N, dtype=bool)
HALF = Covariate("half", (SUBJECT % 2).astype(float))
RARE = Covariate("rare", (SUBJECT < 4).astype(float))


def test_a_covariate_with_few_events_in_a_group_is_left_out_of_a_model_and_says_so() -> None:
    model = multivariable((HALF, RARE), binary_outcome(EVENT, EVERYBODY), population="all")
    assert [term.error for term in model.terms] == ["", "left out: fewer than 5 events in a group"]
    assert model.events_per_variable == 20


def test_a_model_of_nothing_but_rare_covariates_is_not_fitted() -> None:
    with pytest.raises(NotPossible, match="fewer than 5 events"):
        multivariable((RARE,), binary_outcome(EVENT, EVERYBODY), population="all")


def test_who_has_no_known_outcome_is_left_out_by_reason() -> None:
    known = SUBJECT >= 6
    model = multivariable((HALF,), binary_outcome(EVENT & known, known), population="all")
    assert (model.n, dict(model.n_excluded)) == (54, {"outcome not known": 6})


def test_one_covariate_with_few_events_keeps_its_ratio_without_p_value() -> None:
    number = univariable(RARE, binary_outcome(EVENT, EVERYBODY))
    assert number.value is not None and number.p is None
    assert number.remark == "fewer than 5 events in a group"


def test_a_measured_covariate_has_no_p_value_where_events_are_few_in_all() -> None:
    slope = Covariate("age", (SUBJECT * 7 % 40).astype(float))
    assert univariable(slope, binary_outcome(EVENT, EVERYBODY)).p is not None
    number = univariable(slope, binary_outcome(SUBJECT % 20 == 0, EVERYBODY))
    assert (number.events, number.p, number.remark) == (3, None, "fewer than 5 events")


def test_a_published_figure_keeps_its_p_value() -> None:
    number = univariable(Covariate("rare", RARE.values, "P87"), binary_outcome(EVENT, EVERYBODY))
    assert number.p is not None


def test_the_penalty_gives_a_number_where_the_factor_separates() -> None:
    separates = Covariate("separates", EVENT.astype(float), "P84")
    assert univariable(separates, binary_outcome(EVENT, EVERYBODY)).error
    assert univariable(separates, penalised_outcome(EVENT, EVERYBODY)).value > 100


def test_a_model_within_a_population_counts_its_missing_there() -> None:
    time = (SUBJECT + 1).astype(float)
    partly = Covariate("partly", np.where(SUBJECT < 2, np.nan, HALF.values))
    number = univariable(partly, survival_outcome(time, EVENT), within=SUBJECT < 30, population="thirty")
    assert (number.n, number.missing, number.population) == (28, 2, "thirty")
