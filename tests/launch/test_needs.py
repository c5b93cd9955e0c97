import pytest

from launch import needs, testing
from launch.needs import Need
from launch.terminal import StepFailed


@pytest.fixture
def machine(monkeypatch):
    """A Debian machine, with root, that lacks Redis until it is installed."""

    class Machine:
        def __init__(self):
            self.installed = False
            self.lists_are_old = False
            self.commands = []

        def apt(self, title, command):
            self.commands.append(" ".join(command))
            if "update" in command:
                self.lists_are_old = False
            elif self.lists_are_old:
                raise StepFailed("404 Not Found")
            else:
                self.installed = True

    machine = Machine()
    monkeypatch.setattr(needs, "apt", machine.apt)
    monkeypatch.setattr(needs, "is_debian", lambda: True)
    monkeypatch.setattr(needs.os, "geteuid", lambda: 0)
    redis = Need("needs_redis", "Redis", lambda: machine.installed, ("redis-server",))
    chromium = Need("browser", "Chromium", lambda: True, ("chromium",))
    monkeypatch.setattr(needs, "NEEDS", (redis, chromium))
    return machine


def test_only_what_is_missing_is_installed(machine):
    assert needs.provide() == []
    assert machine.commands == ["apt-get install --yes --no-install-recommends redis-server"]


def test_nothing_is_run_when_all_is_there(machine):
    machine.installed = True
    assert needs.provide() == []
    assert machine.commands == []


def test_the_package_lists_are_fetched_only_when_installing_fails(machine):
    machine.lists_are_old = True
    assert needs.provide() == []
    assert [command.split()[1] for command in machine.commands] == ["install", "update", "install"]


def test_elsewhere_nothing_is_installed_and_the_missing_is_named(machine, monkeypatch):
    monkeypatch.setattr(needs, "is_debian", lambda: False)
    assert [need.name for need in needs.provide()] == ["Redis"]
    assert machine.commands == []


@pytest.fixture
def suite(machine, monkeypatch):
    monkeypatch.setattr(needs, "is_debian", lambda: False)
    monkeypatch.setattr(testing.environment, "ensure", lambda wanted: "/bin/true")


def test_what_is_missing_is_said_with_the_remedy_and_the_tests_run(suite, monkeypatch, capsys):
    monkeypatch.setenv("CI", "")
    assert testing.test([]) == 0
    output = capsys.readouterr().out
    assert "Redis is missing: tests marked needs_redis are skipped. On Debian: apt-get install redis-server" in output


def test_in_ci_something_missing_is_a_failure(suite, monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")
    assert testing.test([]) == 1
    assert "In CI nothing may be missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("release", "expected"), [('PRETTY_NAME="Debian"\nID=debian\n', True), ("ID=ubuntu\nID_LIKE=debian\n", False)]
)
def test_only_debian_itself_is_debian(monkeypatch, tmp_path, release, expected):
    (tmp_path / "os-release").write_text(release)
    monkeypatch.setattr(needs, "OS_RELEASE", tmp_path / "os-release")
    monkeypatch.setattr(needs.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert needs.is_debian() is expected
