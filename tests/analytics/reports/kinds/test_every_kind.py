"""What holds for every kind of report: R recomputes its numbers from its own files, and its results keep the schema."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.models import Kind
from analytics.reports.content import Content, Source
from analytics.reports.kinds import KINDS
from tests.analytics.reports.test_results_json import VALIDATOR

pytestmark = pytest.mark.slow  # figures are drawn


@pytest.fixture(scope="module", params=sorted(KINDS))
def content(request: pytest.FixtureRequest, source: Source) -> Content:
    centre = 3 if request.param == Kind.CENTRE_REPORT else None
    return KINDS[request.param](replace(source, centre=centre), lambda _: None)


def test_the_results_keep_the_schema(content: Content) -> None:
    VALIDATOR.validate(json.loads(content.results_text))


def test_every_entry_once(content: Content) -> None:
    ids = [entry["id"] for entry in content.results["entries"]]
    assert len(ids) == len(set(ids)) > 5


def test_the_names_of_its_files_differ(content: Content) -> None:
    names = [file.name for file in content.files()]
    assert len(names) == len(set(names))


@pytest.mark.needs_r
def test_r_recomputes_every_number_from_the_files_of_the_report(content: Content, tmp_path: Path) -> None:
    for file in content.files():
        (tmp_path / file.name).write_bytes(file.content)
    done = subprocess.run(["Rscript", "recompute.R"], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "numbers compared" in done.stdout
