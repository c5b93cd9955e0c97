import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from kombu import Connection
from sqlalchemy.pool import NullPool

from registry.access.database_roles import SQL_BROKER, Login, Logins, UrlError, prepare

SQL_FOLDER = Path(__file__).resolve().parents[2] / "audit" / "sql"


class Command(BaseCommand):
    help = (
        "Makes the database roles, the databases and the audit trail, as the superuser of ADMIN_DATABASE_URL. "
        "Roles, passwords and database names are those of MIGRATION_DATABASE_URL, DATABASE_URL, "
        "REPORT_DATABASE_URL and, for the broker on PostgreSQL, CELERY_BROKER_URL. May be repeated."
    )
    requires_system_checks = ()  # they may ask the database, which is not there yet

    def handle(self, *args: Any, **options: Any) -> None:
        broker_url = os.environ.get("CELERY_BROKER_URL", "")
        broker_on_postgres = broker_url.startswith(SQL_BROKER)
        try:
            logins = Logins(
                migrate=login("MIGRATION_DATABASE_URL"),
                web=login("DATABASE_URL"),
                report=login("REPORT_DATABASE_URL"),
                broker=login("CELERY_BROKER_URL") if broker_on_postgres else None,
            )
        except UrlError as error:
            raise CommandError(str(error)) from error
        prepare(variable("ADMIN_DATABASE_URL"), logins, sql_files=sorted(SQL_FOLDER.glob("*.sql")))
        if broker_on_postgres:
            make_broker_tables(broker_url)
        self.stdout.write(f"Roles and database {logins.web.database} are ready.")


def variable(name: str) -> str:
    try:
        return os.environ[name]
    except KeyError:
        raise CommandError(f"{name} is not set: postgresql://USER:PASSWORD@HOST/DATABASE") from None


def login(name: str) -> Login:
    return Login.from_url(variable(name), variable=name)


def make_broker_tables(url: str) -> None:
    """Make them before web, worker and beat all start to: the transport does not expect company at that."""
    with Connection(url, transport_options={"poolclass": NullPool}) as broker:
        broker.default_channel.queue_declare("celery", durable=True)
