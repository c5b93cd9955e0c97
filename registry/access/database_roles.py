"""The roles and databases of one registry on a PostgreSQL server, made or brought up to date by its superuser.

Names, passwords and databases are those of the URLs by which the processes connect, so that each stands in one place.
"""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString, Self

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict

OWNER = "reg_owner"
AUDIT = "reg_audit"
SQL_BROKER = "sqla+"
UNPRIVILEGED: LiteralString = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
# Roles belong to the whole server: two preparations at once would trip over each other.
PREPARATION_LOCK = 7_210_419


class UrlError(ValueError):
    """A URL lacks something, or two of them disagree."""


@dataclass(frozen=True)
class Login:
    """A role that connects: what its URL says."""

    role: str
    password: str
    database: str

    @classmethod
    def from_url(cls, url: str, *, variable: str) -> Self:
        parts = conninfo_to_dict(url.removeprefix(SQL_BROKER).replace("postgresql+psycopg:", "postgresql:", 1))
        found = {name: str(parts.get(name) or "") for name in ("user", "password", "dbname")}
        if missing := [name for name, value in found.items() if not value]:
            raise UrlError(f"{variable} has no {', no '.join(missing)}: postgresql://USER:PASSWORD@HOST/DATABASE")
        return cls(found["user"], found["password"], found["dbname"])


@dataclass(frozen=True)
class Logins:
    """The roles of one registry; no broker when Celery's messages go through another kind of server."""

    migrate: Login
    web: Login
    report: Login
    broker: Login | None = None

    def __post_init__(self) -> None:
        if len({login.role for login in self.all()}) < len(self.all()):
            raise UrlError("Two of the database URLs name the same user; each needs a role of its own.")
        if len({self.migrate.database, self.web.database, self.report.database}) > 1:
            raise UrlError("MIGRATION_DATABASE_URL, DATABASE_URL and REPORT_DATABASE_URL name different databases.")
        if self.broker and self.broker.database == self.web.database:
            raise UrlError("CELERY_BROKER_URL names the registry's database; the broker needs one of its own.")

    def all(self) -> list[Login]:
        return [login for login in (self.migrate, self.web, self.report, self.broker) if login]


def prepare(admin_url: str, logins: Logins, *, sql_files: Iterable[Path] = ()) -> None:
    """Make roles, databases and privileges, then run the files in the registry's database as the superuser.

    May be repeated: what exists is brought up to date, passwords included.
    """
    with closing(psycopg.connect(admin_url, autocommit=True)) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [PREPARATION_LOCK])
        make_roles(server, logins)
        make_database(server, logins.web.database)
        run(server, "GRANT CONNECT ON DATABASE {} TO {}, {}, {}", logins.web.database, *registry_roles(logins))
        if logins.broker:
            make_database(server, logins.broker.database)
            # The transport of the broker makes its own tables.
            run(server, "ALTER DATABASE {} OWNER TO {}", logins.broker.database, logins.broker.role)
        with psycopg.connect(admin_url, dbname=logins.web.database) as registry:
            set_privileges(registry, logins)
            for file in sql_files:
                registry.execute(file.read_bytes())


def make_roles(server: Connection, logins: Logins) -> None:
    for role in (OWNER, AUDIT):
        make_role(server, role)
        run(server, "ALTER ROLE {} NOLOGIN " + UNPRIVILEGED, role)
    for login in logins.all():
        make_role(server, login.role)
        # The server is sent a verifier only, so that no log of statements can hold a password.
        verifier = server.pgconn.encrypt_password(login.password.encode(), login.role.encode(), b"scram-sha-256")
        run(server, "ALTER ROLE {} LOGIN " + UNPRIVILEGED + " PASSWORD {}", login.role, literal=verifier.decode())
    run(server, "GRANT {} TO {}", OWNER, logins.migrate.role)


def make_role(server: Connection, name: str) -> None:
    if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        run(server, "CREATE ROLE {}", name)


def make_database(server: Connection, name: str) -> None:
    if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        run(server, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)
    run(server, "REVOKE ALL ON DATABASE {} FROM PUBLIC", name)


def set_privileges(registry: Connection, logins: Logins) -> None:
    """Who may do what with the tables of the schema `public`, those to come included."""
    migrate, web, report = registry_roles(logins)
    # What a migration makes belongs to the owner, who cannot log in.
    run(registry, "ALTER ROLE {} IN DATABASE {} SET role = {}", migrate, logins.migrate.database, OWNER)
    run(registry, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    run(registry, "GRANT USAGE, CREATE ON SCHEMA public TO {}", OWNER)
    run(registry, "GRANT USAGE ON SCHEMA public TO {}, {}, {}", web, report, AUDIT)
    default: LiteralString = "ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public GRANT "
    run(registry, default + "SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}", OWNER, web)
    run(registry, default + "USAGE, SELECT ON SEQUENCES TO {}", OWNER, web)


def registry_roles(logins: Logins) -> tuple[str, str, str]:
    return logins.migrate.role, logins.web.role, logins.report.role


def run(connection: Connection, statement: LiteralString, *identifiers: str, literal: str | None = None) -> None:
    """Run one statement with quoted names, and a quoted literal last: DDL takes no parameters."""
    parts: list[sql.Composable] = [sql.Identifier(name) for name in identifiers]
    if literal is not None:
        parts.append(sql.Literal(literal))
    connection.execute(sql.SQL(statement).format(*parts))
