"""The workbooks of all centres, brought into an empty registry, make the same registry again, and the same figures."""

import json

import pytest

from analytics.actions import request_run
from analytics.models import ReportFile
from analytics.publish import carry_out
from registry.models import Query, User
from tests import databases
from tests.analytics.test_published_figures import targets, verdict
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


def published():
    """The figures of a full analysis of the registry as it stands."""
    with reading_all():
        coordinator = User.objects.get(username="coordinator")
    carry_out(request_run(by=coordinator).pk)
    with reading_all():
        return json.loads(bytes(ReportFile.objects.get(name="results.json").content))["published"]


def test_the_registry_is_the_same_again_with_all_72_published_figures(cohort, committed_registry):
    files, rows, asked = cohort
    make_centres()
    for centre, content in files.items():
        assert bring_in(content, centre).faults == []
    assert len(rows["patient"]) == 58
    assert all_rows() == rows
    assert questions() == asked
    figures = published()
    verdicts = {target["id"]: verdict(target, figures[target["id"]]) for target in targets()}
    assert len(verdicts) == 72
    assert {figure: found for figure, found in verdicts.items() if found != "agrees"} == {}
