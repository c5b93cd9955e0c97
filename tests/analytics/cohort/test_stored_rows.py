from typing import Any

import pytest

from analytics.cohort.build import build
from analytics.cohort.forms import patients
from analytics.cohort.stored_rows import StoredRows
from registry.crf.rows import canonical_json
from tests.analytics import reference_cohort


def stored(forms: dict[str, list[dict[str, Any]]]) -> dict[str, StoredRows]:
    """As a snapshot holds them: by patient and instance."""
    return {
        form: StoredRows(canonical_json(sorted(rows, key=lambda row: str(row.get("patient_id")))))
        for form, rows in forms.items()
    }


def test_a_text_gives_its_rows_each_time_that_it_is_gone_through() -> None:
    rows = StoredRows('[{"a":1},{"a":2}]')
    assert [row["a"] for row in rows] == [row["a"] for row in rows] == [1, 2]
    assert (len(rows), rows[1], list(rows[:1])) == (2, {"a": 2}, [{"a": 1}])


def test_a_form_that_nobody_has_has_no_rows() -> None:
    assert list(StoredRows("[]")) == []


def test_the_same_patients_come_of_rows_in_memory_and_of_their_text() -> None:
    forms = reference_cohort.forms()
    assert list(patients(forms)) == list(patients(stored(forms)))
    assert build(forms).data_set.sha256 == build(stored(forms)).data_set.sha256


def test_patients_come_by_number_whatever_the_order_of_their_rows() -> None:
    forms = {form: rows[::-1] for form, rows in reference_cohort.forms().items()}
    assert [each.patient_id for each in patients(forms)] == [
        each.patient_id for each in patients(reference_cohort.forms())
    ]


def test_a_text_in_another_order_is_refused() -> None:
    rows = StoredRows('[{"patient_id":"02-001"},{"patient_id":"01-001"}]')
    with pytest.raises(ValueError, match="baseline are not in the order of the patients at 01-001"):
        list(patients({"baseline": rows}))
