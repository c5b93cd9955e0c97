"""The reference cohort, read and analysed once for all tests."""

from datetime import date
from typing import Any

import pytest

from analytics.cohort.build import Cohort, build
from analytics.reports.results_json import results
from tests.analytics import reference_cohort

CUT_OFF = date(2023, 6, 30)  # of the registry that the reference cohort fills


@pytest.fixture(scope="session")
def reference() -> Cohort:
    return build(reference_cohort.forms(), cut_off=CUT_OFF)


@pytest.fixture(scope="session")
def reference_results(reference: Cohort) -> dict[str, Any]:
    return results(reference.data_set)
