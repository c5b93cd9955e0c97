"""The reference cohort, read and analysed once for all tests."""

from typing import Any

import pytest

from analytics.cohort.build import Cohort, build
from analytics.reports.results_json import results
from tests.analytics import reference_cohort
from tests.analytics.reference_cohort import CUT_OFF


@pytest.fixture(scope="session")
def reference() -> Cohort:
    return build(reference_cohort.forms(), cut_off=CUT_OFF)


@pytest.fixture(scope="session")
def reference_results(reference: Cohort) -> dict[str, Any]:
    return results(reference.data_set)
