import pytest

from analytics.cohort.build import Cohort
from analytics.cohort.data_set import AnalysisDataSet, Mask
from analytics.plan.by_group import incidence_by_group, survival_by_group
from analytics.plan.comparing import compare_incidence, compare_survival
from analytics.plan.entries.incidence import COMPETING, ORIGIN
from analytics.plan.registry import NotPossible
from analytics.plan.results import Curve


def by_first_line_hct(data: AnalysisDataSet) -> dict[str, Mask]:
    return {"earlier HCT": data.flag("allo_first_line"), "none": ~data.flag("allo_first_line")}


def survival(members: dict[str, Mask], data: AnalysisDataSet) -> Curve:
    return survival_by_group(members, data, "first line", test=compare_survival(members, data, "first line"))


def incidence(reference: Cohort) -> Curve:
    data = reference.data_set
    members = by_first_line_hct(data)
    tests = {cause: compare_incidence(members, data, "first line", cause=cause) for cause in COMPETING}
    return incidence_by_group(members, data, "first line", causes=COMPETING, origin=ORIGIN, tests=tests)


def test_the_lines_of_the_groups_hold_all_patients_and_events(reference: Cohort) -> None:
    curve = survival(by_first_line_hct(reference.data_set), reference.data_set)
    assert [(line.label, int(line.n_risk[0]), int(line.n_event.sum())) for line in curve.lines] == [
        ("earlier HCT", 11, 9),
        ("none", 47, 27),
    ]


def test_each_competing_event_has_a_panel_of_its_own(reference: Cohort) -> None:
    assert [(line.panel, line.label) for line in incidence(reference).lines] == [
        ("Relapse or progression", "earlier HCT"),
        ("Relapse or progression", "none"),
        ("Death in remission", "earlier HCT"),
        ("Death in remission", "none"),
    ]


def test_a_group_without_the_event_has_a_line_at_zero_and_says_so(reference: Cohort) -> None:
    curve = incidence(reference)
    assert set(curve.lines[0].estimate) == {0}
    assert curve.landmarks[0].error == "no such event in the group"
    assert curve.landmarks[0].n == 11


def test_the_test_stands_below_the_numbers_of_its_event(reference: Cohort) -> None:
    labels = [number.label for number in incidence(reference).landmarks]
    assert labels[2] == "Relapse or progression between the groups"
    assert labels[5] == "Death in remission between the groups"


def test_every_number_of_a_group_names_it_as_its_population(reference: Cohort) -> None:
    assert [number.population for number in incidence(reference).landmarks[:2]] == ["earlier HCT", "none"]


def test_no_groups_no_curves(reference: Cohort) -> None:
    with pytest.raises(NotPossible, match="nobody is in any of the groups"):
        survival({}, reference.data_set)
