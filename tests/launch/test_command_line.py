import ast
import os
import signal
import subprocess
import sys

import pytest

from launch import running
from launch.command_line import main
from launch.processes import file_lock
from tests.services import ROOT


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_old_versions_of_python_can_read_what_tells_them_so(name):
    ast.parse((ROOT / "launch" / name).read_text(), feature_version=(3, 6))


@pytest.mark.slow
def test_an_old_python_is_told_what_is_needed():
    script = "import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_module('launch', run_name='__main__')"
    finished = subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT, capture_output=True, text=True)
    assert finished.returncode == 1
    assert "Python 3.11 or newer is needed; this is Python 3.9" in finished.stderr


@pytest.fixture
def call(monkeypatch):
    monkeypatch.delenv("MAKELEVEL", raising=False)
    monkeypatch.setenv("REGISTRY_FOLDER", "")

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["launch", *arguments])
        return main()

    return call


def test_who_was_called_by_make_ends_with_it(call, monkeypatch):
    signals = []
    monkeypatch.setattr("launch.command_line.die_with_parent", signals.append)
    monkeypatch.setattr(running, "run", lambda **options: 0)
    call("run")
    assert signals == []
    monkeypatch.setenv("MAKELEVEL", "1")
    call("run")
    assert signals == [signal.SIGTERM]


def test_a_port_that_is_taken_is_refused_with_the_remedy(call, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(running, "DEMONSTRATION_FOLDER", tmp_path)
    with running.socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert call("run", "--port", str(port)) == 1
    assert f"Port {port} is taken. Name another one: make run PORT={port + 1}" in capsys.readouterr().err


def test_a_registry_that_runs_already_is_named_with_its_address(call, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(running, "DEMONSTRATION_FOLDER", tmp_path)
    with file_lock(tmp_path / "run.lock", holder="http://127.0.0.1:8000/ (process 7)"):
        assert call("run") == 1
    assert "runs already: http://127.0.0.1:8000/ (process 7)" in capsys.readouterr().err


def test_arguments_of_test_go_to_pytest(call, monkeypatch):
    from launch import testing

    given = []
    monkeypatch.setattr(testing, "test", lambda arguments: given.extend(arguments) or 0)
    assert call("test", "tests/launch", "-k", "port", "-x") == 0
    assert given == ["tests/launch", "-k", "port", "-x"]


def test_arguments_of_conformance_go_to_the_comparison(call, monkeypatch):
    from launch import conformance

    given = []
    monkeypatch.setattr(conformance, "compare", lambda arguments: given.extend(arguments) or 3)
    assert call("conformance", "--random", "20") == 3
    assert given == ["--random", "20"]


def test_an_unknown_argument_of_run_is_refused(call):
    with pytest.raises(SystemExit):
        call("run", "--fast")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["run"], "python3 -m launch run"),
        (["run", "EMPTY=1", "PORT=8001"], "python3 -m launch run --empty --port 8001"),
        (["test"], "python3 -m launch test"),
        (["test", "ARGS=tests/launch -x"], "python3 -m launch test tests/launch -x"),
        (["check"], "python3 -m launch check"),
        (["bench"], "python3 -m launch bench"),
        (["bench", "ARGS=pages"], "python3 -m launch bench pages"),
        (["conformance"], "python3 -m launch conformance"),
        (["conformance", "ARGS=--random 20 --seed 1"], "python3 -m launch conformance --random 20 --seed 1"),
    ],
)
def test_make_calls_the_launcher(arguments, expected):
    # As from a terminal, although `make test` may have called us.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "ARGS"))}
    command = ["make", "--dry-run", *arguments]
    output = subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert output.stdout.split() == expected.split()
