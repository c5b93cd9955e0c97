"""What a report prints is what R computes from its own files, on the reference cohort and on data never seen before."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

from analytics.cohort.build import Cohort
from tests.analytics.random_data_set import draw
from tests.drawn import first_seed

pytestmark = [pytest.mark.slow, pytest.mark.needs_r]


def analyse(text: str, folder: Path) -> Path:
    """The files of `manage.py analyse`."""
    file, out = folder / "random.csv", folder / "out"
    file.write_text(text, encoding="utf-8")
    call_command("analyse", str(file), out=out)
    return out


def recompute(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["Rscript", "recompute.R"], cwd=folder, check=False, capture_output=True, text=True)


def compared(output: str) -> int:
    found = re.search(r"(\d+) numbers compared", output)
    assert found, output
    return int(found[1])


def test_r_computes_every_number_of_the_reference_cohort(reference: Cohort, tmp_path: Path) -> None:
    done = recompute(analyse(reference.data_set.text, tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert compared(done.stdout) > 1200


@pytest.mark.parametrize("draw_number", range(3))
def test_r_computes_every_number_of_a_data_set_never_seen_before(draw_number: int, tmp_path: Path) -> None:
    seed = first_seed() + draw_number
    done = recompute(analyse(draw(seed), tmp_path))
    assert done.returncode == 0, f"seed {seed}\n{done.stdout}{done.stderr}"
    assert compared(done.stdout) > 900, f"seed {seed}\n{done.stdout}"


def test_r_finds_a_number_that_was_altered(reference: Cohort, tmp_path: Path) -> None:
    folder = analyse(reference.data_set.text, tmp_path)
    numbers = folder / "numbers.csv"
    text = numbers.read_text(encoding="utf-8")
    altered = text.replace(
        "overall-survival,Median overall survival,11.", "overall-survival,Median overall survival,12."
    )
    assert altered != text
    numbers.write_text(altered, encoding="utf-8")
    done = recompute(folder)
    assert done.returncode == 1
    assert "These differ: overall-survival" in done.stdout
