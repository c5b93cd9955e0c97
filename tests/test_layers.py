"""Who may import whom: the table of the README, held to. A module imports what stands to its left, never after."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS = tuple(
    tuple(f"{application}.{layer}" for layer in layers.split(", "))
    for application, layers in re.findall(
        r"^\| (registry|analytics) \| (.+) \|$", (ROOT / "README.md").read_text(), re.M
    )
)
# What analytics takes from the registry: the frozen rows, mail, who may, the seals of the trail and who acts in it, the
# language of the CRF, what is derived by it, the printer of PDF, and how the rows of an export are read and disguised.
ANALYTICS_MAY_USE = (
    "registry.models.snapshot",
    "registry.models.authors",  # who made the changes between two snapshots
    "registry.actions.take_snapshot",
    "registry.actions.frozen_work",
    "registry.actions.leases",
    "registry.actions.heartbeat",
    "registry.actions.mailing",
    "registry.access",
    "registry.audit.acting",
    "registry.audit.seals",
    "registry.crf",
    "registry.derivations",
    "registry.transfer.exports",
    "registry.transfer.paper.pdf",
)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files(package: str) -> list[Path]:
    path = ROOT / package.replace(".", "/")
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize(("layer", "later"), [(row[i], row[i + 1 :]) for row in ROWS for i in range(len(row))])
def test_a_layer_imports_nothing_to_its_right(layer, later):
    assert files(layer)
    found = [(str(path), name) for path in files(layer) for name in imports(path) if within(name, later)]
    assert found == []


def test_the_readme_names_the_layers_of_both_applications():
    assert [row[0] for row in ROWS] == ["registry.crf", "analytics.stats"]


def test_the_registry_never_imports_analytics():
    found = [(str(path), name) for path in files("registry") for name in imports(path) if within(name, ("analytics",))]
    assert found == []


def test_analytics_takes_from_the_registry_only_what_is_listed():
    found = [
        (str(path), name)
        for path in files("analytics")
        if "migrations" not in path.parts and not {"api", "web"} & set(path.parts) and "management" not in path.parts
        for name in imports(path)
        if name.startswith("registry") and not within(name, ANALYTICS_MAY_USE)
    ]
    assert found == []


def test_the_estimators_know_neither_django_nor_pandas_nor_plots():
    banned = ("django", "pandas", "matplotlib")
    found = [(str(path), name) for path in files("analytics.stats") for name in imports(path) if within(name, banned)]
    assert found == []
