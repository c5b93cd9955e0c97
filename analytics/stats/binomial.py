"""The binomial log-likelihood of a logistic model with its derivatives, in one pass over blocks of rows."""

import numpy as np

from analytics.stats.blocks import blocks
from analytics.stats.inputs import BoolArray, FloatArray
from analytics.stats.newton import Point


def evaluate(design: FloatArray, outcome: BoolArray, coef: FloatArray) -> Point:
    """Log-likelihood, score and information."""
    log_likelihood, score, information = 0.0, np.zeros(coef.size), np.zeros((coef.size, coef.size))
    for rows in blocks(outcome.size):
        x, y = design[rows], outcome[rows]
        probability, weight, part = fitted(x @ coef, y)
        log_likelihood += part
        score += (y - probability) @ x
        information += x.T @ (x * weight[:, np.newaxis])
    return Point(log_likelihood, score, information)


def fitted(predictor: FloatArray, outcome: BoolArray) -> tuple[FloatArray, FloatArray, float]:
    """Probability, its variance, and the log-likelihood of the rows; one exponential serves all three."""
    small = np.exp(-np.abs(predictor))
    larger = 1 / (1 + small)  # the larger of the two probabilities
    smaller = small * larger
    probability = np.where(predictor >= 0, larger, smaller)
    log_likelihood = np.minimum(np.where(outcome, predictor, -predictor), 0).sum() - np.log1p(small).sum()
    return probability, larger * smaller, float(log_likelihood)
