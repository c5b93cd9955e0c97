"""``manage.py analyse``, in a process that could not reach a database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from analytics.cohort.build import Cohort
from analytics.reports.results_json import as_text

pytestmark = pytest.mark.slow  # figures are drawn

PROJECT = Path(__file__).resolve().parents[3]
NO_DATABASE = "postgresql://nobody@127.0.0.1:1/none"


@pytest.fixture
def file(reference: Cohort, tmp_path: Path) -> Path:
    path = tmp_path / "analysis.csv"
    path.write_bytes(reference.data_set.text.encode())
    return path


def test_it_writes_results_data_set_and_figures(
    file: Path, tmp_path: Path, reference_results: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "folder"
    call_command("analyse", str(file), out=out)
    assert (out / "results.json").read_text(encoding="utf-8") == as_text(reference_results)
    assert (out / "analysis.csv").read_bytes() == file.read_bytes()
    drawn = {f"{entry['id']}.svg" for entry in reference_results["entries"] if entry["drawn_as"]}
    assert {path.name for path in out.glob("*.svg")} == drawn
    assert "58 patients" in capsys.readouterr().out


def test_it_needs_no_database(file: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "analyse", str(file), "--out", str(tmp_path / "out")],
        cwd=PROJECT,
        env={
            "PATH": os.environ["PATH"],
            "REGISTRY_ENVIRONMENT": "test",
            "DATABASE_URL": NO_DATABASE,
            "REPORT_DATABASE_URL": NO_DATABASE,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))["dataset"]["n"] == 58


def refusal(file: Path, out: Path) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("analyse", str(file), out=out)
    assert refused.value.returncode == 1
    return str(refused.value)


def test_a_bad_value_is_told_with_line_column_and_rule(file: Path, tmp_path: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(",F,", ",female,", 1), encoding="utf-8")
    told = refusal(file, tmp_path / "out")
    assert "column sex: 'female' is refused, the rule is: one of F, M, or empty" in told
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refusal(tmp_path / "none.csv", tmp_path / "out")
    (tmp_path / "latin.csv").write_bytes("Fähigkeit".encode("latin-1"))
    assert "is not UTF-8 text: byte 2" in refusal(tmp_path / "latin.csv", tmp_path / "out")


def test_a_folder_that_cannot_be_written_is_told(file: Path) -> None:
    assert "cannot be written" in refusal(file, file)


def test_what_could_not_be_computed_is_listed(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(lines[:2]), encoding="utf-8")
    call_command("analyse", str(file), out=tmp_path / "out")
    assert "not computed: Overall survival after HCT, multivariable:" in capsys.readouterr().out
