import numpy as np
import pytest

from analytics.cohort.build import Cohort
from analytics.plan.comparing import compare_frequency, compare_survival

HALF = np.arange(40) < 20


def test_a_test_names_patients_and_events_of_each_group() -> None:
    event = np.arange(40) % 3 == 0
    number = compare_frequency({"first": HALF, "second": ~HALF}, event, "halves")
    assert [(group.label, group.n, group.events) for group in number.groups] == [("first", 20, 7), ("second", 20, 7)]
    assert [number.p, number.value] == pytest.approx([1, 1])


def test_four_events_in_a_group_give_no_test_and_the_reason() -> None:
    event = np.arange(40) < 4
    number = compare_frequency({"first": HALF, "second": ~HALF}, event, "halves")
    assert (number.value, number.p) == (None, None)
    assert number.error == "not tested: fewer than 5 events in a group"


def test_five_events_in_each_group_are_enough() -> None:
    event = np.arange(40) % 20 < 5
    assert compare_frequency({"first": HALF, "second": ~HALF}, event, "halves").p == pytest.approx(1)


def test_one_group_is_not_compared() -> None:
    number = compare_frequency({"everybody": np.ones(40, dtype=bool)}, HALF, "one")
    assert number.error == "not tested: there are no two groups"


def test_more_than_two_groups_have_no_odds_ratio() -> None:
    members = {str(k): np.arange(60) // 20 == k for k in range(3)}
    number = compare_frequency(members, np.arange(60) % 4 == 0, "thirds")
    assert number.value is None and number.error == ""
    assert number.p == pytest.approx(1)


def test_who_is_in_no_group_is_missing_from_the_test(reference: Cohort) -> None:
    data = reference.data_set
    known = data.codes("cyto_class") != ""
    members = {"normal": data.codes("cyto_class") == "normal", "not": known & (data.codes("cyto_class") != "normal")}
    number = compare_survival(members, data, "normal or not")
    assert (number.n, number.missing) == (48, 10)
    assert number.p is not None


def test_more_than_two_groups_of_a_large_registry_are_not_tested_exactly() -> None:
    third = np.arange(2_100) // 700
    number = compare_frequency({str(k): third == k for k in range(3)}, np.arange(2_100) % 4 == 0, "thirds")
    assert number.p is None
    assert number.error == "not tested: an exact test of more than two groups takes at most 2000 patients"
