"""The monitor sees in the list of queries what the rules ask about the reference cohort: each for its stated cause."""

import pytest

from tests.browser import paper
from tests.registry.checks.test_reference_cohort import EXPECTED

pytestmark = pytest.mark.browser


def test_every_soft_finding_of_the_reference_cohort_is_a_query(open_as):
    page = open_as("monitor")
    page.goto("/queries/")
    page.get_by_label("State").select_option("all")
    page.get_by_label("Raised by").select_option("rule")
    page.get_by_role("button", name="Show").click()
    listed = rows(page)
    while page.get_by_role("link", name="Next", exact=True).count():
        page.get_by_role("link", name="Next", exact=True).click()
        listed += rows(page)
    cohort = {patient.number for patient, _ in paper.everybody()}
    found = [(patient, check) for patient, check in listed if patient in cohort]
    assert sorted(found) == sorted(EXPECTED)


def rows(page):
    """The patient and the check of each query on this page of the list."""
    table = page.get_by_role("region", name="Queries").get_by_role("row")
    return [
        (row.get_by_role("rowheader").inner_text(), row.locator(".check-id").inner_text())
        for row in table.filter(has=page.get_by_role("rowheader")).all()
    ]
