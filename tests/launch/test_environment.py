from pathlib import Path

import pytest

from launch import environment
from launch.terminal import StepFailed


@pytest.fixture
def steps(tmp_path, monkeypatch):
    """The commands that would have run; each makes what it promises."""
    done = []

    def pretend(title, command):
        done.append([str(part) for part in command])
        if "venv" in done[-1]:
            python = environment.python_of(Path(done[-1][-1]))
            python.parent.mkdir(parents=True)
            python.symlink_to("/usr/bin/env")
        if "--target" in done[-1]:
            environment.UV.parent.mkdir(parents=True, exist_ok=True)
            environment.UV.touch()

    files = {name: tmp_path / f"{name}.txt" for name in environment.REQUIREMENTS}
    for name, file in files.items():
        file.write_text(f"{name}==1\n")
    monkeypatch.setattr(environment, "REQUIREMENTS", files)
    monkeypatch.setattr(environment, "TOOLS", tmp_path / "tools")
    monkeypatch.setattr(environment, "UV", tmp_path / "tools" / "bin" / "uv")
    venvs = {name: tmp_path / venv.name for name, venv in environment.VENVS.items()}
    monkeypatch.setattr(environment, "VENVS", venvs)
    monkeypatch.setattr(environment, "version_of_environment", lambda venv: environment.platform.python_version())
    monkeypatch.setattr(environment, "step", pretend)
    return done


def installations(steps):
    return [
        command for command in steps if command[-1:] and "--require-hashes" in command and "--target" not in command
    ]


def test_the_first_time_everything_is_made(steps):
    environment.ensure("run")
    assert [command[:4][1] for command in steps] == ["-m", "-m", "pip"]
    assert "--system-certs" in steps[-1]


def test_what_is_installed_is_not_installed_again(steps):
    environment.ensure("run")
    steps.clear()
    environment.ensure("run")
    assert steps == []


def test_whoever_has_tested_can_run(steps):
    environment.ensure("test")
    steps.clear()
    environment.ensure("run")
    assert steps == []


def test_whoever_has_run_installs_what_testing_needs(steps):
    environment.ensure("run")
    environment.ensure("test")
    assert len(installations(steps)) == 2


def test_the_benchmarks_have_an_environment_of_their_own(steps):
    main = environment.ensure("test")
    assert environment.ensure("bench") != main
    assert len(installations(steps)) == 2
    steps.clear()
    assert environment.ensure("run") == main
    assert steps == []


def test_another_lock_means_installing_again(steps):
    environment.ensure("run")
    environment.REQUIREMENTS["run"].write_text("run==2\n")
    environment.ensure("run")
    assert len(installations(steps)) == 2


def test_another_python_means_another_environment(steps, monkeypatch):
    environment.ensure("run")
    monkeypatch.setattr(environment, "version_of_environment", lambda venv: "3.10.1")
    monkeypatch.setattr(environment.platform, "python_version", lambda: "3.12.0")
    environment.ensure("run")
    assert sum("venv" in command for command in steps) == 2


@pytest.mark.parametrize("failing", ["--target", "--system-certs"])
def test_pip_installs_the_same_file_where_uv_fails(steps, monkeypatch, capsys, failing):
    pretend = environment.step

    def without_uv(title, command):
        if failing in command:
            raise StepFailed("invalid peer certificate")
        pretend(title, command)

    monkeypatch.setattr(environment, "step", without_uv)
    environment.ensure("run")
    assert "--python" in steps[-1]
    assert steps[-1][-2:] == ["-r", str(environment.REQUIREMENTS["run"])]
    assert steps[-1][1:3] == ["-m", "pip"]
    assert "uv could not do it: invalid peer certificate" in capsys.readouterr().out


def test_an_installation_that_fails_is_not_taken_for_whole(steps, monkeypatch):
    environment.ensure("run")
    environment.REQUIREMENTS["run"].write_text("run==2\n")

    def fail(title, command):
        raise StepFailed("no network")

    monkeypatch.setattr(environment, "step", fail)
    with pytest.raises(StepFailed):
        environment.ensure("run")
    assert not environment.is_installed("run")
