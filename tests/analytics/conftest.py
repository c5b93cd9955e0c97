"""The reference cohort, read and analysed once for all tests."""

import datetime as dt
from typing import Any

import pytest

from analytics.cohort.build import Cohort, build
from analytics.cohort.population import DataState
from analytics.reports.content import Source, Work
from analytics.reports.results_json import results
from tests.analytics import reference_cohort
from tests.analytics.reference_cohort import CUT_OFF


@pytest.fixture(scope="session")
def reference() -> Cohort:
    return build(reference_cohort.forms(), cut_off=CUT_OFF)


@pytest.fixture(scope="session")
def reference_results(reference: Cohort) -> dict[str, Any]:
    return results(reference.data_set)


QUERY = {"id": "1", "patient_id": "03-001", "centre_no": 3, "form": "baseline", "item": "wbc", "corrected": False}
WORK = Work(
    queries=(
        {**QUERY, "check": "C58", "state": "open", "answer": "", "raised_at": "2023-06-01T08:00:00+00:00"},
        {**QUERY, "check": "C58", "state": "reopened", "answer": "", "raised_at": "2023-05-12T08:00:00+00:00"},
        {**QUERY, "check": "C58", "state": "answered", "answer": "confirmed", "raised_at": "2023-05-12T08:00:00+00:00"},
        {**QUERY, "check": "C71", "state": "closed", "answer": "corrected", "raised_at": "2023-01-12T08:00:00+00:00"},
        {**QUERY, "check": "", "state": "answered", "answer": "unavailable", "raised_at": "2023-01-12T08:00:00+00:00"},
        {**QUERY, "check": "C9", "state": "closed", "answer": "", "raised_at": "2023-01-12T08:00:00+00:00"}
        | {"corrected": True, "centre_no": 5, "patient_id": "05-001"},
    ),
    owed=(
        {"patient_id": "03-001", "centre_no": 3, "form": "gvhd", "state": "empty", "deadline": "2023-06-29"},
        {"patient_id": "05-001", "centre_no": 5, "form": "gvhd", "state": "in progress", "deadline": "2023-06-30"},
        {"patient_id": "05-001", "centre_no": 5, "form": "follow_up", "state": "empty", "deadline": "2023-01-01"},
        {"patient_id": "05-001", "centre_no": 5, "form": "death", "state": "empty", "deadline": None},
    ),
)


@pytest.fixture(scope="session")
def source() -> Source:
    """The rows of the reference cohort as a report of all centres reads them."""
    taken_at = dt.datetime(2023, 7, 1, 6, 0, tzinfo=dt.UTC)
    return Source(reference_cohort.forms(), DataState.COMPLETE, CUT_OFF, taken_at, work=WORK)
