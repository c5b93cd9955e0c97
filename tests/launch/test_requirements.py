"""The lock files: hashes for all, no address of an index, and the test set holds the run set."""

import re

import pytest

from launch.environment import REQUIREMENTS


def pins(name: str) -> dict[str, frozenset[str]]:
    """Package line -> its hashes."""
    joined = REQUIREMENTS[name].read_text().replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]
    return {line.split("--hash")[0].strip(): frozenset(re.findall(r"sha256:[0-9a-f]{64}", line)) for line in lines}


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_package_has_a_version_and_hashes(name):
    for line, hashes in pins(name).items():
        assert "==" in line
        assert hashes


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_no_file_names_an_address(name):
    text = REQUIREMENTS[name].read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def names(name: str) -> dict[str, str]:
    """Package and version -> the condition under which it is installed."""
    return {line.split(" ;")[0]: line for line in pins(name)}


def test_the_test_set_holds_the_run_set_in_the_same_versions():
    assert pins("run").items() <= pins("test").items()


def test_the_bench_set_holds_the_packages_of_the_run_set_in_the_same_versions():
    assert names("run").keys() <= names("bench").keys()
