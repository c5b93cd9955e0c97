"""Where the paper contradicts itself: a printed number against what its other printed numbers imply."""

from collections.abc import Callable, Mapping
from itertools import product

from analytics.reports.paper import rounding
from analytics.reports.paper.facts import Figure, figures, table_2
from analytics.reports.paper.recomputed import Recomputed

Conflict = Callable[[Figure, Recomputed], str]


def conflict(figure: Figure, name: str, found: Recomputed) -> str:
    """Why the printed ``value``, ``lower``, ``upper`` or ``p`` is in error; empty where the paper does not say so.

    It is in error if the other printed numbers imply another one and the recomputed number is within what they imply.
    """
    against_others = ELSEWHERE.get((figure.id, name))
    if against_others:
        return against_others(figure, found)
    if figure.scale in ("log", "linear"):
        return _within_the_figure(figure, name, found)
    return ""


def _within_the_figure(figure: Figure, name: str, found: Recomputed) -> str:
    """The estimate lies in the middle of its interval, and the P value is that of the interval."""
    is_log = figure.scale == "log"
    printed = {"value": figure.amounts[0], "lower": figure.lower, "upper": figure.upper, "p": figure.p}
    computed = {"value": found.values[0], "lower": found.lower, "upper": found.upper, "p": found.p}
    implied: Mapping[str, tuple[Callable[..., float], tuple[str, ...]]] = {
        "value": (lambda lower, upper: rounding.middle(lower, upper, is_log=is_log), ("lower", "upper")),
        "lower": (lambda value, upper: rounding.opposite(value, upper, is_log=is_log), ("value", "upper")),
        "upper": (lambda value, lower: rounding.opposite(value, lower, is_log=is_log), ("value", "lower")),
        "p": (rounding.wald_p, ("value", "lower", "upper")),
    }
    formula, others = implied[name]
    number = computed[name]
    point = rounding.as_printed(printed[name], formula(*(float(printed[other]) for other in others)))
    corners = [formula(*corner) for corner in product(*(rounding.stands_for(printed[other]) for other in others))]
    if number is None or rounding.agrees(printed[name], float(point)) or not min(corners) <= number <= max(corners):
        return ""
    return f"{NAMES[name]} {printed[name]} is printed, the other printed numbers imply {point}"


NAMES = {"value": "the estimate", "lower": "the lower limit", "upper": "the upper limit", "p": "P"}


def _ecog(figure: Figure, found: Recomputed) -> str:
    other = figures()["P15"].amounts[0]
    is_other = other != figure.amounts[0] and rounding.agrees(other, found.values[0])
    return f"ECOG 0 is {figure.amounts[0]} in the text and {other} in Table 1" if is_other else ""


def _sum_of_parts(figure: Figure, found: Recomputed) -> str:
    total = sum(int(amount) for amount in figure.amounts)
    return f"the parts add up to {total} of {found.n}" if found.n and total != found.n == sum(found.values) else ""


def _double_alkylators(figure: Figure, found: Recomputed) -> str:
    analysed = figures()["P80"].n
    is_other = analysed != figure.amounts[0] and rounding.agrees(analysed, found.values[0])
    return f"{figure.amounts[0]} is printed here and {analysed} where they are analysed (P80)" if is_other else ""


def _shortest_interval(figure: Figure, found: Recomputed) -> str:
    shortest = min(int(row["ino_last_to_sos"]) - int(row["hct_to_sos"]) for row in table_2())
    is_below = shortest < float(figure.lower) and found.lower == shortest
    return f"the minimum is printed as {figure.lower}, and {shortest} follows from Table 2" if is_below else ""


ELSEWHERE: Mapping[tuple[str, str], Conflict] = {
    ("P14", "value"): _ecog,
    ("P19", "value"): _sum_of_parts,
    ("P49", "value"): _double_alkylators,
    ("P51", "lower"): _shortest_interval,
}
