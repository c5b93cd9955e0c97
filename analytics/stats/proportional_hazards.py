"""Test of proportional hazards: do the coefficients of a Cox model change with time?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.stats.cox_likelihood import RiskSets
from analytics.stats.errors import CollinearError
from analytics.stats.inputs import FloatArray, IntArray
from analytics.stats.results import TestResult, chi_square_test
from analytics.stats.survival import SurvivalCurve

SINGULAR = 1e-10  # smallest share of its variation that a covariate times a function of time must have of its own


@dataclass(frozen=True, eq=False)
class ProportionalHazards:
    """A test for each covariate, in the order of `names`, and one of all together."""

    names: tuple[str, ...]
    covariates: tuple[TestResult, ...]
    overall: TestResult


def proportional_hazards(
    risk_sets: Sequence[RiskSets], coef: FloatArray, names: tuple[str, ...], curve: SurvivalCurve
) -> ProportionalHazards:
    """Score tests of adding x g(t) to the model, g(t) = 1 - S(t-) less its mean over the events; S is `curve`.

    Grambsch and Therneau 1994 (Biometrika 81: 515-526), in the exact form of R's survival from version 3.0.
    """
    fallen = [1 - np.append(1.0, curve.survival)[np.searchsorted(curve.time, r.event_time)] for r in risk_sets]
    n_events = [np.bincount(r.event_group) for r in risk_sets]
    centre = np.average(np.concatenate(fallen), weights=np.concatenate(n_events))
    p = coef.size
    score, information = np.zeros(p), np.zeros((2 * p, 2 * p))
    for risk_set, f in zip(risk_sets, fallen, strict=True):
        g = f - centre
        sums = risk_set.sum_up(coef)
        score += _event_sum(risk_set, g) - risk_set.expected(sums, g)
        mixed = risk_set.information(sums, g)
        information += np.block([[risk_set.information(sums), mixed], [mixed, risk_set.information(sums, g**2)]])
    alone = tuple(_test(score, information, np.array([j])) for j in range(p))
    return ProportionalHazards(names, alone, _test(score, information, np.arange(p)))


def _event_sum(risk_set: RiskSets, g: FloatArray) -> FloatArray:
    """Sum over the events of g x."""
    weight = np.zeros(risk_set.covariates.shape[0])
    weight[risk_set.event_rows] = g[risk_set.event_group]
    return weight @ risk_set.covariates


def _test(score: FloatArray, information: FloatArray, added: IntArray) -> TestResult:
    """Score test of the added terms; the score of the terms of the model is 0 at its estimate."""
    p = score.size
    kept = np.concatenate((np.arange(p), p + added))
    inside = information[np.ix_(kept, kept)]
    root = np.sqrt(np.diag(inside))
    if not (root > 0).all():
        raise CollinearError("all events are at one time")
    scaled = inside / np.outer(root, root)
    if np.linalg.eigvalsh(scaled)[0] < SINGULAR:
        raise CollinearError("too few event times to tell a change with time")
    scores = np.concatenate((np.zeros(p), score[added])) / root
    return chi_square_test(float(scores @ np.linalg.solve(scaled, scores)), added.size)
