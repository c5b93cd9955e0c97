"""Fixtures of the whole suite: the database, the centres, and always the same people."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.utils import translation

from launch.needs import NEEDS
from tests import databases


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        databases.start_cluster()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.stop_cluster()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests for which this machine lacks a program, and say how to get it."""
    for need in NEEDS:
        marked = [item for item in items if item.get_closest_marker(need.marker)]
        if marked and not need.is_there():
            reason = f"{need.name} is missing. On Debian: apt-get install {' '.join(need.debian_packages)}"
            for item in marked:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English: a page that was asked for in another language leaves that behind."""
    with translation.override("en-gb"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """A database of this worker's own, made by the migrating role, used as the web role."""
    name = f"registry_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock():
        databases.make_template()
        databases.copy_database(databases.TEMPLATE, name)
        databases.point_to(name)
        yield
        databases.drop_database(name)


@pytest.fixture
def committed_registry(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """An empty registry of one's own, for tests that commit: other processes and roles see what they write."""
    with django_db_blocker.unblock(), _copy_of(databases.TEMPLATE) as name:
        yield name


@pytest.fixture
def cohort_registry(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The demonstration with its 58 patients, one's own copy, committed."""
    with django_db_blocker.unblock():
        databases.make_cohort_template()
        with _copy_of(databases.COHORT) as name:
            yield name


@pytest.fixture
def reported_registry(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The demonstration with two full analyses and a change between them, one's own copy, committed."""
    from tests.published import publish_two_reports

    with django_db_blocker.unblock():
        databases.make_reported_template(publish_two_reports)
        with _copy_of(databases.REPORTED) as name:
            yield name


@contextmanager
def _copy_of(source: str) -> Iterator[str]:
    name = f"registry_{uuid.uuid4().hex[:12]}"
    databases.copy_database(source, name)
    try:
        with databases.connected_to(name):
            yield name
    finally:
        databases.drop_database(name)


@pytest.fixture
def people(db: None) -> Any:
    """The same people in every test: see `tests.people`."""
    from tests.people import make_people

    return make_people()
