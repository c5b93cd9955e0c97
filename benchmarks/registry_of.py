"""A registry of many patients on a private PostgreSQL, thrown away afterwards."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests import databases

NAME = "registry_benchmark"


@contextmanager
def registry_of(patients: int) -> Iterator[None]:
    """Django's connections lead to it while the block lasts, as the role of the web pages."""
    from benchmarks.many_patients import multiply
    from benchmarks.wide_numbers import take_wide_numbers

    databases.start_cluster()
    try:
        databases.make_cohort_template()
        databases.copy_database(databases.COHORT, NAME)
        with psycopg.connect(superuser_url(NAME), autocommit=True) as connection:
            take_wide_numbers(connection)
            multiply(connection, patients)
        with databases.connected_to(NAME):
            yield
    finally:
        databases.stop_cluster()


def superuser_url(name: str) -> str:
    admin_url = json.loads(os.environ[databases._SESSION])["admin_url"]
    return psycopg.conninfo.make_conninfo(admin_url, dbname=name)
