"""Small numbers are withheld, and nobody can compute them from what is shown."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.access.context import scope, system
from registry.actions.exports import Wish
from registry.transfer.exports import aggregate
from registry.transfer.exports.small_cells import ALL, RECORDS, Question, withheld_answers, withheld_forms
from registry.transfer.exports.suppression import SMALL, Equation, determined, withheld
from registry.transfer.exports.tables import Choice, content_of
from tests.registry.transfer.exports.making import export, files, manifest


def table(numbers):
    """A table of rows and columns with all its totals, and the equations that bind them."""
    rows, columns = range(len(numbers)), range(len(numbers[0]))
    cells = {(row, column): numbers[row][column] for row in rows for column in columns}
    cells |= {(row, "all"): sum(numbers[row]) for row in rows}
    cells |= {("all", column): sum(numbers[row][column] for row in rows) for column in columns}
    cells["all", "all"] = sum(map(sum, numbers))
    equations = [Equation(tuple((row, column) for column in columns), (row, "all")) for row in (*rows, "all")]
    equations += [Equation(tuple((row, column) for row in rows), ("all", column)) for column in (*columns, "all")]
    return cells, equations


def test_a_small_number_is_not_alone_in_its_row_or_column():
    cells, equations = table([[10, 20], [3, 30]])
    hidden = withheld(cells, equations)
    assert (1, 0) in hidden and len(hidden) >= 4
    assert determined(equations, hidden) == []


def test_nothing_is_withheld_where_nothing_is_small():
    assert withheld(*table([[10, 0], [5, 30]])) == frozenset()


def test_small_numbers_that_are_few_together_do_not_stand_beside_their_sum():
    cells, equations = table([[1, 2, 40], [50, 60, 70]])
    assert (0, 2) in withheld(cells, equations)


def test_what_is_decided_elsewhere_stays_as_it_is():
    cells = {"a": 3, "b": 30, "all": 33}
    hidden = withheld(cells, [Equation(("a", "b"), "all")], decided={"all": False})
    assert hidden == {"a", "b"}


@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=4))
@settings(max_examples=100, deadline=None)
def test_no_small_number_follows_from_what_is_shown(numbers):
    cells, equations = table(numbers)
    hidden = withheld(cells, equations)
    small = {cell for cell, number in cells.items() if 0 < number < SMALL}
    assert small <= hidden
    shown = cells.keys() - hidden
    if any(cells[cell] for cell in shown):  # otherwise nothing was left to stand beside it
        assert not small & set(determined(equations, hidden))


QUESTION = Question("a", ("yes", "no"), ("UNK", "blank"))


def answers(**numbers):
    """Of one question at two centres: `yes=(3, 20)`; nobody else answered."""
    found = Counter()
    for name, at in numbers.items():
        question, _, answer = name.partition("_")
        for centre, number in zip((1, 2, ALL), (*at, sum(at)), strict=True):
            found[question, answer, centre] += number
            if question == "a":
                found[*RECORDS, centre] += number
    return found


def test_what_one_answer_hides_another_question_with_the_same_records_does_not_tell():
    other = Question("b", ("given",), ("blank",))  # is given where `a` is no
    numbers = answers(a_yes=(3, 20), a_no=(9, 30), a_blank=(40, 41), b_given=(9, 30), b_blank=(43, 61))
    hidden = withheld_answers(numbers, [QUESTION, other], frozenset())
    assert ("a", "yes", 1) in hidden and ("a", "no", 1) in hidden
    assert ("b", "given", 1) in hidden


def test_the_answers_of_another_question_do_not_tell_how_many_there_are_together():
    other = Question("b", ("x", "y"), ("blank",))  # is answered where `a` is no
    numbers = answers(a_yes=(3, 20), a_no=(12, 30), a_blank=(40, 41), b_x=(5, 20), b_y=(7, 10), b_blank=(43, 61))
    hidden = withheld_answers(numbers, [QUESTION, other], frozenset())
    assert ("a", "no", 1) in hidden
    assert {("b", "x", 1), ("b", "y", 1)} & hidden and ("b", "blank", 1) in hidden


def test_how_many_patients_are_without_a_form_is_a_number_like_others():
    counts = {"patient": {1: 11, 2: 20}, "death": {1: 8, 2: 10}}
    assert withheld_forms(counts, {"death"}) == {"patient": frozenset(), "death": {1, 2}}
    assert withheld_forms(counts, set())["death"] == frozenset()  # of a form that repeats nothing follows
    assert withheld_forms({"death": counts["death"]}, {"death"})["death"] == frozenset()


@pytest.mark.slow
def test_no_small_number_of_the_cohort_follows_from_all_that_is_shown(cohort_registry):
    """Of whole forms at once, with every sum that binds their questions."""
    with scope(system("test", read="all")):
        content = content_of(Choice(level="aggregate"))
        for table in content.tables:
            if table.form in ("patient", "diagnosis", "gvhd", "relapse"):
                items = [item.question for item in aggregate.items_of(table)]
                numbers = aggregate.numbers_of(table, list(aggregate.items_of(table)))
                _follows_nothing(numbers, items)


def _follows_nothing(numbers, questions):
    places = tuple(dict.fromkeys(place for item, _, place in numbers if item == RECORDS[0]))
    centres = [place for place in places if place != ALL]
    records = withheld_forms({"form": {place: numbers[*RECORDS, place] for place in centres}}, set())["form"]
    hidden = withheld_answers(numbers, questions, records) | {(*RECORDS, place) for place in records}
    rows = [RECORDS, *(row for question in questions for row in question.rows)]
    equations = [Equation(tuple((*row, centre) for centre in centres), (*row, ALL)) for row in rows]
    equations += [
        Equation(tuple((*row, place) for row in question.rows), (*RECORDS, place))
        for question in questions
        for place in places
    ]
    small = {(*row, place) for row in rows for place in places if 0 < numbers[*row, place] < SMALL}
    assert small <= hidden
    assert not small & set(determined(equations, hidden))


@pytest.mark.slow
def test_an_aggregate_export_holds_counts_and_no_patient(cohort_registry, tmp_path):
    folder = files(tmp_path, format="csv", level="aggregate")
    assert {file.name for file in folder.iterdir()} == {"counts.csv", "manifest.json", "README.txt"}
    lines = (folder / "counts.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "patient,sex,Sex,F,female,all centres,20" in lines
    numbers = [line.rpartition(",")[2] for line in lines[1:]]
    assert not {"1", "2", "3", "4"} & set(numbers)
    assert "withheld" in numbers
    assert manifest(folder)["rows"]["patient"] == 58


@pytest.mark.slow
def test_the_rows_of_an_aggregate_export_tell_no_small_form(cohort_registry):
    made = export(Wish("csv", "aggregate", forms=["patient", "maintenance_course"], centres=[2, 4]))
    assert made.manifest["rows"] == {"patient": 15, "maintenance_course": "fewer than 5"}
    assert made.rows == 15


@pytest.mark.slow
def test_centres_are_named_to_who_reads_all_of_them_only(cohort_registry, tmp_path):
    coordinator = files(tmp_path / "all", format="csv", level="aggregate")
    statistician = files(tmp_path / "masked", format="csv", level="aggregate", by="statistician")
    assert "03 Baltimore" in (coordinator / "counts.csv").read_text(encoding="utf-8-sig")
    masked = (statistician / "counts.csv").read_text(encoding="utf-8-sig")
    assert "03 Baltimore" not in masked and ",centre " in masked
