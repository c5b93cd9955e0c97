"""Logistic likelihood penalised by Jeffreys' prior (Firth 1993, Biometrika 80: 27-38), with its derivatives.

l* = l + log|I| / 2 with I = X'WX, W = diag(w), w = p (1 - p). With the leverages h = w x' I^-1 x the score is
X'(y - p + h (1/2 - p)) (Heinze and Schemper 2002, Stat Med 21: 2409-2419).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from analytics.stats import newton
from analytics.stats.cox_likelihood import weighted_cross
from analytics.stats.inputs import BoolArray, FloatArray
from analytics.stats.newton import Point

# From this many rows on, the curvature of the penalty is negligible beside that of the likelihood, and not computed:
# it steers the iterations, not what they lead to.
MANY = 5_000


@dataclass(frozen=True, eq=False)
class PenalisedPoint:
    """The penalised log-likelihood at some coefficients, its score, minus its second derivatives, and I."""

    coef: FloatArray
    log_likelihood: float
    score: FloatArray
    curvature: FloatArray
    fisher: FloatArray


@dataclass(frozen=True, eq=False)
class PenalisedLikelihood:
    """Of one data set; the first column of the design is the intercept. `squares`: the products of its columns."""

    design: FloatArray
    outcome: BoolArray
    squares: FloatArray | None

    def evaluate(self, coef: FloatArray) -> PenalisedPoint:
        """The likelihood at some coefficients; minus infinity where I has become singular."""
        predictor = self.design @ coef
        p = special.expit(predictor)
        w = p * special.expit(-predictor)
        fisher = self._cross(w)
        if not newton.is_regular(fisher):
            return PenalisedPoint(coef, -np.inf, np.zeros_like(coef), fisher, fisher)
        plain = float(predictor[self.outcome].sum() - np.logaddexp(0, predictor).sum())
        inverse = newton.inverse(fisher)
        leverage = w * np.einsum("ij,ij->i", self.design @ inverse, self.design)
        score = self.design.T @ (self.outcome - p + leverage * (0.5 - p))
        curvature = fisher + self._curvature_of_penalty(inverse, p=p, w=w, leverage=leverage)
        return PenalisedPoint(coef, plain + np.linalg.slogdet(fisher)[1] / 2, score, curvature, fisher)

    def _cross(self, weight: FloatArray) -> FloatArray:
        """X' diag(weight) X."""
        if self.squares is None:
            return weighted_cross(self.design, weight)
        return (weight @ self.squares).reshape(self.design.shape[1], -1)

    def _curvature_of_penalty(
        self, inverse: FloatArray, *, p: FloatArray, w: FloatArray, leverage: FloatArray
    ) -> FloatArray:
        if self.squares is None:
            return np.zeros_like(inverse)
        slopes = ((self.design.T * (w * (1 - 2 * p))) @ self.squares).reshape(-1, *inverse.shape)
        relative = inverse @ slopes
        traces: FloatArray = np.einsum("rij,sji->rs", relative, relative)
        return (traces - self._cross(leverage * (1 - 6 * w))) / 2

    def maximise(self, begin: FloatArray, *, fixed: Sequence[int] = ()) -> tuple[PenalisedPoint, int]:
        """From `begin`, the coefficients `fixed` kept as they are there; also the number of iterations.

        Newton's method, or scoring with I where the likelihood is not concave.
        """
        free = np.setdiff1d(np.arange(begin.size), fixed)
        block = np.ix_(free, free)
        reached: list[PenalisedPoint] = []

        def evaluate(part: FloatArray) -> Point:
            values = begin.copy()
            values[free] = part
            whole = self.evaluate(values)
            reached[:] = [whole]
            concave = np.linalg.eigvalsh(whole.curvature[block])[0] > 0
            return Point(whole.log_likelihood, whole.score[free], (whole.curvature if concave else whole.fisher)[block])

        iterations = newton.settle(evaluate, begin[free], evaluate(begin[free])).iterations
        return reached[0], iterations


def penalised_likelihood(design: FloatArray, outcome: BoolArray) -> PenalisedLikelihood:
    """With the products of the columns, unless there are too many rows to keep them."""
    n, p = design.shape
    products = None if n > MANY else (design[:, :, np.newaxis] * design[:, np.newaxis, :]).reshape(n, p * p)
    return PenalisedLikelihood(design, outcome, products)
