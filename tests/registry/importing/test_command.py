"""`manage.py import_workbook`: one line a fault, all or nothing."""

import pytest
from django.core.management import CommandError, call_command

from registry.access.context import scope, system
from registry.actions.importing.batches import bring_in
from registry.models import ImportBatch, Patient

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def run(people, tmp_path, capsys):
    def call(text, *options, username="datamanager-03"):
        file = tmp_path / "patient.csv"
        file.write_text(text)
        arguments = ["--centre", "3", "--as", username, "--reason", "list of the ward"]
        call_command("import_workbook", str(file), *arguments, *options)
        return capsys.readouterr().out

    return call


def test_it_imports_and_says_what_it_did(run):
    said = run("patient_id,sex,age_rr,consent_basis\n03-001,F,40,written\n")
    assert said == "1 records entered, 0 changed, 0 rows as they were.\n"
    with scope(system("test", read="all")):
        assert Patient.objects.get().number == "03-001"


def test_a_dry_run_leaves_nothing(run):
    run("patient_id,sex,age_rr,consent_basis\n03-001,F,40,written\n", "--dry-run")
    with scope(system("test", read="all")):
        assert not Patient.objects.exists()


def test_it_prints_one_line_a_fault_and_ends_with_an_error(run, capsys):
    with pytest.raises(CommandError, match=r"2 faults; nothing was imported\."):
        run("patient_id,sex,age_rr,consent_basis\n03-001,X,140,written\n")
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert sorted(line[2:5] for line in lines) == [["B", "X", "type"], ["C", "140", "C33"]]


@pytest.mark.parametrize("username", ["monitor", "datamanager-07", "nobody"])
def test_who_may_not_enter_data_of_the_centre_is_refused(run, username):
    with pytest.raises(CommandError):
        run("patient_id,sex\n03-001,F\n", username=username)


def test_a_file_that_waits_for_a_worker_is_left_to_the_worker(run, people):
    batch, _is_new = bring_in(
        b"patient_id\n", name="patient.csv", centre=people.baltimore, by=people.datamanager_03, wake=False
    )
    with pytest.raises(CommandError, match="This import is now: waiting for a worker"):
        run("patient_id\n")
    with scope(system("test", read="all")):
        assert ImportBatch.objects.get(pk=batch.pk).state == ImportBatch.State.QUEUED
