import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from launch.checking import production
from tests.services import ROOT

REQUIRED = sorted(set(production()) - {"REGISTRY_ENVIRONMENT"})


@pytest.fixture
def load(monkeypatch):
    """The settings as another process with these variables would read them."""

    def load(**variables):
        for name in [*REQUIRED, "REGISTRY_ENVIRONMENT", "MIGRATION_DATABASE_URL", "PYTEST_VERSION"]:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "config" / "settings.py"))

    return load


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_missing_production_variable_is_refused_with_its_name_and_the_remedy(load, missing):
    variables = production()
    del variables[missing]
    with pytest.raises(ImproperlyConfigured, match=rf"^{missing} is not set\. \w+ .+"):
        load(**variables)


def test_production_is_what_one_gets_without_saying(load):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        load()


def test_an_unknown_environment_is_refused(load):
    with pytest.raises(ImproperlyConfigured, match="'staging'"):
        load(REGISTRY_ENVIRONMENT="staging")


def test_the_demonstration_needs_no_variable_but_its_name(load):
    assert load(REGISTRY_ENVIRONMENT="demonstration")["DATABASES"]["default"]["USER"] == "reg_web"


def test_in_production_cookies_and_transport_are_secure(load):
    settings = load(**production())
    assert not settings["DEBUG"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600


def test_headers_of_a_proxy_are_believed_only_where_one_is_declared(load):
    assert "SECURE_PROXY_SSL_HEADER" not in load(**production())
    assert "SECURE_PROXY_SSL_HEADER" in load(**production(), TRUSTED_PROXY_COUNT="1")


def test_the_migrating_role_is_known_only_where_its_address_is_given(load):
    assert set(load(**production())["DATABASES"]) == {"default", "report"}
    url = "postgresql://reg_migrate:password@database/registry"
    databases = load(**production(), MIGRATION_DATABASE_URL=url)["DATABASES"]
    assert databases["migration"]["USER"] == "reg_migrate"


def test_a_socket_folder_can_stand_in_the_address(load):
    url = "postgresql://reg_web:password@/registry?host=/tmp/socket"
    default = load(REGISTRY_ENVIRONMENT="demonstration", DATABASE_URL=url)["DATABASES"]["default"]
    assert default["OPTIONS"] == {"host": "/tmp/socket"}
    assert default["NAME"] == "registry"


def test_a_session_ends_after_20_minutes_of_idleness(load):
    settings = load(REGISTRY_ENVIRONMENT="demonstration")
    assert settings["SESSION_COOKIE_AGE"] == 20 * 60
    assert settings["SESSION_SAVE_EVERY_REQUEST"]


def test_a_password_costs_less_to_check_in_tests_only(load):
    assert load(REGISTRY_ENVIRONMENT="test")["PASSWORD_HASH_MEMORY_KIB"] < 1000
    assert load(REGISTRY_ENVIRONMENT="demonstration")["PASSWORD_HASH_MEMORY_KIB"] == 47_104


def test_tasks_are_delivered_as_json_and_acknowledged_late(load):
    settings = load(REGISTRY_ENVIRONMENT="demonstration")
    assert settings["CELERY_ACCEPT_CONTENT"] == ["json"]
    assert settings["CELERY_TASK_ACKS_LATE"]
    assert settings["CELERY_TASK_REJECT_ON_WORKER_LOST"]
    assert settings["CELERY_WORKER_PREFETCH_MULTIPLIER"] == 1


def test_a_message_of_a_dead_worker_is_looked_for_soon_on_redis(load):
    options = load(**production())["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert options["unacked_restore_interval"] * options["unacked_restore_throttle"] <= 10


def test_workers_on_the_sql_broker_have_no_pool_that_a_kill_could_stop(load):
    broker = "sqla+postgresql+psycopg://reg_broker:password@/registry_broker"
    assert load(REGISTRY_ENVIRONMENT="demonstration", CELERY_BROKER_URL=broker)["CELERY_WORKER_POOL"] == "solo"
    assert load(**production())["CELERY_WORKER_POOL"] == "prefork"
