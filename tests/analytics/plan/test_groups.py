import pytest

from analytics.cohort.build import Cohort
from analytics.cohort.columns import COLUMNS
from analytics.plan.groups import GROUPINGS, Grouping
from tests.analytics.edited import edited


def grouping(name: str) -> Grouping:
    return next(each for each in GROUPINGS if each.id == name)


@pytest.mark.parametrize("each", GROUPINGS, ids=lambda each: each.id)
def test_every_code_of_the_column_is_in_one_group(each: Grouping) -> None:
    codes = [code for members in each.groups.values() for code in members]
    assert sorted(codes) == sorted(COLUMNS[each.column].codes or ("0", "1"))


def test_a_patient_whose_cell_is_empty_is_in_no_group(reference: Cohort) -> None:
    members = grouping("karyotype").members(reference.data_set)
    assert {label: int(mask.sum()) for label, mask in members.items()} == {
        "normal": 13,
        "t(9;22)": 16,
        "complex": 13,
        "other": 6,
    }


def test_a_group_that_nobody_is_in_is_left_out(reference: Cohort) -> None:
    assert "mismatched" not in grouping("donor").members(reference.data_set)
    one = edited(reference.data_set, lambda row: {"donor3": "other"} if row["sex"] == "F" else {})
    assert "mismatched" in grouping("donor").members(one)


def test_the_title_inside_a_sentence_keeps_its_proper_name() -> None:
    assert grouping("philadelphia").in_words == "Philadelphia chromosome"
    assert grouping("donor").in_words == "donor"
