"""Which numbers of an aggregate export follow from each other, and which of them are therefore withheld.

Rows that have the same numbers at every centre count the same records nearly always: why each of several answers is
missing, a blood count and its unit, a cause and its words. They are one row here: what is withheld of one is withheld
of all, or one would tell the other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

from registry.transfer.exports.suppression import SMALL, Equation, determined, withheld

ALL: Final = "all centres"
Row = tuple[str, str]  # an item and an answer, or a form
Cell = tuple[str, str, Any]  # the row, at a centre or in all
Numbers = Counter[Cell]
RECORDS: Final[Row] = ("records", "records")
_GIVEN, _NOT_GIVEN = "given", "not given"


@dataclass(frozen=True)
class Sum:
    """Rows that make up another one, at each centre and in all."""

    parts: tuple[Row, ...]
    total: Row

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.parts, self.total)


@dataclass(frozen=True)
class Question:
    """Of each record exactly one of the answers is true; the others say that none was given."""

    name: str
    answers: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def rows(self) -> list[Row]:
        return [(self.name, answer) for answer in (*self.answers, *self.others)]

    @property
    def sums(self) -> Iterator[Sum]:
        """Also those that nobody prints: how many answered at all, and how many did not."""
        yield Sum(tuple(self.rows), RECORDS)
        yield Sum(tuple((self.name, answer) for answer in self.answers), (self.name, _GIVEN))
        yield Sum(tuple((self.name, answer) for answer in self.others), (self.name, _NOT_GIVEN))


@dataclass(frozen=True)
class System:
    """Rows of numbers, the sums that bind them, and which of them are printed."""

    numbers: Numbers
    places: tuple[Any, ...]  # the centres, and all
    printed: AbstractSet[Row]
    leaders: Mapping[Row, Row]

    def decide(self, sums: Sequence[Sum], decided: Mapping[Cell, bool], rows: Iterable[Row] = ()) -> dict[Cell, bool]:
        """Of each cell of these sums, whether it is withheld. What nobody prints is so unless it can be computed."""
        rows = dict.fromkeys(self.leaders[row] for row in (*rows, *(row for each in sums for row in each.rows)))
        cells = {(*row, place): self.numbers[*row, place] for row in rows for place in self.places}
        unprinted = {(*row, place) for row in rows if row not in self.printed for place in self.places}
        equations = self._equations(rows, sums)
        before = {cell: decided[cell] for cell in cells if cell in decided}
        hidden = withheld(cells, equations, decided=before, unprinted=unprinted - before.keys())
        computed = unprinted & set(determined(equations, hidden))
        return {cell: cell in hidden - computed for cell in cells} | before

    def _equations(self, rows: Iterable[Row], sums: Sequence[Sum]) -> list[Equation[Cell]]:
        """The centres make up all, and the sums hold at each place."""
        *centres, every = self.places
        found = [Equation(tuple((*row, centre) for centre in centres), (*row, every)) for row in rows]
        for each in sums:
            parts, total = [self.leaders[row] for row in each.parts], self.leaders[each.total]
            found += [Equation(tuple((*row, place) for row in parts), (*total, place)) for place in self.places]
        return found


def withheld_forms(counts: Mapping[str, Mapping[Any, int]], once: AbstractSet[str]) -> dict[str, frozenset[Any]]:
    """By form, the places where the number of its records is withheld.

    Of a form that a patient has `once` anybody can compute how many patients are without it.
    """
    places = (*sorted({centre for numbers in counts.values() for centre in numbers}), ALL)
    numbers: Numbers = Counter()
    for form, by_centre in counts.items():
        numbers.update({(form, "", centre): number for centre, number in by_centre.items()})
        numbers[form, "", ALL] = sum(by_centre.values())
    patients, with_rest = ("patient", ""), once & counts.keys() if "patient" in counts else frozenset()
    for form in with_rest:
        for place in places:
            numbers[form, _NOT_GIVEN, place] = numbers[*patients, place] - numbers[form, "", place]
    sums = [Sum(((form, ""), (form, _NOT_GIVEN)), patients) for form in counts if form in with_rest]
    printed = [(form, "") for form in counts]
    system = _system(numbers, places, printed, sums)
    decided = system.decide(sums, {}, printed)
    return {form: frozenset(place for place in places if decided[*system.leaders[form, ""], place]) for form in counts}


def withheld_answers(numbers: Numbers, questions: Sequence[Question], records: AbstractSet[Any]) -> frozenset[Cell]:
    """The cells of the answers that are withheld. `records`: the places where the number of records is.

    One question after the other: what was decided of a row holds for the same row of the next ones.
    """
    places = (*sorted({centre for *row, centre in numbers if tuple(row) == RECORDS and centre != ALL}), ALL)
    sums = [each for question in questions for each in question.sums]
    known = _with_totals(numbers, sums, places)
    rows = [row for question in questions for row in question.rows]
    system = _system(known, places, [RECORDS, *rows], sums)
    decided = {(*RECORDS, place): place in records for place in places}
    for question in questions:
        decided |= system.decide(list(question.sums), decided)
    return frozenset((*row, place) for row in rows for place in places if decided[*system.leaders[row], place])


def _with_totals(numbers: Numbers, sums: Iterable[Sum], places: tuple[Any, ...]) -> Numbers:
    found = Counter(numbers)
    for each in (each for each in sums if each.total != RECORDS):
        for place in places:
            found[*each.total, place] = sum(found[*row, place] for row in each.parts)
    return found


def _system(numbers: Numbers, places: tuple[Any, ...], printed: Sequence[Row], sums: Sequence[Sum]) -> System:
    """With the leader of each row: the first one that has the same numbers; never two of one sum."""
    beside: dict[Row, set[Row]] = {row: set() for row in printed}
    for each in sums:
        for row in each.rows:
            beside[row] = beside.get(row, set()) | set(each.rows) - {row}
    leaders: dict[Row, Row] = {}
    members: dict[Row, set[Row]] = defaultdict(set)
    firsts: dict[tuple[int, ...], Row] = {}
    for row, others in beside.items():
        vector = tuple(numbers[*row, place] for place in places)
        first = firsts.setdefault(vector, row) if vector[-1] >= SMALL else row
        leaders[row] = row if others & members[first] else first
        members[leaders[row]].add(row)
    return System(numbers, places, {leaders[row] for row in printed}, leaders)
