"""The facts that were copied from the paper."""

import re

from analytics.reports.paper.facts import contradictions, figures, table_2


def test_there_are_92_figures_and_27_contradictions_without_a_gap() -> None:
    assert list(figures()) == [f"P{number:02d}" for number in range(1, 93)]
    assert [each.id for each in contradictions()] == [f"X{number:02d}" for number in range(1, 28)]


def test_every_contradiction_stands_beside_a_figure() -> None:
    named = {contradiction for figure in figures().values() for contradiction in figure.contradictions}
    assert named == {each.id for each in contradictions()}


def test_the_numbers_of_a_figure_are_in_its_printed_text() -> None:
    for figure in figures().values():
        printed = f"{figure.what} {figure.printed}".replace(",", "")
        digits = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", printed)}
        numbers = [amount for amount in (*figure.amounts, figure.lower, figure.upper) if amount and figure.id != "P73"]
        # A patient of whom the text tells alone is counted as 1.
        assert {float(number) for number in numbers} - {1.0} <= digits, figure.id


def test_table_2_has_17_patients_of_whom_nine_died_and_eight_had_double_alkylators() -> None:
    assert len(table_2()) == 17
    assert sum(row["grade"] == "5" for row in table_2()) == 9
    assert sum(row["dual_alkylators"] == "1" for row in table_2()) == 8
