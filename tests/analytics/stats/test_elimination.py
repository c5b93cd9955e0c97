import numpy as np
import pytest

from analytics.stats import CoxModel, InputError, backward_elimination, cox, logistic
from tests.conformance.data_sets import COVARIATES, draw

COHORT = draw(2, 80, unit=30)
DIED = COHORT["status"] == 1


@pytest.fixture
def full() -> CoxModel:
    return cox(COHORT["time"], DIED, np.column_stack([COHORT[name] for name in COVARIATES]), names=COVARIATES)


def test_the_model_is_refitted_to_the_terms_that_are_kept(full: CoxModel) -> None:
    selection = backward_elimination(full)
    assert {step.term for step in selection.path} | set(selection.kept) == set(COVARIATES)
    assert all(step.p_value > 0.157 for step in selection.path)
    assert selection.model is not None
    assert selection.model.names == selection.kept
    assert selection.model.coef.tolist() == full.refit(selection.kept).coef.tolist()


def test_the_first_term_dropped_is_the_weakest_of_the_full_model(full: CoxModel) -> None:
    first = backward_elimination(full).path[0]
    weakest = int(np.argmax(full.p_value))
    assert (first.term, first.df) == (full.names[weakest], 1)
    assert first.chi_square == pytest.approx(full.z[weakest] ** 2)


def test_a_threshold_of_1_keeps_the_model_as_it_is(full: CoxModel) -> None:
    selection = backward_elimination(full, threshold=1)
    assert (selection.path, selection.kept, selection.model) == ((), full.names, full)


def test_where_nothing_is_kept_there_is_no_model(full: CoxModel) -> None:
    selection = backward_elimination(full, threshold=0)
    assert (len(selection.path), selection.kept, selection.model) == (5, (), None)


def test_a_group_is_dropped_as_a_whole(full: CoxModel) -> None:
    selection = backward_elimination(full, threshold=0, groups={"cytogenetics": ("x4", "x5")})
    step = next(step for step in selection.path if step.term == "cytogenetics")
    assert step.df == 2


def test_a_logistic_model_is_eliminated_alike() -> None:
    model = logistic(COHORT["outcome"], np.column_stack([COHORT["x1"], COHORT["x3"]]), names=["age", "wbc"])
    selection = backward_elimination(model, threshold=0)
    assert selection.path[0].p_value == pytest.approx(model.p_value.max())


def test_groups_must_be_of_covariates_and_apart(full: CoxModel) -> None:
    with pytest.raises(InputError, match=r"groups: .*'sex'"):
        backward_elimination(full, groups={"g": ("x1", "sex")})
    with pytest.raises(InputError, match="groups"):
        backward_elimination(full, groups={"g": ("x1", "x2"), "h": ("x2", "x3")})
    with pytest.raises(InputError, match="rule: 'bic'"):
        backward_elimination(full, rule="bic")  # type: ignore[arg-type]
