"""The entries beyond the paper give R's numbers on the reference cohort; beyond_the_paper.R prints those expected."""

from typing import Any

import pytest

from analytics.cohort.build import Cohort
from analytics.cohort.data_set import read_csv
from analytics.reports.results_json import results
from tests.analytics.edited import edited

Numbers = dict[str, dict[str, Any]]


def numbers(found: dict[str, Any], entry: str) -> Numbers:
    """The numbers of an entry by their label."""
    value = next(each["value"] for each in found["entries"] if each["id"] == entry)
    rows = value.get("rows") or value.get("terms") or value.get("landmarks")
    return {row["label"]: row for row in rows}


@pytest.mark.parametrize(
    ("grouping", "statistic", "expected"),
    [
        ("Conditioning intensity", 1.64487406371, [16.81064049336, 19.18935950664]),
        ("Remission before HCT", 5.68523278849, [31.63149724166, 4.36850275834]),
        ("Philadelphia chromosome", 2.48050137399, [12.38617225518, 23.61382774482]),
    ],
)
def test_log_rank_between_groups(
    reference_results: dict[str, Any], grouping: str, statistic: float, expected: list[float]
) -> None:
    row = numbers(reference_results, "survival-tests")[grouping]
    assert row["value"] == pytest.approx(statistic, rel=1e-10)
    assert [group["expected"] for group in row["groups"]] == pytest.approx(expected, rel=1e-10)
    assert row["df"] == 1


@pytest.mark.parametrize(
    ("entry", "grouping", "statistic"),
    [
        ("death-in-remission-tests", "Double alkylators", 4.14673796701),
        ("relapse-tests", "Blinatumomab before INO", 2.39635174735),
        ("death-in-remission-tests", "Blinatumomab before INO", 7.98620082790),
    ],
)
def test_gray_between_groups(reference_results: dict[str, Any], entry: str, grouping: str, statistic: float) -> None:
    assert numbers(reference_results, entry)[grouping]["value"] == pytest.approx(statistic, rel=1e-10)


def test_the_landmark_analysis_compares_remission_and_mrd_on_the_day_of_hct(reference_results: dict[str, Any]) -> None:
    row = numbers(reference_results, "landmark-hct")["Between the groups"]
    assert [(group["label"], group["n"], group["events"]) for group in row["groups"]] == [
        ("CR or CRi, MRD-negative", 26, 11),
        ("CR or CRi, MRD detectable", 18, 11),
        ("CR or CRi, MRD not known", 6, 6),
        ("not in remission", 8, 8),
    ]
    assert row["value"] == pytest.approx(14.05748205615, rel=1e-10)
    assert row["df"] == 3


def test_proportional_hazards_of_the_published_model(reference_results: dict[str, Any]) -> None:
    rows = numbers(reference_results, "proportional-hazards")
    assert rows["All terms together"]["value"] == pytest.approx(4.810912309197, rel=1e-7)
    assert rows["CR or CRi before HCT"]["value"] == pytest.approx(0.244768709541, rel=1e-7)
    assert rows["More than two INO cycles"]["error"] == "not tested: fewer than 5 events in a group"


def test_fine_gray_leaves_out_what_has_too_few_events(reference_results: dict[str, Any]) -> None:
    terms = numbers(reference_results, "death-in-remission-model")
    assert terms["More than two INO cycles"]["error"] == "left out: fewer than 5 events in a group"
    ratios = [terms[name]["value"] for name in list(terms)[1:]]
    assert ratios == pytest.approx([0.291849566506, 3.184394887119, 2.304081374075], rel=1e-7)


def test_restricted_mean_from_both_clocks(reference_results: dict[str, Any]) -> None:
    rows = numbers(reference_results, "restricted-mean")
    for label, mean, error in (
        ("From the first INO dose", 14.31257708809, 1.15488373907),
        ("From HCT", 12.30506940600, 1.34235692503),
    ):
        assert rows[label]["value"] == pytest.approx(mean, rel=1e-10)
        assert rows[label]["upper"] - rows[label]["lower"] == pytest.approx(2 * 1.959963984540 * error, rel=1e-9)


def test_completeness_at_the_cut_off(reference_results: dict[str, Any]) -> None:
    (entry,) = (each for each in reference_results["entries"] if each["id"] == "completeness")
    assert entry["value"]["number"]["value"] == pytest.approx(83.0168471024, rel=1e-10)


def test_without_a_cut_off_there_is_no_completeness(reference: Cohort) -> None:
    found = results(edited(reference.data_set, lambda row: {"cutoff_date": ""}))
    (entry,) = (each for each in found["entries"] if each["id"] == "completeness")
    assert entry["error"] == "no data cut-off is set"


