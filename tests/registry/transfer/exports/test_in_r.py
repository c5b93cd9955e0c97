"""The statistician's day: unpack, do what README.txt says, compute."""

from statistics import median

import pytest

from registry.models import Baseline, Export, Patient
from tests.registry.transfer.exports.making import everything, files
from tests.registry.transfer.exports.planted import TEXTS, plant
from tests.registry.transfer.exports.r_readers import SCRIPTS, run

pytestmark = [pytest.mark.slow, pytest.mark.needs_r]


def printed(script, folder):
    lines = [line.partition(" ") for line in run(SCRIPTS / script, folder).splitlines()]
    return {name: rest.strip() for name, _, rest in lines}


@pytest.mark.parametrize("name", ["csv", "spss", "stata", "sas"])
def test_table_1_and_survival_come_out_of_the_files_in_r(cohort_registry, tmp_path, name):
    found = printed("statistician.R", files(tmp_path, format=name))
    with everything():
        ages = list(Patient.objects.values_list("age_rr", flat=True))
        ldh = list(Baseline.objects.exclude(ldh=None).values_list("ldh", flat=True))
    assert found["ages"] == f"{median(ages):g}"
    assert found["LDH"] == f"{len(ldh)} {median(ldh):g}"
    assert found["survival"] == "36 342"  # as the report prints it


@pytest.mark.parametrize("letters", ["C", "C.UTF-8"])
def test_load_r_makes_what_a_model_needs_whatever_the_letters_of_the_computer(
    cohort_registry, tmp_path, monkeypatch, letters
):
    plant()
    monkeypatch.setenv("LC_ALL", letters)
    found = printed("factors.R", files(tmp_path, format="csv"))
    assert found["levels"] == "no yes no yes"
    assert found["coefficient"] == "table$emdyes"
    assert found["middle"] == "2019-12-15 Date"
    assert found["reasons"] == "unknown or not documented | not done | not applicable | result pending"
    assert found["units"] == "10^9/L | Sites of extramedullary disease: lymph node/mediastinum"
    assert "".join(map(chr, map(int, found["letters"].split()))) == TEXTS[2]


@pytest.mark.parametrize("name", Export.Format.values)
def test_the_readme_says_how_to_load_each_format(cohort_registry, tmp_path, name):
    folder = files(tmp_path, format=name, level="full")
    text = (folder / "README.txt").read_text(encoding="utf-8")
    said = text.partition("How to load it\n")[2].partition("\nWhat this level does\n")[0]
    about_the_data = {file.name for file in folder.iterdir()} & {"load.R", "load.sas", "analysis.R", "labels.csv"}
    assert said and all(file in said for file in about_the_data)
    assert ("_missing says why" in said) == (name not in ("analysis", "codebook"))
