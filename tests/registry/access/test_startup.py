import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from registry.access.startup import refuse_privileged_role
from tests import databases

pytestmark = pytest.mark.slow


@pytest.fixture
def connected_as(committed_registry, django_db_blocker):
    """Django's connection, as another role."""

    def connected_as(variable):
        parts = databases.psycopg.conninfo.conninfo_to_dict(databases.urls(committed_registry)[variable])
        connections.settings["default"].update({"USER": parts["user"], "PASSWORD": parts["password"]})
        connections["default"].close()
        connections["default"].settings_dict.update({"USER": parts["user"], "PASSWORD": parts["password"]})
        return connections["default"]

    with django_db_blocker.unblock():
        yield connected_as


@pytest.mark.parametrize("variable", ["DATABASE_URL", "REPORT_DATABASE_URL"])
def test_the_roles_of_the_application_are_accepted(connected_as, variable):
    refuse_privileged_role(connected_as(variable))


def test_a_superuser_is_refused(connected_as):
    with pytest.raises(ImproperlyConfigured, match="postgres bypasses row-level security"):
        refuse_privileged_role(connected_as("ADMIN_DATABASE_URL"))


def test_a_role_that_may_act_as_the_owner_of_a_table_is_refused(connected_as):
    with pytest.raises(ImproperlyConfigured, match="reg_migrate owns the table"):
        refuse_privileged_role(connected_as("MIGRATION_DATABASE_URL"))
