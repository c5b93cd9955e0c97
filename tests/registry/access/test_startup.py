import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from registry.access.startup import refuse_privileged_role
from tests import databases
from tests.services import ROOT, free_port

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


def test_a_refused_connection_does_not_serve_the_next_query(connected_as):
    connection = connected_as("ADMIN_DATABASE_URL")
    for _ in range(2):
        with pytest.raises(ImproperlyConfigured):
            connection.cursor()


def start(database, variable, *command):
    """Start a process of the registry with the address of another role in DATABASE_URL."""
    urls = databases.urls(database)
    variables = {"DATABASE_URL": urls[variable], "REPORT_DATABASE_URL": urls["REPORT_DATABASE_URL"]}
    return subprocess.run(
        [sys.executable, "-m", *command],
        check=False,
        cwd=ROOT,
        env=dict(os.environ) | {"REGISTRY_ENVIRONMENT": "demonstration"} | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_web_server_does_not_start_as_superuser(committed_registry):
    address = f"127.0.0.1:{free_port()}"
    web = ("gunicorn", "config.wsgi", "--config", "file:config/gunicorn.py", "--bind", address)
    ended = start(committed_registry, "ADMIN_DATABASE_URL", *web)
    assert ended.returncode != 0
    assert "postgres bypasses row-level security" in ended.stdout + ended.stderr


def test_a_worker_does_not_start_as_owner_of_the_tables(committed_registry):
    ended = start(committed_registry, "MIGRATION_DATABASE_URL", "celery", "--app", "config", "worker")
    assert ended.returncode != 0
    assert "reg_migrate owns the table" in ended.stdout + ended.stderr


def test_a_command_does_not_work_as_owner_of_the_tables(committed_registry):
    query = "from registry.models import User; User.objects.exists()"
    ended = start(committed_registry, "MIGRATION_DATABASE_URL", "manage", "shell", "--command", query)
    assert ended.returncode != 0
    assert "reg_migrate owns the table" in ended.stderr
