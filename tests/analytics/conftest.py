"""The reference cohort, read and analysed once for all tests."""

import datetime as dt
from typing import Any

import pytest

from analytics.cohort.build import Cohort, build
from analytics.cohort.population import DataState
from analytics.reports.content import Source
from analytics.reports.results_json import results
from tests.analytics import reference_cohort
from tests.analytics.reference_cohort import CUT_OFF


@pytest.fixture(scope="session")
def reference() -> Cohort:
    return build(reference_cohort.forms(), cut_off=CUT_OFF)


@pytest.fixture(scope="session")
def reference_results(reference: Cohort) -> dict[str, Any]:
    return results(reference.data_set)


@pytest.fixture(scope="session")
def source() -> Source:
    """The rows of the reference cohort as a report of all centres reads them."""
    taken_at = dt.datetime(2023, 7, 1, 6, 0, tzinfo=dt.UTC)
    return Source(reference_cohort.forms(), DataState.COMPLETE, CUT_OFF, taken_at)
