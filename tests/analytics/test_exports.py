"""The analysis data set as an export: that of the report, at the levels of the registry."""

import csv
import shutil
import subprocess

import pytest

from analytics.cohort.build import build
from analytics.cohort.data_set import read_csv
from tests.analytics import reference_cohort
from tests.registry.transfer.exports.making import files, manifest

pytestmark = pytest.mark.slow


def test_it_is_the_data_set_of_the_reports(cohort_registry, tmp_path):
    folder = files(tmp_path, format="analysis", data_state="complete")
    expected = build(reference_cohort.forms(), cut_off=reference_cohort.CUT_OFF).data_set
    assert (folder / "analysis.csv").read_text() == expected.text
    with (folder / "flow.csv").open(newline="") as stream:
        steps = [row["patients"] for row in csv.DictReader(stream)]
    assert steps[0] == "58" and steps[-1] == str(expected.n)
    assert manifest(folder)["rows"]["patient"]["03"] == 8


def test_de_identified_it_has_the_same_intervals_and_the_pseudonyms_of_the_other_tables(cohort_registry, tmp_path):
    full = read_csv((files(tmp_path / "full", format="analysis") / "analysis.csv").read_text())
    hidden = read_csv(
        (files(tmp_path / "hidden", format="analysis", level="deidentified") / "analysis.csv").read_text()
    )
    assert sorted(full.codes("os_days")) == sorted(hidden.codes("os_days"))
    assert not set(full.codes("patient_id")) & set(hidden.codes("patient_id"))
    tables = files(tmp_path / "tables", format="csv", level="deidentified", forms=["patient"])
    with (tables / "patient.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert set(hidden.codes("patient_id")) <= {row["patient_id"] for row in csv.DictReader(stream)}


def test_a_centre_gets_the_data_set_of_its_own_patients(cohort_registry, tmp_path):
    folder = files(tmp_path, format="analysis", by="datamanager-03")
    assert set(read_csv((folder / "analysis.csv").read_text()).codes("centre_no")) == {"3"}


@pytest.mark.needs_r
def test_the_r_script_loads_it_and_prints_the_median_overall_survival(cohort_registry, tmp_path):
    folder = files(tmp_path, format="analysis")
    done = subprocess.run(
        [shutil.which("Rscript") or "Rscript", "--vanilla", "analysis.R"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "58 patients" in done.stdout and "median overall survival" in done.stdout
