from typing import Any

from analytics.cohort.columns import COLUMNS
from analytics.cohort.csv_text import labels
from analytics.plan.registry import plan
from analytics.reports import r_script


def test_every_entry_of_the_plan_is_in_the_script_with_its_r_code_or_said_to_be_absent() -> None:
    script = r_script.script()
    for declared, _ in plan():
        call = "entry" if declared.r else "not_in_r"
        assert f'{call}("{declared.id}", "{declared.title}"' in script


def test_hardly_an_entry_is_without_r_code() -> None:
    """Told in words, drawn, or made by a package that Debian lacks (logistf)."""
    without = {declared.id for declared, _ in plan() if not declared.r}
    assert without == {"bridging", "maintenance-agents", "courses", "sos-patients", "sos-model-firth"}


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