def test_who_started_after_the_cut_off_is_left_out_of_completeness(reference: Cohort) -> None:
    late = edited(
        reference.data_set, lambda row: {"cutoff_date": "2019-12-31"} if row["entry_date"] > "2019-12-31" else {}
    )
    (entry,) = (each for each in results(late)["entries"] if each["id"] == "completeness")
    started_late = sum(day > "2019-12-31" for day in reference.data_set.cells["entry_date"])
    assert entry["n_excluded"] == {"first INO dose after the cut-off, or dates not known": started_late}
    assert entry["n"] == 58 - started_late


def test_wald_firth_and_exact_stand_side_by_side(reference_results: dict[str, Any]) -> None:
    rows = numbers(reference_results, "sos-three-tests")
    found = {name: rows[f"{name}: exact"]["p"] for name in ("Double alkylators", "Allogeneic HCT at first line")}
    assert list(found.values()) == pytest.approx([0.0518772302437, 0.0644879075031], rel=1e-9)
    assert rows["Double alkylators: Wald"]["p"] == pytest.approx(0.0378240759, rel=1e-7)
    assert rows["Double alkylators: Firth"]["value"] < rows["Double alkylators: Wald"]["value"]
    assert "Age, per year: exact" not in rows


def test_the_model_of_three_factors_says_how_many_events_there_are_for_each(reference_results: dict[str, Any]) -> None:
    (entry,) = (each for each in reference_results["entries"] if each["id"] == "sos-model")
    assert entry["value"]["events_per_variable"] == pytest.approx(17 / 3)
    ratios = [row["value"] for row in entry["value"]["terms"]]
    assert ratios == pytest.approx([2.69389629293, 3.76675294814, 2.80449463475], rel=1e-7)


def test_kruskal_wallis_of_measured_characteristics(reference_results: dict[str, Any]) -> None:
    row = numbers(reference_results, "sos-characteristics")["Last INO dose to HCT, days"]
    assert row["value"] == pytest.approx(4.06713114135, rel=1e-10)


def test_the_frequency_in_a_group_has_exact_limits(reference_results: dict[str, Any]) -> None:
    row = numbers(reference_results, "sos-by-group")["Double alkylators: two or more alkylators"]
    assert (row["events"], row["n"], row["value"]) == (8, 16, 50)
    assert [row["lower"], row["upper"]] == pytest.approx([24.6510111491, 75.3489888509], rel=1e-9)


def test_who_has_no_known_answer_is_missing_from_the_frequency_of_the_group(reference: Cohort) -> None:
    unknown = edited(reference.data_set, lambda row: {"sos": ""} if row["dual_alkylators"] == "1" else {})
    row = numbers(results(unknown), "sos-by-group")["Double alkylators: two or more alkylators"]
    assert (row["n"], row["missing"], row["error"]) == (0, 16, "no known answer")


def test_conditioning_and_alkylators_together_add_up_to_both_alone(reference_results: dict[str, Any]) -> None:
    rows = numbers(reference_results, "sos-by-conditioning-and-alkylators").values()
    assert sum(row["n"] for row in rows) == 58
    assert [sum(row["value"][part] for row in rows) for part in (0, 1)] == [17, 9]


def test_the_funnel_has_every_centre_with_the_limits_of_chance(reference_results: dict[str, Any]) -> None:
    rows = numbers(reference_results, "sos-by-centre")
    assert len(rows) == 12
    first = rows["Centre 01"]
    assert [first["lower"], first["upper"]] == pytest.approx([9.09090909091, 54.54545454545], rel=1e-10)
    assert rows["All centres"]["events"] == 17
    assert sum(row["n"] for label, row in rows.items() if label != "All centres") == 58


def test_the_karyotype_course_adds_up_to_all_patients(reference_results: dict[str, Any]) -> None:
    rows = numbers(reference_results, "genetics-course").values()
    assert sum(row["n"] for row in rows) == 58
    assert all(sum(row["value"]) == row["n"] for row in rows)


def test_the_causes_of_death_add_up_to_the_deaths(reference_results: dict[str, Any]) -> None:
    rows = numbers(reference_results, "cause-of-death")
    assert sum(row["n"] for row in rows.values()) == 36
    assert rows["Cause: SOS/VOD"]["value"] == [9, 0]


def test_every_course_ends_in_death_or_last_contact_and_names_no_patient(reference_results: dict[str, Any]) -> None:
    rows = numbers(reference_results, "courses").values()
    assert len(rows) == 58
    assert sum("death" in row["parts"] for row in rows) == 36
    assert all(row["parts"][-1] in ("death", "last contact") for row in rows)
    assert all(row["value"][-1] == max(row["value"]) for row in rows)


def test_the_courses_of_a_large_registry_are_not_drawn(reference: Cohort) -> None:
    head, *rows = reference.data_set.text.splitlines()
    many = [f"{number}-{row}" for number in range(4) for row in rows]
    found = results(read_csv("\n".join((head, *many)) + "\n"))
    (entry,) = (each for each in found["entries"] if each["id"] == "courses")
    assert entry["error"] == "not drawn for more than 200 patients"
