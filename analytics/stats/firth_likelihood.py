"""Logistic likelihood penalised by Jeffreys' prior (Firth 1993, Biometrika 80: 27-38), with its derivatives.

l* = l + log|I| / 2 with I = X'WX, W = diag(w), w = p (1 - p). With the leverages h = w x' I^-1 x the score is
X'(y - p + h (1/2 - p)) (Heinze and Schemper 2002, Stat Med 21: 2409-2419).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.stats import binomial, newton
from analytics.stats.blocks import blocks
from analytics.stats.inputs import BoolArray, FloatArray
from analytics.stats.newton import Point

# From this many rows on, the curvature of the penalty is negligible beside that of the likelihood, and not computed:
# it steers the iterations, not what they lead to.
MANY = 5_000
SADDLE = 1e-8  # negative curvature as a share of the largest
ASIDE = 0.1  # from a saddle, in coefficients of standardised covariates


@dataclass(frozen=True, eq=False)
class PenalisedPoint:
    """The penalised log-likelihood at some coefficients, its score, minus its second derivatives, and I."""

    coef: FloatArray
    log_likelihood: float
    score: FloatArray
    curvature: FloatArray
    fisher: FloatArray

    def is_highest_of_others(self, term: int) -> bool:
        """Where the score of the other coefficients is 0: is it a maximum over them, and no saddle?"""
        others = np.delete(np.arange(self.coef.size), term)
        return bool(np.linalg.eigvalsh(self.curvature[np.ix_(others, others)])[0] > 0)

    def move(self, term: int, value: float) -> FloatArray:
        """The coefficients with that of a term at this value, the others where they about follow it to."""
        others = np.delete(np.arange(self.coef.size), term)
        follow = np.linalg.solve(self.fisher[np.ix_(others, others)], self.fisher[others, term])
        moved = self.coef.copy()
        moved[others] -= follow * (value - self.coef[term])
        moved[term] = value
        return moved


@dataclass(frozen=True, eq=False)
class PenalisedLikelihood:
    """Of one data set; the first column of the design is the intercept. `squares`: the products of its columns."""

    design: FloatArray
    outcome: BoolArray
    squares: FloatArray | None

    def evaluate(self, coef: FloatArray) -> PenalisedPoint:
        """The likelihood at some coefficients; minus infinity where I has become singular."""
        n = self.outcome.size
        p, w, plain, fisher = np.empty(n), np.empty(n), 0.0, np.zeros((coef.size, coef.size))
        for rows in blocks(n):
            x = self.design[rows]
            p[rows], w[rows], part = binomial.fitted(x @ coef, self.outcome[rows])
            plain += part
            fisher += x.T @ (x * w[rows, np.newaxis])
        regular = newton.invert_regular(fisher)
        if regular is None:
            return PenalisedPoint(coef, -np.inf, np.zeros_like(coef), fisher, fisher)
        inverse, log_determinant = regular
        score, leverage = np.zeros_like(coef), np.empty(n)
        for rows in blocks(n):
            x = self.design[rows]
            leverage[rows] = w[rows] * np.einsum("ij,ij->i", x @ inverse, x)
            score += (self.outcome[rows] - p[rows] + leverage[rows] * (0.5 - p[rows])) @ x
        curvature = fisher + self._curvature_of_penalty(inverse, p=p, w=w, leverage=leverage)
        return PenalisedPoint(coef, plain + log_determinant / 2, score, curvature, fisher)

    def _curvature_of_penalty(
        self, inverse: FloatArray, *, p: FloatArray, w: FloatArray, leverage: FloatArray
    ) -> FloatArray:
        if self.squares is None:
            return np.zeros_like(inverse)
        slopes = ((self.design.T * (w * (1 - 2 * p))) @ self.squares).reshape(-1, *inverse.shape)
        relative = inverse @ slopes
        traces: FloatArray = np.einsum("rij,sji->rs", relative, relative)
        cross = ((leverage * (1 - 6 * w)) @ self.squares).reshape(inverse.shape)
        return (traces - cross) / 2

    def maximise(self, begin: FloatArray, *, fixed: Sequence[int] = ()) -> tuple[PenalisedPoint, int]:
        """From `begin`, the coefficients `fixed` kept as they are there; also the number of iterations.

        Newton's method, or scoring with I where the likelihood is not concave. Either may end on a saddle: from there
        it goes on to both sides, once, so that it ends also where the likelihood is flat.
        """
        top, iterations = self._settle(begin, fixed)
        free = np.delete(np.arange(begin.size), fixed)
        values, vectors = np.linalg.eigh(top.curvature[np.ix_(free, free)])
        if values[0] > -SADDLE * values[-1]:
            return top, iterations
        aside = np.zeros_like(begin)
        aside[free] = ASIDE * vectors[:, 0]
        beside = (self._settle(top.coef + side * aside, fixed) for side in (-1, 1))
        return max((top, iterations), *beside, key=_height)

    def _settle(self, begin: FloatArray, fixed: Sequence[int]) -> tuple[PenalisedPoint, int]:
        free = np.delete(np.arange(begin.size), fixed)
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


def _height(found: tuple[PenalisedPoint, int]) -> float:
    return found[0].log_likelihood


def penalised_likelihood(design: FloatArray, outcome: BoolArray) -> PenalisedLikelihood:
    """With the products of the columns, unless there are too many rows to keep them."""
    n, p = design.shape
    products = None if n > MANY else (design[:, :, np.newaxis] * design[:, np.newaxis, :]).reshape(n, p * p)
    return PenalisedLikelihood(design, outcome, products)
