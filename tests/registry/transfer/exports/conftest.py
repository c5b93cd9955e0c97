"""A registry without patients beside the one with the reference cohort."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests import databases
from tests.people import make_people


@pytest.fixture
def empty_registry(cohort_registry: str) -> Callable[[], AbstractContextManager[None]]:
    """`with empty_registry():` leads to a registry of two centres, their people, and nobody else."""

    @contextmanager
    def connect() -> Iterator[None]:
        name = f"{cohort_registry}_empty"
        databases.copy_database(databases.TEMPLATE, name)
        try:
            with databases.connected_to(name):
                make_people()
                yield
        finally:
            databases.drop_database(name)

    return connect
