"""Proportions: exact limits of one, and the limits within which those of several centres vary by chance."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from analytics.stats.errors import InputError
from analytics.stats.inputs import FloatArray, read_codes, read_level
from analytics.stats.results import Estimate


def exact_proportion(n_events: int, n: int, *, conf_level: float = 0.95) -> Estimate:
    """A proportion with exact limits. R: `binom.test(n_events, n, conf.level = conf_level)$conf.int`.

    Clopper and Pearson 1934 (Biometrika 26: 404-413). Raises InputError.
    """
    if not (n > 0 and n == int(n)):
        raise InputError(f"{n} is not a whole number from 1", argument="n")
    if not (0 <= n_events <= n and n_events == int(n_events)):
        raise InputError(f"{n_events} is not a whole number from 0 to {n}", argument="n_events")
    tail = (1 - read_level(conf_level)) / 2
    lower = special.betaincinv(n_events, n - n_events + 1, tail) if n_events else 0.0
    upper = special.betainccinv(n_events + 1, n - n_events, tail) if n_events < n else 1.0
    return Estimate(n_events / n, float(lower), float(upper))


def funnel_limits(proportion: float, sizes: ArrayLike, *, conf_level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """For groups of these sizes, the smallest and the largest proportion of events that chance explains.

    `proportion` is that of all groups together. A group lies outside exactly where the exact interval of its own
    proportion (`exact_proportion`) leaves out `proportion`. R: `qbinom(tail, n, p) / n`, upper tail alike.
    Spiegelhalter 2005 (Stat Med 24: 1185-1202), section 3. Raises InputError.
    """
    if not 0 <= proportion <= 1:
        raise InputError(f"{proportion} is not between 0 and 1", argument="proportion")
    tail = (1 - read_level(conf_level)) / 2
    n = read_codes(sizes, "sizes", length=np.size(sizes))
    if (n == 0).any():
        raise InputError("no subjects", argument="sizes", row=int(np.argmax(n == 0)))
    lower = np.array([_quantile(tail, size, proportion) for size in n.tolist()])
    upper = np.array([size - _quantile(tail, size, 1 - proportion) for size in n.tolist()])
    return lower / n, upper / n


def _quantile(tail: float, n: int, proportion: float) -> int:
    """The smallest count whose lower tail reaches `tail`."""
    below = special.bdtr(np.arange(n + 1), n, proportion)
    return int(np.argmax(below >= tail))
