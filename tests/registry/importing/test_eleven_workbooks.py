"""The workbooks of all centres, brought into an empty registry, make the same registry again."""

import pytest

from registry.models import Query
from tests import databases
from tests.registry.importing.registries import all_rows, bring_in, make_centres, reading_all, workbooks

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cohort(django_db_setup, django_db_blocker):
    """Workbooks, rows and questions of the registry with the reference cohort."""
    with django_db_blocker.unblock():
        databases.make_cohort_template()
        with databases.connected_to(databases.COHORT):
            return workbooks(), all_rows(), questions()


def questions():
    with reading_all():
        return sorted(Query.objects.values_list("patient__number", "check_id", "message", "state"))


def test_the_registry_is_the_same_again(cohort, committed_registry):
    files, rows, asked = cohort
    make_centres()
    for centre, content in files.items():
        done = bring_in(content, centre)
        assert done.faults == []
    assert all_rows() == rows
    assert questions() == asked
