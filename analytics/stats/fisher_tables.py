"""All tables with given margins, column by column, without writing them down one by one.

What is still to be placed after some columns is a node: the totals left in each row, in ascending order, because their
order does not matter. Nodes of different first columns coincide, so that there are few. For each node the largest and
the smallest weight with which a table can be completed are known; a beginning whose every completion counts, or none,
is settled at once (Mehta and Patel 1983, JASA 78: 427-434).

The weight of a table is -log of the product of x! over its cells: its probability but for a constant.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from analytics.stats.errors import TooLargeError
from analytics.stats.inputs import FloatArray, IntArray

LARGEST = 20_000_000  # steps held at once
SAME_WEIGHT = 1e-9


@dataclass(frozen=True, eq=False)
class Stage:
    """All ways to fill one column: from which node to which of the next stage, with which weight and probability."""

    begin: IntArray
    end: IntArray
    weight: FloatArray
    probability: FloatArray


def probability_up_to(weight: float, rows: IntArray, columns: IntArray) -> float:
    """Probability, given the margins, of all tables with at most this weight."""
    stages = _stages(rows, columns)
    largest, smallest = _completions(stages)
    total = 0.0
    node, reached, mass = np.zeros(1, np.int64), np.zeros(1), np.ones(1)
    for place, stage in enumerate(stages):
        node, reached, mass = _advance(stage, node, reached, mass)
        counted = reached + largest[place + 1][node] <= weight
        total += float(mass[counted].sum())
        open_still = ~counted & (reached + smallest[place + 1][node] <= weight)
        node, reached, mass = _merge(node[open_still], reached[open_still], mass[open_still])
    return total


def _stages(rows: IntArray, columns: IntArray) -> list[Stage]:
    nodes = np.sort(rows)[np.newaxis]
    stages = []
    for column in columns.tolist():
        begin, cells = _fillings(nodes, column)
        left = nodes[begin] - cells
        weight = -special.gammaln(cells + 1.0).sum(axis=1)
        # the probability of a filling: hypergeometric in the totals left
        total = nodes[begin[0]].sum()
        log_probability = (
            weight
            + (special.gammaln(nodes[begin] + 1.0) - special.gammaln(left + 1.0)).sum(axis=1)
            - (special.gammaln(total + 1) - special.gammaln(column + 1) - special.gammaln(total - column + 1))
        )
        nodes, end = np.unique(np.sort(left, axis=1), axis=0, return_inverse=True)
        stages.append(Stage(begin, end.reshape(-1), weight, np.exp(log_probability)))
    return stages


def _fillings(nodes: IntArray, column: int) -> tuple[IntArray, IntArray]:
    """Every way to take `column` from the totals of each node: the node's number, and the cells."""
    begin, cells = np.arange(nodes.shape[0]), np.empty((nodes.shape[0], 0), np.int64)
    for row in range(nodes.shape[1]):
        left = column - cells.sum(axis=1)
        room_after = nodes[begin, row + 1 :].sum(axis=1)
        lowest = np.maximum(left - room_after, 0)
        ways = np.maximum(np.minimum(nodes[begin, row], left) - lowest + 1, 0)
        _refuse_large(int(ways.sum()))
        source = np.repeat(np.arange(begin.size), ways)
        step = np.arange(source.size) - np.repeat(np.cumsum(ways) - ways, ways)
        begin, cells = begin[source], np.column_stack((cells[source], lowest[source] + step))
    return begin, cells


def _completions(stages: list[Stage]) -> tuple[list[FloatArray], list[FloatArray]]:
    """The largest and the smallest weight that what remains can have, for each node of each stage."""
    largest, smallest = [np.zeros(1)], [np.zeros(1)]
    for stage in reversed(stages):
        n_nodes = int(stage.begin[-1]) + 1
        starts = np.searchsorted(stage.begin, np.arange(n_nodes))
        largest.insert(0, np.maximum.reduceat(stage.weight + largest[0][stage.end], starts))
        smallest.insert(0, np.minimum.reduceat(stage.weight + smallest[0][stage.end], starts))
    return largest, smallest


def _advance(
    stage: Stage, node: IntArray, reached: FloatArray, mass: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    first = np.searchsorted(stage.begin, node, side="left")
    ways = np.searchsorted(stage.begin, node, side="right") - first
    _refuse_large(int(ways.sum()))
    source = np.repeat(np.arange(node.size), ways)
    step = np.repeat(first - (np.cumsum(ways) - ways), ways) + np.arange(source.size)
    return stage.end[step], reached[source] + stage.weight[step], mass[source] * stage.probability[step]


def _merge(node: IntArray, reached: FloatArray, mass: FloatArray) -> tuple[IntArray, FloatArray, FloatArray]:
    """Beginnings at the same node with the same weight are one."""
    order = np.lexsort((reached, node))
    node, reached, mass = node[order], reached[order], mass[order]
    new = (np.diff(node, prepend=-1) != 0) | (np.diff(reached, prepend=np.inf) > SAME_WEIGHT)
    starts = np.flatnonzero(new)
    return node[starts], reached[starts], np.add.reduceat(mass, starts) if starts.size else mass


def _refuse_large(steps: int) -> None:
    if steps > LARGEST:
        raise TooLargeError("too many tables have these margins for an exact test", argument="table")
