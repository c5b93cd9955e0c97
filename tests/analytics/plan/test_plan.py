"""The plan as a whole: what it declares, and what it does with data that cannot be analysed."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

from analytics.cohort.build import Cohort
from analytics.cohort.columns import LISTED, OPTIONAL
from analytics.cohort.data_set import read_csv
from analytics.plan import entries, registry
from analytics.plan.registry import SECTIONS, plan, run
from analytics.plan.results import Curve, Model, Number, Single, Table, Tests
from analytics.reports import composing
from analytics.reports.content import Content
from analytics.reports.document import Report
from analytics.reports.r_bundle import files as r_files
from analytics.reports.results_json import as_text, plain, results
from tests.analytics.edited import edited
from tests.analytics.reports.test_results_json import VALIDATOR

KINDS = {"number": Single, "table": Table, "curve": Curve, "model": Model, "test": Tests}
NEEDS_OPTIONAL = {"P05", "P07", "P20", "P21a", "P21b", "P21c", "P21d", "P26", "P30", "P35"}
NEW_ENTRY = """
from analytics.plan.counting import count, everybody, single
from analytics.plan.registry import analysis

@analysis(
    "added", title="Added", section="Patients", kind="number", population="all patients", method="", software="",
    r="list(count(all_patients))",
)
def added(data):
    return single(count("Everybody", everybody(data), known=everybody(data)))
