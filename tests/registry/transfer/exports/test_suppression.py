"""Small numbers are withheld, and nobody can compute them from what is shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.access.context import scope, system
from registry.transfer.exports import aggregate
from registry.transfer.exports.suppression import SMALL, Equation, determined, withheld
from registry.transfer.exports.tables import Choice, content_of
from tests.registry.transfer.exports.making import files, manifest


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


@pytest.mark.slow
def test_no_small_number_of_the_cohort_follows_from_all_that_is_shown(cohort_registry):
    with scope(system("test", read="all")):
        content = content_of(Choice(level="aggregate"))
        tables = {table.form: table for table in content.tables}
        for form in ("patient", "baseline", "hct", "sos_vod"):
            items = list(aggregate.items_of(tables[form]))
            numbers = aggregate.count(tables[form], items)
            centres = sorted({centre for item, _, centre in numbers if item == "records" and centre != aggregate.ALL})
            records = aggregate.withheld_records(numbers, centres)
            for item in items:
                equations = aggregate.equations_of(item, centres)
                hidden = aggregate.withheld_answers(numbers, item, centres, records)
                small = {cell for equation in equations for cell in equation.cells if 0 < numbers[cell] < SMALL}
                assert small <= hidden
                assert not small & set(determined(equations, hidden)), item.name


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
def test_centres_are_named_to_who_reads_all_of_them_only(cohort_registry, tmp_path):
    coordinator = files(tmp_path / "all", format="csv", level="aggregate")
    statistician = files(tmp_path / "masked", format="csv", level="aggregate", by="statistician")
    assert "03 Baltimore" in (coordinator / "counts.csv").read_text(encoding="utf-8-sig")
    masked = (statistician / "counts.csv").read_text(encoding="utf-8-sig")
    assert "03 Baltimore" not in masked and ",centre " in masked
