import uuid

import psycopg
import pytest
from psycopg import errors, sql

from registry.access.database_roles import Login, Logins, UrlError, prepare
from tests import databases


@pytest.fixture(scope="module")
def addresses():
    """A registry with a broker of its own on the server of the tests."""
    name = f"roles_{uuid.uuid4().hex[:8]}"
    urls = databases.urls(name)
    urls["CELERY_BROKER_URL"] = urls["CELERY_BROKER_URL"].removeprefix("sqla+").replace("+psycopg", "")
    prepare(urls["ADMIN_DATABASE_URL"], logins_of(urls))
    yield urls
    for database in (name, f"{name}_broker"):
        databases.drop_database(database)


def logins_of(urls):
    return Logins(
        migrate=Login.from_url(urls["MIGRATION_DATABASE_URL"], variable="MIGRATION_DATABASE_URL"),
        web=Login.from_url(urls["DATABASE_URL"], variable="DATABASE_URL"),
        report=Login.from_url(urls["REPORT_DATABASE_URL"], variable="REPORT_DATABASE_URL"),
        broker=Login.from_url(urls["CELERY_BROKER_URL"], variable="CELERY_BROKER_URL"),
    )


@pytest.fixture
def connect(addresses):
    connections = []

    def connect(variable, **options):
        connections.append(psycopg.connect(addresses[variable], autocommit=True, **options))
        return connections[-1]

    yield connect
    for connection in connections:
        connection.close()


@pytest.mark.slow
def test_what_the_migrating_role_makes_belongs_to_the_owner(connect):
    migrate = connect("MIGRATION_DATABASE_URL")
    migrate.execute("CREATE TABLE made_by_a_migration (id bigint)")
    query = "SELECT tableowner FROM pg_tables WHERE tablename = 'made_by_a_migration'"
    assert migrate.execute(query).fetchone() == ("reg_owner",)
    assert migrate.execute("SELECT session_user, current_user").fetchone() == ("reg_migrate", "reg_owner")


@pytest.mark.slow
def test_the_web_role_reads_and_writes_what_migrations_make_and_no_more(connect):
    connect("MIGRATION_DATABASE_URL").execute("CREATE TABLE entry (id bigint GENERATED ALWAYS AS IDENTITY, text text)")
    web = connect("DATABASE_URL")
    web.execute("INSERT INTO entry (text) VALUES ('a')")
    web.execute("UPDATE entry SET text = 'b'")
    assert web.execute("SELECT text FROM entry").fetchone() == ("b",)
    web.execute("DELETE FROM entry")
    for statement in (
        "TRUNCATE entry",
        "DROP TABLE entry",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "SET ROLE reg_owner",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(statement)


@pytest.mark.slow
def test_the_report_role_reads_only_what_it_is_granted(connect):
    connect("MIGRATION_DATABASE_URL").execute("CREATE TABLE closed (id int)")
    with pytest.raises(errors.InsufficientPrivilege):
        connect("REPORT_DATABASE_URL").execute("SELECT FROM closed")


@pytest.mark.slow
def test_the_broker_has_its_database_and_no_way_into_the_registry(connect, addresses):
    connect("CELERY_BROKER_URL").execute("CREATE TABLE kombu_queue (id int)")
    registry = Login.from_url(addresses["DATABASE_URL"], variable="DATABASE_URL").database
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        connect("CELERY_BROKER_URL", dbname=registry)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        connect("DATABASE_URL", dbname=f"{registry}_broker")


@pytest.mark.slow
def test_no_role_of_the_registry_stands_above_the_rules(connect):
    query = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'reg\\_%' AND (rolsuper OR rolbypassrls OR rolcreaterole)"
    assert connect("ADMIN_DATABASE_URL").execute(query).fetchall() == []


@pytest.mark.slow
def test_it_may_be_repeated_and_changes_a_password(connect, addresses):
    """The other tests of the session share the roles: the password is put back."""
    changed = dict(addresses)
    before = Login.from_url(addresses["REPORT_DATABASE_URL"], variable="REPORT_DATABASE_URL")
    changed["REPORT_DATABASE_URL"] = addresses["REPORT_DATABASE_URL"].replace(before.password, "another")
    try:
        prepare(addresses["ADMIN_DATABASE_URL"], logins_of(changed))
        psycopg.connect(changed["REPORT_DATABASE_URL"]).close()
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(addresses["REPORT_DATABASE_URL"])
    finally:
        prepare(addresses["ADMIN_DATABASE_URL"], logins_of(addresses))
    connect("REPORT_DATABASE_URL")


@pytest.mark.slow
def test_the_files_run_in_order_as_superuser_in_the_registry(addresses, connect, tmp_path):
    (tmp_path / "10.sql").write_text("CREATE TABLE IF NOT EXISTS steps (name text, by_user text, at int); -- one")
    (tmp_path / "20.sql").write_text("INSERT INTO steps VALUES (current_database(), current_user, 100 % 7);")
    files = [tmp_path / "10.sql", tmp_path / "20.sql"]
    prepare(addresses["ADMIN_DATABASE_URL"], logins_of(addresses), sql_files=files)
    admin = connect("ADMIN_DATABASE_URL", dbname=logins_of(addresses).web.database)
    assert admin.execute(sql.SQL("SELECT by_user, at FROM steps")).fetchall() == [("postgres", 2)]


@pytest.mark.slow
def test_a_password_never_travels_in_a_statement(addresses, monkeypatch):
    """A log of statements would keep it."""
    sent = []
    execute = psycopg.Connection.execute

    def recorded(self, query, *arguments, **options):
        sent.append(query.as_string(self) if isinstance(query, sql.Composable) else str(query))
        return execute(self, query, *arguments, **options)

    monkeypatch.setattr(psycopg.Connection, "execute", recorded)
    prepare(addresses["ADMIN_DATABASE_URL"], logins_of(addresses))
    assert any("SCRAM-SHA-256$" in statement for statement in sent)
    for login in logins_of(addresses).all():
        assert not any(login.password in statement for statement in sent)


URLS = {
    "migrate": "postgresql://m:pw@/registry",
    "web": "postgresql://w:pw@/registry",
    "report": "postgresql://r:pw@/registry",
    "broker": "sqla+postgresql+psycopg://b:pw@/registry_broker",
}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"web": "postgresql://w@/registry"}, "WEB has no password"),
        ({"web": "postgresql://w:pw@/"}, "WEB has no dbname"),
        ({"web": "postgresql://m:pw@/registry"}, "a role of its own"),
        ({"report": "postgresql://r:pw@/other"}, "different databases"),
        ({"broker": "sqla+postgresql+psycopg://b:pw@/registry"}, "one of its own"),
    ],
)
def test_addresses_that_lack_something_or_disagree_are_refused(changes, message):
    with pytest.raises(UrlError, match=message):
        Logins(**{name: Login.from_url(url, variable=name.upper()) for name, url in (URLS | changes).items()})


def test_the_parts_of_an_address_are_read_as_postgresql_does():
    login = Login.from_url("sqla+postgresql+psycopg://b:p%40w@/registry_broker?host=/tmp/x", variable="X")
    assert login == Login("b", "p@w", "registry_broker")