"""


def numbers(reference: Cohort) -> dict[str, Number]:
    found = run(reference.data_set)
    return {number.label: number for entry in found if entry.result for number in entry.result.numbers}


def test_every_entry_is_of_the_kind_it_declares_and_gives_the_figures_it_declares(reference: Cohort) -> None:
    for entry in run(reference.data_set):
        assert entry.result is not None, entry.error
        assert isinstance(entry.result, KINDS[entry.analysis.kind])
        given = [number.figure for number in entry.result.numbers if number.figure]
        assert sorted(given) == sorted((*entry.analysis.figures, *entry.analysis.more_figures))


def test_every_entry_states_population_method_and_software() -> None:
    for declared, _ in plan():
        assert declared.population and declared.method and declared.software and declared.title


def test_every_curve_and_every_model_states_clock_and_event() -> None:
    for declared, _ in plan():
        if declared.kind in ("curve", "model"):
            assert declared.clock and declared.event, declared.id


def test_no_p_value_beyond_the_paper_where_a_group_has_few_events(reference: Cohort) -> None:
    for entry in run(reference.data_set):
        assert entry.result is not None
        for number in entry.result.numbers:
            if not number.figure and any(group.events < 5 for group in number.groups):
                assert number.p is None, number.label
                assert number.remark or number.error, number.label


def test_entries_stand_in_the_order_of_the_sections() -> None:
    sections = [declared.section for declared, _ in plan()]
    assert sections == sorted(sections, key=SECTIONS.index)


def test_within_a_section_the_figures_of_the_paper_come_first_and_in_its_order() -> None:
    for section in SECTIONS:
        declared = [analysis for analysis, _ in plan() if analysis.section == section]
        first = [min((*each.figures, *each.more_figures), default="") for each in declared]
        published = [figure for figure in first if figure]
        assert first[: len(published)] == sorted(published), section


def test_patients_in_and_out_add_up_to_the_data_set(reference: Cohort) -> None:
    for entry in run(reference.data_set):
        assert entry.result is not None
        assert entry.result.n + sum(entry.result.n_excluded.values()) == 58, entry.analysis.id


@pytest.fixture
def folder_of_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    plan()
    monkeypatch.setattr(registry, "_PLAN", dict(registry._PLAN))
    monkeypatch.setattr(entries, "__path__", [*entries.__path__, str(tmp_path)])
    yield tmp_path
    sys.modules.pop("analytics.plan.entries.added_by_a_test", None)


def test_a_new_module_with_one_function_is_in_results_report_page_and_r_script(
    reference: Cohort, folder_of_entries: Path
) -> None:
    (folder_of_entries / "added_by_a_test.py").write_text(NEW_ENTRY)
    found = results(reference.data_set)
    (added,) = (entry for entry in found["entries"] if entry["id"] == "added")
    assert added["value"]["number"]["value"] == 58
    only = found | {"entries": [added]}
    VALIDATOR.validate(json.loads(as_text(only)))
    (section,) = composing.sections(only["entries"])
    assert section.blocks[0].id == "added"
    page = render_to_string("analytics/report_table.html", {"block": plain(section.blocks[0])})
    assert "Everybody" in page and "58 (100%)" in page
    report = Report("Added", (), (section,))
    files = {file.name: file.content.decode() for file in Content(only, report, tuple(r_files([added], ""))).files()}
    assert 'entry("added", "Added", list(count(all_patients)))' in files["recompute.R"]
    assert "added,Everybody,58,,,,58,,,\n" in files["numbers.csv"]
    assert '"id": "added"' in files["results.json"]


def test_two_entries_cannot_share_an_id() -> None:
    declared = {"section": "Patients", "kind": "number", "title": "", "population": "", "method": "", "software": ""}
    with pytest.raises(ValueError, match="two analyses"):
        registry.analysis(plan()[0][0].id, **declared)
    with pytest.raises(ValueError, match="no section"):
        registry.analysis("new", **declared | {"section": "Elsewhere"})


def test_without_the_optional_columns_only_what_needs_them_has_an_error(
    reference: Cohort, reference_results: dict[str, Any]
) -> None:
    listed_only = edited(reference.data_set, without=tuple(column.name for column in OPTIONAL))
    assert tuple(listed_only.cells) == tuple(column.name for column in LISTED)
    published = results(listed_only)["published"]
    assert {figure for figure, found in published.items() if found["error"]} == NEEDS_OPTIONAL
    assert published["P07"]["error"] == "needs the column cd22_pos, which the data set does not have"
    for figure in set(published) - NEEDS_OPTIONAL:
        assert published[figure] == reference_results["published"][figure]


def test_a_data_set_of_nobody_gives_reasons_and_no_numbers(reference: Cohort) -> None:
    nobody = read_csv(reference.data_set.text.splitlines()[0] + "\n")
    found = results(nobody)
    assert found["dataset"]["n"] == 0
    assert found["published"]["P57"] | {"method": "", "population": ""} == {
        "value": None,
        "lower": None,
        "upper": None,
        "p": None,
        "n": None,
        "events": None,
        "method": "",
        "population": "",
        "error": "time: no observations",
    }
    assert found["published"]["P02"]["error"] == "no known value"
    assert found["published"]["P01"]["value"] == 0


def test_a_model_that_cannot_be_estimated_gives_the_reason(reference: Cohort) -> None:
    all_matched = edited(reference.data_set, lambda row: {"donor_matched": "1"})
    published = results(all_matched)["published"]
    assert "Matched donor has the same value in every row" in published["P69"]["error"]
    assert published["P69"]["value"] is None
    assert published["P57"]["value"] is not None


def test_a_separated_factor_gives_the_reason_and_the_others_their_numbers(reference: Cohort) -> None:
    separated = edited(reference.data_set, lambda row: {"dual_alkylators": row["sos"]})
    published = results(separated)["published"]
    assert published["P84"]["value"] is None
    assert published["P84"]["error"]
    assert published["P84"]["n"] == 58
    assert published["P85"]["value"] is not None


def test_a_published_term_that_the_elimination_drops_says_so(reference: Cohort) -> None:
    alternating = edited(reference.data_set, lambda row: {"blina_before": str(int(row["patient_id"][-1]) % 2)})
    error = results(alternating)["published"]["P72"]["error"]
    assert error.startswith("dropped by the elimination, P = 0.")


def test_patients_without_a_covariate_are_left_out_of_the_model_by_reason(reference: Cohort) -> None:
    unknown = edited(reference.data_set, lambda row: {"mac": ""} if row["ecog"] == "2" else {})
    (model,) = (entry for entry in results(unknown)["entries"] if entry["id"] == "survival-model")
    assert model["n"] == 56
    assert model["n_excluded"] == {"not known: Myeloablative conditioning": 2}


def test_events_are_shown_by_group_beside_a_ratio(reference: Cohort) -> None:
    groups = numbers(reference)["Double alkylators"].groups
    assert [(group.label, group.n, group.events) for group in groups] == [("yes", 16, 8), ("no", 42, 9)]


def test_groups_with_few_events_give_no_p_value_beyond_the_paper(reference: Cohort) -> None:
    status_at_hct = numbers(reference)["CR or CRi at HCT"]
    assert min(group.events for group in status_at_hct.groups) < 5
    assert status_at_hct.p is None
    assert status_at_hct.remark == "fewer than 5 events in a group"


def test_a_median_that_is_not_reached_says_so(reference: Cohort) -> None:
    alive = edited(reference.data_set, lambda row: {"os_event": "0", "ci_status": "0", "death_cause": ""})
    published = results(alive)["published"]
    assert published["P57"]["error"] == "not reached: the curve stays above 50%"
    assert published["P58"]["value"] == 100
    assert "censored" in published["P65"]["error"]


def test_an_event_that_never_happens_says_so(reference: Cohort) -> None:
    no_relapse = edited(reference.data_set, lambda row: {"ci_status": "0"} if row["ci_status"] == "1" else {})
    published = results(no_relapse)["published"]
    assert published["P65"]["error"] == "no such event in the data set"
    assert published["P66"]["value"] is not None


def test_no_number_beyond_the_follow_up(reference: Cohort) -> None:
    short = edited(reference.data_set, lambda row: {"os_days": str(min(500, int(row["os_days"])))})
    assert results(short)["published"]["P59"]["error"] == "follow-up ends before 24 months"
