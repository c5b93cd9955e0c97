import pytest

from launch import checking


@pytest.fixture
def checks(monkeypatch):
    """Nothing is run: `checks(failing)` says which command would fail and returns those that were asked."""

    def checks(failing):
        asked = []

        def passes(name, command, variables):
            asked.append((name, [str(part) for part in command], variables))
            return name != failing

        monkeypatch.setattr(checking, "passes", passes)
        monkeypatch.setattr(checking.environment, "ensure", lambda wanted: "python")
        return checking.check(), asked

    return checks


def test_all_checks_pass(checks):
    status, asked = checks(failing=None)
    assert status == 0
    assert [name for name, _, _ in asked] == ["ruff check", "ruff format", "mypy", "migrations", "deployment"]


@pytest.mark.parametrize("failing", ["ruff check", "ruff format", "mypy", "migrations", "deployment"])
def test_one_check_that_fails_fails_them_all_and_the_others_run_too(checks, failing, capsys):
    status, asked = checks(failing)
    assert status == 1
    assert len(asked) == 5
    assert f"Failed: {failing}" in capsys.readouterr().out


def test_deployment_is_checked_with_the_settings_of_production(checks):
    _, asked = checks(failing=None)
    _, command, variables = asked[-1]
    assert command[-4:] == ["check", "--deploy", "--fail-level", "WARNING"]
    assert variables["REGISTRY_ENVIRONMENT"] == "production"


def test_the_continuous_integration_calls_what_the_readme_names():
    script = (checking.ROOT / ".ci" / "run").read_text()
    assert "\nexport CI=true\n" in script
    assert "\nmake test </dev/null || status=1\n" in script
    assert "\nmake check </dev/null || status=1\n" in script
