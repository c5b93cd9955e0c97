from typing import Any

from analytics.reports.disclosure import without_p_values_of_few_events
from analytics.reports.numbers import numbers


def test_a_published_p_value_is_withheld_where_a_group_has_few_events(reference_results: dict[str, Any]) -> None:
    (entry,) = (entry for entry in reference_results["entries"] if entry["id"] == "sos-risk-factors")
    before = {number["label"]: number["p"] for number in numbers(entry)}
    after = {number["label"]: number for number in numbers(without_p_values_of_few_events(entry))}
    assert before["More than two INO cycles"] is not None
    assert after["More than two INO cycles"]["p"] is None
    assert after["More than two INO cycles"]["remark"] == "fewer than 5 events in a group"
    assert after["Double alkylators"]["p"] == before["Double alkylators"]
