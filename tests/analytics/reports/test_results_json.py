import json
import math
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from analytics.cohort.build import Cohort, build
from analytics.cohort.columns import OPTIONAL
from analytics.cohort.data_set import read_csv
from analytics.reports import results_json
from analytics.reports.results_json import as_text, plain, results
from tests.analytics import reference_cohort
from tests.analytics.edited import edited
from tests.analytics.reference_cohort import CUT_OFF

SCHEMA = json.loads((Path(results_json.__file__).parent / "results.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_results_keep_the_schema(reference_results: dict[str, Any]) -> None:
    VALIDATOR.validate(json.loads(as_text(reference_results)))


def test_results_with_errors_keep_the_schema(reference: Cohort) -> None:
    listed_only = edited(reference.data_set, without=tuple(column.name for column in OPTIONAL))
    nobody = read_csv(reference.data_set.text.splitlines()[0] + "\n")
    for data in (listed_only, nobody):
        VALIDATOR.validate(json.loads(as_text(results(data))))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("published", "P57", "value"), None),
        (("published", "P57", "n"), "58"),
        (("published", "Q1"), {}),
        (("dataset", "sha256"), "abc"),
        (("entries", 0, "kind"), "picture"),
        (("entries", 0, "n_excluded"), {"why": 0}),
        (("entries", 0, "value"), {"rows": [{}]}),
    ],
)
def test_the_schema_refuses(reference_results: dict[str, Any], path: tuple[Any, ...], value: Any) -> None:
    altered = json.loads(as_text(reference_results))
    place = altered
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not VALIDATOR.is_valid(altered)


def test_the_same_rows_give_the_same_bytes(reference_results: dict[str, Any]) -> None:
    again = build(reference_cohort.forms(), cut_off=CUT_OFF)
    assert as_text(results(again.data_set)) == as_text(reference_results)


def test_a_run_from_the_file_equals_the_run_from_the_rows_to_the_last_digit(
    reference: Cohort, reference_results: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "analysis.csv"
    file.write_bytes(reference.data_set.text.encode())
    assert as_text(results(read_csv(file.read_bytes().decode()))) == as_text(reference_results)


def test_the_data_set_is_named_by_size_and_hash(reference: Cohort, reference_results: dict[str, Any]) -> None:
    assert reference_results["dataset"] == {"n": 58, "sha256": reference.data_set.sha256}


def test_every_float_reads_back_as_it_was(reference_results: dict[str, Any]) -> None:
    assert json.loads(as_text(reference_results)) == reference_results


def lines_of(entry: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(line["label"], line["n_risk"][0], sum(line["n_event"])) for line in entry["value"]["lines"]]


def test_every_curve_stands_in_the_results(reference_results: dict[str, Any]) -> None:
    curves = {entry["id"]: entry for entry in reference_results["entries"] if entry["kind"] == "curve"}
    assert lines_of(curves["overall-survival"]) == [("overall survival", 58, 36)]
    assert lines_of(curves["cumulative-incidence"]) == [
        ("relapse or progression", 58, 20),
        ("death in remission", 58, 21),
    ]
    for entry in curves.values():
        for line in entry["value"]["lines"]:
            assert len({len(line[name]) for name in ("time", "n_risk", "estimate", "lower", "upper")}) == 1


def test_the_curves_of_the_groups_are_over_all_patients_of_the_entry(reference_results: dict[str, Any]) -> None:
    for entry in reference_results["entries"]:
        if entry["kind"] == "curve" and entry["value"]["groups"]:
            panels: dict[str, int] = {}
            for line in entry["value"]["lines"]:
                panels[line["panel"]] = panels.get(line["panel"], 0) + line["n_risk"][0]
            assert set(panels.values()) == {entry["n"]}, entry["id"]


def test_what_is_not_a_finite_number_is_null() -> None:
    assert plain(np.array([1.5, math.nan, math.inf])) == [1.5, None, None]


def test_what_json_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="not a value of results"):
        plain({1, 2})
