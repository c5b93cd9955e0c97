"""PostgreSQL for the tests: one private cluster a session, a database a worker, copies for tests that commit.

Tables are made by the migrating role; the tests then run as the web role, so that no right is there by accident.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from launch.instance import new_passwords, role_urls
from launch.postgres import ROOT, Cluster
from launch.processes import file_lock

_SESSION = "REGISTRY_TEST_CLUSTER"  # the environment tells the workers of a session where its cluster is
TEMPLATE = "registry_template"
COHORT = "registry_cohort"
REPORTED = "registry_reported"


def start_cluster() -> None:
    """Start the session's cluster; called once, before there are workers."""
    folder = ROOT / "var" / "test" / str(os.getpid())
    folder.mkdir(parents=True)
    cluster = Cluster(folder / "postgres", durable=False, say=lambda text: None)
    session = {"folder": str(folder), "admin_url": cluster.start(), "passwords": new_passwords()}
    os.environ[_SESSION] = json.dumps(session)
    start_cluster.cluster = cluster  # type: ignore[attr-defined]


def stop_cluster() -> None:
    cluster = getattr(start_cluster, "cluster", None)
    if cluster is None:
        return
    cluster.stop()
    shutil.rmtree(cluster.data_folder, ignore_errors=True)
    shutil.rmtree(_session()["folder"], ignore_errors=True)
    shutil.rmtree(cluster.socket_folder, ignore_errors=True)


def _session() -> dict[str, Any]:
    return json.loads(os.environ[_SESSION])


def urls(database: str) -> dict[str, str]:
    """The environment variables of a registry on this database."""
    session = _session()
    return role_urls(session["admin_url"], session["passwords"], database=database)


def make_template() -> None:
    """The migrated, empty registry from which the others are copied; made by the first worker that needs it."""
    _make_once(TEMPLATE, prepare_and_migrate)


def make_cohort_template() -> None:
    """The demonstration: the reference cohort and its accounts, whose passwords stand in the session's folder."""
    make_template()
    _make_once(COHORT, _load_demonstration, source=TEMPLATE)


def make_reported_template(publish: Callable[[], None]) -> None:
    """The demonstration with what `publish` makes of it."""
    make_cohort_template()
    _make_once(REPORTED, lambda name: _with_connection(name, publish), source=COHORT)


def _make_once(name: str, make: Callable[[str], None], source: str = "") -> None:
    """Under another name until it is whole: a worker that dies meanwhile leaves nothing that looks like it."""
    with file_lock(Path(_session()["folder"]) / f"{name}.lock"):
        if _exists(name):
            return
        drop_database(f"{name}_unfinished")
        if source:
            copy_database(source, f"{name}_unfinished")
        make(f"{name}_unfinished")
        _admin("alter database {} rename to {}", f"{name}_unfinished", name)


def _load_demonstration(name: str) -> None:
    with environment({"REGISTRY_FOLDER": _session()["folder"]}), redirect_stdout(StringIO()):
        _with_connection(name, lambda: call_command("load_demonstration"))


def _with_connection(name: str, make: Callable[[], None]) -> None:
    with connected_to(name):
        make()


def demonstration_passwords() -> dict[str, str]:
    """User name to password of the accounts in the cohort's registry."""
    lines = (Path(_session()["folder"]) / "accounts.txt").read_text().splitlines()
    return dict(line.split() for line in lines)


def prepare_and_migrate(database: str) -> None:
    with environment(urls(database)), connected_to(database):
        call_command("prepare_database", verbosity=0)
        call_command("migrate", database="migration", verbosity=0, interactive=False)


def copy_database(source: str, name: str) -> None:
    with file_lock(Path(_session()["folder"]) / "copy.lock"):
        _admin("create database {} template {}", name, source)
        _admin("revoke all on database {} from public", name)
        _admin("grant connect on database {} to reg_web, reg_report, reg_migrate", name)
        _admin("alter role reg_migrate in database {} set role = reg_owner", name)


@contextmanager
def without_row_level_security(name: str) -> Iterator[None]:
    """Only the application keeps the centres apart. Nobody may be in a transaction at the beginning or the end."""
    tables = "select oid::regclass::text from pg_class where relkind = 'r' and relrowsecurity"
    with closing(psycopg.connect(_session()["admin_url"], dbname=name, autocommit=True)) as server:
        protected = [row[0] for row in server.execute(tables)]
        try:
            _alter(server, protected, "disable")
            yield
        finally:
            _alter(server, protected, "enable")


def _alter(server: Any, tables: list[str], how: str) -> None:
    for table in tables:
        name = sql.SQL(".").join(map(sql.Identifier, table.split(".")))
        server.execute(sql.SQL("alter table {} {} row level security").format(name, sql.SQL(how)))


def drop_database(name: str) -> None:
    _admin("drop database if exists {} with (force)", name)


@contextmanager
def connected_to(database: str) -> Iterator[None]:
    """Django's connections lead to this database for a while."""
    before = {alias: dict(options) for alias, options in connections.settings.items()}
    point_to(database)
    try:
        yield
    finally:
        connections.close_all()
        for alias, options in before.items():
            connections.settings[alias].update(options)


def point_to(database: str) -> None:
    addresses = urls(database)
    for alias, variable in _VARIABLES.items():
        if alias in connections.settings:
            connections[alias].close()
        parts = psycopg.conninfo.conninfo_to_dict(addresses[variable])
        wanted = {"NAME": parts["dbname"], "USER": parts["user"], "PASSWORD": parts["password"], "HOST": parts["host"]}
        connections.settings.setdefault(alias, dict(connections.settings["default"])).update(wanted)


@contextmanager
def environment(variables: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


_VARIABLES = {
    "default": "DATABASE_URL",
    "report": "REPORT_DATABASE_URL",
    "migration": "MIGRATION_DATABASE_URL",
}


def _exists(database: str) -> bool:
    with closing(psycopg.connect(_session()["admin_url"])) as server:
        return bool(server.execute("select 1 from pg_database where datname = %s", [database]).fetchone())


def _admin(statement: str, *names: str) -> None:
    with closing(psycopg.connect(_session()["admin_url"], autocommit=True)) as server:
        server.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
