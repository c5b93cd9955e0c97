"""Documents, made once for all tests."""

import pytest

from analytics.cohort.build import Cohort
from analytics.reports import formats
from analytics.reports.content import Content
from analytics.reports.formats.printed import Printed
from analytics.reports.kinds import full_analysis
from tests.analytics.reports.formats import reports


@pytest.fixture(scope="session")
def small() -> Printed:
    return Printed(reports.small(), reports.facts())


@pytest.fixture(scope="session")
def reference_content(reference: Cohort) -> Content:
    return full_analysis.of_data_set(reference.data_set, lambda _: None, flow=reference.flow)


@pytest.fixture(scope="session")
def reference_documents(reference_content: Content) -> dict[str, bytes]:
    """Of the full analysis of the reference cohort, by name."""
    return {file.name: file.content for file in formats.documents(reference_content, reports.facts())}
