from analytics.cohort.build import Cohort
from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.once import once


def test_what_several_entries_need_is_computed_once_a_data_set(reference: Cohort) -> None:
    asked = []

    @once
    def doubled(data: AnalysisDataSet, number: int) -> int:
        asked.append(number)
        return 2 * number

    first, second = (AnalysisDataSet(reference.data_set.text, reference.data_set.cells) for _ in range(2))
    assert [doubled(first, 2), doubled(first, 2), doubled(first, 3), doubled(second, 2)] == [4, 4, 6, 4]
    assert asked == [2, 3, 2]
