"""Newton-Raphson for a concave log-likelihood, with a name for each way in which it can fail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.stats.errors import CollinearError, ConvergenceError, SeparationError
from analytics.stats.inputs import FloatArray

MAX_ITERATIONS = 50
MAX_HALVINGS = 30
# The gain still to be had is half of `score' information^-1 score`. At SETTLED a step is below 1e-7 standard errors,
# and what is left after that step is its square. At FLAT it is below 1e-3 standard errors: a linear predictor that
# then still moves by MOVING from one end of a covariate to the other is on its way to infinity.
SETTLED = 1e-14
FLAT = 1e-6
MOVING = 0.1
# Smallest share of its variation that a covariate, or a combination of covariates, must have of its own.
SINGULAR = 1e-10
INVERTIBLE = 1e-13


@dataclass(frozen=True, eq=False)
class Point:
    """A log-likelihood and its derivatives at some coefficients."""

    log_likelihood: float
    score: FloatArray
    information: FloatArray


@dataclass(frozen=True, eq=False)
class Maximum:
    """Where the iterations ended, and the likelihood where they began."""

    estimate: FloatArray
    end: Point
    start: Point
    iterations: int


def maximise(
    evaluate: Callable[[FloatArray], Point], *, names: Sequence[str], spread: FloatArray, scale: FloatArray
) -> Maximum:
    """Maximise from 0. `spread` is the range of each covariate; `scale` what its information is compared with."""
    begin = np.zeros(len(names))
    start = evaluate(begin)
    refuse_collinear(start.information, names=names, scale=scale)

    def refuse_infinite(step: FloatArray, gain: float) -> None:
        moving = np.abs(step) * spread > MOVING
        if gain < FLAT and moving.any():
            culprits = ", ".join(name for name, moves in zip(names, moving, strict=True) if moves)
            raise SeparationError(f"{culprits} predicts the outcome perfectly: infinite coefficient")

    return settle(evaluate, begin, start, watch=refuse_infinite)


def settle(
    evaluate: Callable[[FloatArray], Point],
    begin: FloatArray,
    start: Point,
    *,
    watch: Callable[[FloatArray, float], None] = lambda step, gain: None,
) -> Maximum:
    """Maximise from `begin`, where the likelihood is `start`; `watch` sees each step before it is taken."""
    estimate, point = begin, start
    for iteration in range(1, MAX_ITERATIONS + 1):
        step = _solve(point)
        gain = float(step @ point.score)
        watch(step, gain)
        estimate, point = _climb(evaluate, estimate, step, point)
        if gain < SETTLED:
            return Maximum(estimate, point, start, iteration)
    raise ConvergenceError(f"no maximum after {MAX_ITERATIONS} iterations")


def refuse_collinear(information: FloatArray, *, names: Sequence[str], scale: FloatArray) -> None:
    """A covariate without variation, or a combination without, shows in the information matrix at the start."""
    own = np.diag(information)
    for name, size, share in zip(names, scale, own, strict=True):
        if share <= SINGULAR * size:
            raise CollinearError(f"{name} does not vary among those at risk")
    root = np.sqrt(own)
    values, vectors = np.linalg.eigh(information / np.outer(root, root))
    if values[0] < SINGULAR:
        involved = np.abs(vectors[:, 0]) > np.sqrt(SINGULAR)
        listed = ", ".join(name for name, part in zip(names, involved, strict=True) if part)
        raise CollinearError(f"{listed} determine each other")


def invert_regular(information: FloatArray) -> tuple[FloatArray, float] | None:
    """The inverse and the logarithm of the determinant; None where no digits would be left of the inverse."""
    own = np.diag(information)
    if not (np.isfinite(information).all() and (own > 0).all()):
        return None
    root = np.sqrt(own)
    scale = np.outer(root, root)
    values, vectors = np.linalg.eigh(information / scale)
    if values[0] <= INVERTIBLE:
        return None
    inverted: FloatArray = (vectors / values) @ vectors.T / scale
    return inverted, float(np.log(values).sum() + np.log(own).sum())


def inverse(information: FloatArray) -> FloatArray:
    """Covariance matrix of the estimates, symmetric; scaled before the inversion."""
    root = np.sqrt(np.diag(information))
    inverted = np.linalg.inv(information / np.outer(root, root)) / np.outer(root, root)
    symmetric: FloatArray = (inverted + inverted.T) / 2
    return symmetric


def _solve(point: Point) -> FloatArray:
    try:
        with np.errstate(invalid="ignore", divide="ignore"):  # rounding may leave no information: refused below
            root = np.sqrt(np.diag(point.information))
        step: FloatArray = np.linalg.solve(point.information / np.outer(root, root), point.score / root) / root
    except np.linalg.LinAlgError as error:
        raise ConvergenceError("the information matrix became singular") from error
    if not np.isfinite(step).all():
        raise ConvergenceError("the steps became infinite")
    return step


def _climb(
    evaluate: Callable[[FloatArray], Point], estimate: FloatArray, step: FloatArray, point: Point
) -> tuple[FloatArray, Point]:
    """Take the step, halved until the likelihood is within range and does not fall (beyond rounding)."""
    least = point.log_likelihood - 1e-10 * (1 + abs(point.log_likelihood))
    for _ in range(MAX_HALVINGS):
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            reached = evaluate(estimate + step)
        if np.isfinite(reached.information).all() and least <= reached.log_likelihood < np.inf:
            return estimate + step, reached
        step = step / 2
    raise ConvergenceError("no step raises the likelihood")
