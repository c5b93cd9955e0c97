"""The lines of docs/operations.md that repair a value in psql do what the page says."""

import re

import psycopg
import pytest

from tests import databases
from tests.docs.operations import PAGE, lines_between

pytestmark = pytest.mark.slow


@pytest.fixture
def web_role(cohort_registry):
    with psycopg.connect(databases.urls(cohort_registry)["DATABASE_URL"], autocommit=True) as connection:
        yield connection


def test_a_bare_update_is_refused_with_the_message_of_the_page(web_role):
    message = re.search(r"ERROR:  (.+)$", PAGE, re.M)[1]
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match=re.escape(message)):
        web_role.execute("UPDATE registry_baseline SET wbc = 1")


def test_with_the_context_of_the_page_the_change_is_made_and_recorded(web_role):
    web_role.execute(lines_between("BEGIN;", "COMMIT;").encode())
    with web_role.transaction():
        web_role.execute("select set_config('app.ctx', '{\"read\": [3]}', true)")
        name, reason, operation, new = web_role.execute(
            "select app_name, reason, op, new from audit.log order by id desc limit 1"
        ).fetchone()
    assert (name, reason, operation) == ("datamanager-03", "corrected from the source document", "U")
    assert new["wbc"] == 1.2
