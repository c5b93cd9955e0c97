"""Logistic likelihood penalised by Jeffreys' prior (Firth 1993, Biometrika 80: 27-38), with its derivatives.

l* = l + log|I| / 2 with I = X'WX, W = diag(w), w = p (1 - p). With the leverages h = w x' I^-1 x the score is
X'(y - p + h (1/2 - p)) (Heinze and Schemper 2002, Stat Med 21: 2409-2419).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from analytics.stats import newton
from analytics.stats.inputs import BoolArray, FloatArray
from analytics.stats.newton import Point

# From this many rows on, the curvature of the penalty is negligible beside that of the likelihood, and not computed:
# it steers the iterations, not what they lead to.
MANY = 5_000


@dataclass(frozen=True, eq=False)
class PenalisedPoint:
    """The penalised log-likelihood, its score, minus its second derivatives, and Fisher's information."""

    log_likelihood: float
    score: FloatArray
    curvature: FloatArray
    fisher: FloatArray


@dataclass(frozen=True, eq=False)
class PenalisedLikelihood:
    """Of one data set; the first column of the design is the intercept."""

    design: FloatArray
    outcome: BoolArray

    def evaluate(self, coef: FloatArray) -> PenalisedPoint:
        """The likelihood at some coefficients; minus infinity where Fisher's information has become singular."""
        predictor = self.design @ coef
        p = special.expit(predictor)
        w = p * special.expit(-predictor)
        fisher = self.design.T @ (self.design * w[:, np.newaxis])
        sign, log_determinant = np.linalg.slogdet(fisher)
        if sign <= 0:
            return PenalisedPoint(-np.inf, np.zeros_like(coef), fisher, fisher)
        plain = float(predictor[self.outcome].sum() - np.logaddexp(0, predictor).sum())
        inverse = newton.inverse(fisher)
        leverage = w * np.einsum("ij,ij->i", self.design @ inverse, self.design)
        score = self.design.T @ (self.outcome - p + leverage * (0.5 - p))
        of_penalty = 0.0 if p.size > MANY else self._curvature_of_penalty(inverse, p=p, w=w, leverage=leverage)
        return PenalisedPoint(plain + log_determinant / 2, score, fisher + of_penalty, fisher)

    def _curvature_of_penalty(
        self, inverse: FloatArray, *, p: FloatArray, w: FloatArray, leverage: FloatArray
    ) -> FloatArray:
        x = self.design
        of_leverage = x.T @ (x * (leverage * (1 - 6 * w))[:, np.newaxis])
        slopes = np.array([x.T @ (x * (w * (1 - 2 * p) * column)[:, np.newaxis]) for column in x.T])
        relative = inverse @ slopes
        traces: FloatArray = np.einsum("rij,sji->rs", relative, relative)
        return (traces - of_leverage) / 2

    def maximise(self, begin: FloatArray, *, fixed: Sequence[int] = ()) -> tuple[FloatArray, PenalisedPoint, int]:
        """From `begin`, the coefficients `fixed` kept as they are there: estimate, likelihood there, iterations.

        Newton's method, or scoring with Fisher's information where the likelihood is not concave.
        """
        free = np.setdiff1d(np.arange(begin.size), fixed)
        block = np.ix_(free, free)

        def place(part: FloatArray) -> FloatArray:
            values = begin.copy()
            values[free] = part
            return values

        def evaluate(part: FloatArray) -> Point:
            whole = self.evaluate(place(part))
            concave = np.linalg.eigvalsh(whole.curvature[block])[0] > 0
            return Point(whole.log_likelihood, whole.score[free], (whole.curvature if concave else whole.fisher)[block])

        maximum = newton.settle(evaluate, begin[free], evaluate(begin[free]))
        values = place(maximum.estimate)
        return values, self.evaluate(values), maximum.iterations
