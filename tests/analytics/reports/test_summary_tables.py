"""Table 1 and Table 2 on the reference cohort, as the paper prints them or as the plan computes them."""

from typing import Any

import pytest

from analytics.cohort.build import Cohort
from analytics.cohort.data_set import read_csv
from analytics.reports.document import ReportTable
from analytics.reports.results_json import results
from analytics.reports.summary_tables import tables
from tests.analytics.edited import edited


@pytest.fixture(scope="module")
def found(reference_results: dict[str, Any]) -> dict[str, ReportTable]:
    return {table.id: table for table in tables(reference_results["entries"])}


def lines(table: ReportTable) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def test_table_1_prints_what_the_paper_prints(found: dict[str, ReportTable]) -> None:
    table = found["table-1"]
    assert table.columns == ("Characteristic", "N = 58")
    for line in (
        ("Female", "20 (34%)"),
        ("Age, years", "42.5 (16 to 69)"),
        ("White blood cells, 10^9/L", "5.9 (0.2 to 127)"),
        ("Platelets, 10^9/L", "104.5 (6 to 400)"),
        ("0", "34 (59%)"),
        ("1 or 2", "18 (31%)"),
        ("t(9;22)", "17 (29%)"),
        ("Extramedullary disease", "12 (23%)"),
    ):
        assert line in lines(table)


def test_who_has_no_value_is_counted_below_the_characteristic(found: dict[str, ReportTable]) -> None:
    printed = lines(found["table-1"])
    place = printed.index(("Lactate dehydrogenase, U/L", "327 (119 to 3,665)"))
    assert printed[place + 1] == ("Unknown", "12")


def test_table_2_compares_sos_in_the_groups_of_each_characteristic(found: dict[str, ReportTable]) -> None:
    printed = lines(found["table-2"])
    place = printed.index(("Allogeneic HCT at first line", "", "", "0.064"))
    assert printed[place + 1 : place + 3] == [
        ("HCT at first line", "11 (19%)", "6/11 (55%)", ""),
        ("no HCT at first line", "47 (81%)", "11/47 (23%)", ""),
    ]


def test_a_comparison_with_too_few_events_has_no_p_value(found: dict[str, ReportTable]) -> None:
    p_values = {line[0]: line[3] for line in lines(found["table-2"])}
    assert p_values["Donor"] == "–"
    assert p_values["Last INO dose to HCT, days"] == "0.044"
    assert "Fisher's exact test" in found["table-2"].footnotes[2]


def test_the_patients_with_sos_are_listed_as_in_the_paper(found: dict[str, ReportTable]) -> None:
    printed = lines(found["table-3"])
    assert len(printed) == 17
    assert printed[10] == ("11", "28", "F", "0", "5", "yes", "1.67", "25", "no", "yes", "10")


def test_a_characteristic_that_the_data_set_lacks_says_so(reference: Cohort) -> None:
    first, *_ = tables(results(edited(reference.data_set, without=("cyto_class_patient",)))["entries"])
    assert ("Karyotype", "needs the column cyto_class_patient, which the data set does not have") in lines(first)


def test_without_a_patient_nothing_is_divided(reference: Cohort) -> None:
    header, *_ = reference.data_set.text.splitlines(keepends=True)
    assert tables(results(read_csv(header))["entries"])[0].columns == ("Characteristic", "N = 0")
