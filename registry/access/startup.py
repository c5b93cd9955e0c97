"""Refusal to run with a database role that stands above the rules."""

from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper

MAY_OWN_TABLES: Final = "migration"  # the one connection for `migrate`; web, worker and beat have none of that name
REMEDY = "Run `manage.py prepare_database` and give the web role's URL in DATABASE_URL."


def refuse_privileged_role(connection: BaseDatabaseWrapper) -> None:
    """Raise when row-level security or the audit trail would not bind this connection's role.

    A superuser, a role with BYPASSRLS and the owner of a table can each step around them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = session_user")
        role, is_superuser, bypasses = cursor.fetchone()
        cursor.execute(
            """
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
              AND pg_has_role(session_user, c.relowner, 'MEMBER')
            LIMIT 1
            """
        )
        owned = cursor.fetchone()
    if is_superuser or bypasses:
        raise ImproperlyConfigured(f"The database role {role} bypasses row-level security. {REMEDY}")
    if owned:
        raise ImproperlyConfigured(f"The database role {role} owns the table {owned[0]} or may act as owner. {REMEDY}")


def refuse_on_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """For the signal `connection_created`: no process works as a privileged role, commands included."""
    if connection.alias == MAY_OWN_TABLES:
        return
    try:
        refuse_privileged_role(connection)
    except ImproperlyConfigured:
        connection.close()  # left open, it would serve the next query
        raise


def refuse_at_start() -> None:
    """Have a web server or worker end at once, and not at its first request, when its role is refused."""
    try:
        default_connection.ensure_connection()
    except OperationalError:
        return  # the database is down: its connections are examined when it is back
    finally:
        default_connection.close()
