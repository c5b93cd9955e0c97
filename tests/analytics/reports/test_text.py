"""Cells of tables know their numbers of patients; printed they are plain text."""

from typing import Any

import numpy as np

from analytics.cohort.count import Count
from analytics.reports import summary_tables
from analytics.reports.tables import entry_table
from analytics.reports.text import Text, counts_in, joined, pieces_of

TWO = Count(np.array([True, True, False]))


def test_a_text_is_a_string_with_its_numbers_of_patients() -> None:
    text = Text("with it: ", TWO, " (67%)")
    assert text == "with it: 2 (67%)"
    assert [count.rows.tolist() for count in counts_in(text)] == [[True, True, False]]


def test_texts_of_texts_keep_their_parts() -> None:
    assert pieces_of(joined(", ", [Text(TWO, " a"), "b"])) == (2, " a", ", ", "b")


def test_a_plain_string_counts_nobody() -> None:
    assert counts_in("2 of 3") == ()


def test_every_denominator_and_event_count_of_the_tables_is_known(reference_results: dict[str, Any]) -> None:
    for entry in reference_results["entries"]:
        if not entry["error"]:
            table = entry_table(entry)
            denominator = table.columns.index("Denominator")
            for row in table.rows:
                assert row.level or counts_in(row.cells[denominator]) or row.cells[denominator] == "0", entry["id"]


def test_the_tables_of_the_paper_know_whom_they_count(reference_results: dict[str, Any]) -> None:
    first, second, _ = summary_tables.tables(reference_results["entries"])
    female = next(row for row in first.rows if row.cells[0] == "Female")
    assert [f"{count}" for count in counts_in(female.cells[1])] == [female.cells[1].split(" ")[0]]
    compared = next(row for row in second.rows if row.cells[0] == "myeloablative")
    events, n = counts_in(compared.cells[2])
    assert compared.cells[2].startswith(f"{events}/{n} (")
