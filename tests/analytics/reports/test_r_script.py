from typing import Any

from analytics.cohort.columns import COLUMNS
from analytics.cohort.csv_text import labels
from analytics.plan.registry import chosen, plan
from analytics.reports import r_script


def test_every_entry_of_the_standing_plan_is_in_the_script_with_its_r_code() -> None:
    script = r_script.script()
    for declared, _ in chosen():
        assert f'entry("{declared.id}", "{declared.title}", {declared.r.strip()})' in script


def test_every_entry_has_r_code() -> None:
    assert [declared.id for declared, _ in plan() if not declared.r] == []


def test_the_script_of_a_report_recomputes_its_own_entries_only() -> None:
    script = r_script.script(("sos", "follow-up"))
    assert [line.split('"')[1] for line in script.splitlines() if line.startswith("entry(")] == ["sos", "follow-up"]


def test_the_table_of_numbers_has_every_number_at_full_precision(reference_results: dict[str, Any]) -> None:
    lines = r_script.table(reference_results["entries"]).splitlines()
    (median,) = (line for line in lines if line.startswith("overall-survival,Median overall survival,"))
    printed = reference_results["published"]["P57"]
    assert median.split(",")[2:5] == [repr(printed[name]) for name in ("value", "lower", "upper")]
    assert any(line.startswith("sos,Grade of SOS/VOD,2|1|2|3|9,") for line in lines)


def test_the_labels_explain_every_column_and_every_code() -> None:
    lines = labels().splitlines()
    assert lines[0] == "column,label,definition,rule,code,code_label"
    assert {line.split(",")[0] for line in lines[1:]} == set(COLUMNS)
    assert 'sex,Sex,,"one of F, M, or empty",F,female' in lines
