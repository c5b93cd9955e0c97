"""What every public estimator states: types, arguments, source, the R call that it reproduces, errors."""

import inspect
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from analytics import stats

# The table of the statistical contract: each call with the options named there.
CONTRACT = {
    "kaplan_meier": "time, event, *, conf_level, conf_type",
    "reverse_kaplan_meier": "time, event",
    "restricted_mean": "curve, tau",
    "log_rank": "time, event, group, *, strata, rho",
    "cumulative_incidence": "time, status, *, conf_level",
    "gray_test": "time, status, group, *, cause, strata, rho",
    "cox": "time, event, covariates, *, ties, names, strata",
    "backward_elimination": "model, *, rule, threshold, groups",
    "fine_gray": "time, status, covariates, *, cause, names",
    "logistic": "outcome, covariates, *, names",
    "firth_logistic": "outcome, covariates, *, names",
    "kruskal_wallis": "*samples",
    "wilcoxon": "x, y",
    "fisher_exact": "table",
    "describe": "values",
    "count": "values",
    "clark_completeness": "entry, last_contact, event, cutoff",
    "exact_proportion": "n_events, n, *, conf_level",
    "funnel_limits": "proportion, sizes, *, conf_level",
}
RESULTS = {
    "SurvivalCurve": "time n_risk n_event n_censor survival std_error lower upper",
    "IncidenceCurve": "time estimate variance lower upper",
    "Estimate": "value lower upper",
    "TestResult": "statistic df p_value observed expected",
    "CoxModel": "names coef std_error hazard_ratio lower upper z p_value log_likelihood likelihood_ratio wald score "
    "concordance iterations",
    "FineGrayModel": "names coef std_error hazard_ratio lower upper z p_value log_likelihood likelihood_ratio",
    "LogisticModel": "names coef std_error odds_ratio lower upper z p_value log_likelihood",
    "Selection": "path kept model",
    "Count": "n percent denominator",
    "Description": "n missing median lower_quartile upper_quartile minimum maximum",
}
DEFAULTS = {
    ("kaplan_meier", "conf_level"): 0.95,
    ("kaplan_meier", "conf_type"): "log",
    ("log_rank", "rho"): 0.0,
    ("cox", "ties"): "efron",
    ("backward_elimination", "rule"): "p",
    ("backward_elimination", "threshold"): 0.157,
    ("gray_test", "cause"): 1,
    ("fine_gray", "cause"): 1,
}
PUBLIC = [getattr(stats, name) for name in stats.__all__]
FUNCTIONS = [each for each in PUBLIC if inspect.isfunction(each)]
Estimator = Callable[..., Any]


def shape(function: Estimator) -> str:
    parts: list[str] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts and not any(p.startswith("*") for p in parts):
            parts.append("*")
        parts.append(f"*{name}" if parameter.kind is parameter.VAR_POSITIONAL else name)
    return ", ".join(parts)


def test_every_call_of_the_contract_is_there_with_its_options_and_no_other() -> None:
    assert {function.__name__: shape(function) for function in FUNCTIONS} == CONTRACT


def test_the_defaults_are_those_of_the_contract() -> None:
    for (name, option), value in DEFAULTS.items():
        assert inspect.signature(getattr(stats, name)).parameters[option].default == value


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_has_what_the_contract_names_and_cannot_be_changed(name: str) -> None:
    result = getattr(stats, name)
    assert is_dataclass(result)
    assert set(RESULTS[name].split()) <= {field.name for field in fields(result)} | set(dir(result))
    assert result.__dataclass_params__.frozen  # type: ignore[attr-defined]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: str(function.__name__))
def test_an_estimator_is_typed(function: Estimator) -> None:
    signature = inspect.signature(function)
    assert signature.return_annotation is not signature.empty
    assert all(parameter.annotation is not parameter.empty for parameter in signature.parameters.values())


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: str(function.__name__))
def test_an_estimator_tells_its_r_call_its_source_and_its_errors(function: Estimator) -> None:
    text = function.__doc__ or ""
    assert "R: `" in text
    inherits = "errors as `kaplan_meier`" in text
    assert inherits or "Raises InputError" in text
    if function is not stats.count:  # a count needs no source
        assert re.search(r"\b(1[89]|20)\d\d\b", text)
    for name, parameter in inspect.signature(function).parameters.items():
        assert parameter.default is not parameter.empty or name.rstrip("s") in text or inherits, name


def test_every_error_is_a_value_error_of_the_package() -> None:
    errors = [each for each in PUBLIC if inspect.isclass(each) and issubclass(each, Exception)]
    assert len(errors) == 7
    assert all(issubclass(error, stats.StatisticsError) for error in errors)
    assert issubclass(stats.StatisticsError, ValueError)


def test_ten_million_day_times_are_no_special_case() -> None:
    time, event = np.array([1.0, 5, 5, 9]), np.array([1, 1, 0, 1])
    far = stats.kaplan_meier(time + 10_000_000, event)
    assert far.survival.tolist() == stats.kaplan_meier(time, event).survival.tolist()
