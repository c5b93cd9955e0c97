"""The life of an export: queued, made once, reconciled, logged, downloaded, deleted after its time."""

import datetime as dt
import hashlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions import export_files, exports, leases
from registry.actions.exports import Wish, begin_export, levels_of, request_export
from registry.models import Export, ExportEvent, ExportFile, Patient, User
from registry.transfer.exports import job, tables
from registry.transfer.exports import manifest as manifest_of
from tests.registry.transfer.exports.making import everything, export, files, manifest

pytestmark = pytest.mark.slow
FULL_CSV = Wish("csv", "full")


def user(name):
    with everything():
        return User.objects.get(username=name)


def now_is(user, *, role, centre):
    """The person in another role or at another centre."""
    with scope(system("install", read="all")):
        User.objects.filter(pk=user.pk).update(role=role, centre=centre)
        return User.objects.get(pk=user.pk)


def stored(made):
    with everything():
        return Export.objects.get(pk=made.pk)


@pytest.fixture(autouse=True)
def nobody_is_woken(monkeypatch):
    monkeypatch.setattr(exports, "wake_worker", lambda key: None)


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("datamanager-03", ["full", "limited", "deidentified", "aggregate"]),
        ("investigator-03", ["full", "limited", "deidentified", "aggregate"]),
        ("monitor", ["full", "limited", "deidentified", "aggregate"]),
        ("coordinator", ["full", "limited", "deidentified", "aggregate"]),
        ("statistician", ["deidentified", "aggregate"]),
        ("administrator", []),
    ],
)
def test_each_role_exports_at_its_levels_and_no_other(cohort_registry, name, levels):
    by = user(name)
    assert levels_of(by) == levels
    for level in Export.Level.values:
        if level in levels:
            assert begin_export(Wish("csv", level), by=by).level == level
        else:
            with pytest.raises(PermissionDenied):
                begin_export(Wish("csv", level), by=by)


def test_a_centre_exports_its_own_rows_only(cohort_registry, tmp_path):
    about = manifest(files(tmp_path, format="csv", by="datamanager-03"))
    assert {centre for rows in about["rows"].values() for centre in rows} == {"03"}
    assert about["rows"]["patient"] == {"03": 8}
    with pytest.raises(PermissionDenied):
        begin_export(Wish("csv", "full", centres=[3, 7]), by=user("datamanager-03"))


def test_a_statistician_gets_all_patients_and_chooses_no_centre(cohort_registry, tmp_path):
    assert export(Wish("csv", "deidentified"), by="statistician").manifest["rows"]["patient"] != {}
    with pytest.raises(PermissionDenied):
        begin_export(Wish("csv", "deidentified", centres=[3]), by=user("statistician"))


def test_counts_are_made_as_csv_or_workbook(cohort_registry):
    for name in ("spss", "odm", "analysis"):
        with pytest.raises(ValidationError):
            begin_export(Wish(name, "aggregate"), by=user("coordinator"))


def test_an_export_is_made_once_by_who_claims_it(cohort_registry):
    made = request_export(FULL_CSV, by=user("coordinator"))
    job.carry_out(made.pk)
    assert stored(made).state == "done"
    first = stored(made).finished_at
    job.carry_out(made.pk)
    assert (stored(made).finished_at, stored(made).attempt) == (first, 1)


def test_a_worker_that_lost_its_lease_hands_out_nothing(cohort_registry, monkeypatch):
    made = request_export(FULL_CSV, by=user("coordinator"))

    def taken_over(choice):
        with everything():
            Export.objects.filter(pk=made.pk).update(attempt=2)
        return real(choice)

    real = tables.count
    monkeypatch.setattr(job, "count", taken_over)
    with scope(exports.every_export()):
        assert leases.claim(Export.objects, made.pk)
    with everything():
        held = Export.objects.select_related("requested_by").get(pk=made.pk)
    monkeypatch.setattr(job, "_one_moment", transaction.atomic)  # one that also writes
    job.make(held)
    assert (stored(made).state, stored(made).attempt) == ("running", 2)
    with everything():
        assert not ExportFile.objects.filter(export=made).exists()


def test_a_worker_keeps_its_lease_through_a_step_that_takes_longer(cohort_registry, monkeypatch, settings):
    settings.RUN_LEASE_SECONDS = 0.4

    def slow(content, folder):
        time.sleep(1)
        with ThreadPoolExecutor(1) as another:
            woken.append(another.submit(reap).result())

    def reap():
        try:
            return exports.reap(now=timezone.now())
        finally:
            connection.close()

    woken = []
    monkeypatch.setattr(job, "writer_of", lambda made: slow)
    monkeypatch.setattr(manifest_of, "reconcile", lambda read, counted: None)
    assert export(FULL_CSV).state == "done"
    assert woken == [[]]


def test_what_a_dead_worker_left_is_woken_again_and_given_up_after_three_attempts(cohort_registry):
    made = request_export(FULL_CSV, by=user("coordinator"))
    now = timezone.now()
    assert exports.reap(now=now) == [made.pk]
    for attempt in (1, 2, 3):
        with scope(exports.every_export()):
            assert leases.claim(Export.objects, made.pk)
            Export.objects.filter(pk=made.pk).update(lease_until=now - dt.timedelta(seconds=1))
        assert exports.reap(now=now) == ([made.pk] if attempt < 3 else [])
    assert stored(made).state == "failed" and "3 attempts" in stored(made).problem


def test_a_row_that_is_not_exported_fails_the_job_and_says_where(cohort_registry, monkeypatch):
    real = tables._in_order

    def without_the_last(model, query, disguise):
        found = list(real(model, query, disguise))
        return iter(found[:-1] if model.form == "death" else found)

    monkeypatch.setattr(tables, "_in_order", without_the_last)
    made = export(FULL_CSV)
    assert made.state == "failed"
    assert made.problem.startswith("death, centre 11: 1 rows were exported, the database has 2.")
    assert not hasattr(made, "file")


def test_a_failure_says_nothing_of_the_data_that_its_exception_names(cohort_registry, monkeypatch):
    monkeypatch.setattr(job, "writer_of", lambda made: {}["03-001"])
    made = request_export(Wish("csv", "deidentified"), by=user("statistician"))
    job.carry_out(made.pk)
    assert (stored(made).state, "KeyError" in stored(made).problem) == ("queued", True)
    assert "03-001" not in stored(made).problem


def test_the_manifest_has_the_counts_of_the_database_and_the_hashes_of_the_files(cohort_registry, tmp_path):
    folder = files(tmp_path, format="csv")
    about = manifest(folder)
    with everything():
        for centre in range(1, 12):
            assert about["rows"]["patient"][f"{centre:02d}"] == Patient.objects.filter(centre=centre).count()
    for file in about["files"]:
        content = (folder / file["name"]).read_bytes()
        assert (file["size"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert about["dictionary_version"] and about["code_version"]
    assert {file["cells"].partition(":")[0] for file in about["files"]} == {
        "safe for spreadsheets",
        "not for a spreadsheet",
    }
    assert "Rows, equal in these files and in the database" in (folder / "README.txt").read_text()


def test_making_downloading_and_deleting_are_logged(cohort_registry):
    made = export(FULL_CSV)
    content = export_files.hand_over(made, by=user("monitor"))
    assert hashlib.sha256(content).hexdigest() == made.sha256
    assert export_files.delete_expired(now=timezone.now()) == 0
    assert export_files.delete_expired(now=made.expires_at) == 1
    with everything():
        events = list(ExportEvent.objects.filter(export=made))
        assert [(event.kind, event.by and event.by.username) for event in events] == [
            ("made", "coordinator"),
            ("downloaded", "monitor"),
            ("deleted", None),
        ]
        assert {(event.rows, event.sha256) for event in events} == {(made.rows, made.sha256)}
        assert events[0].chosen["level"] == "full"
        assert not ExportFile.objects.filter(export=made).exists()
        Export.objects.filter(pk=made.pk).update(expires_at=timezone.now())
    with pytest.raises(export_files.FileGone):
        export_files.hand_over(stored(made), by=user("monitor"))


def test_who_may_not_export_at_the_level_gets_no_file(cohort_registry):
    made = export(FULL_CSV)
    with pytest.raises(PermissionDenied):
        export_files.hand_over(made, by=user("statistician"))


def test_the_database_shows_an_export_to_its_centre_its_owner_and_who_reads_all(cohort_registry):
    of_centre, of_all = export(FULL_CSV, by="datamanager-03"), export(FULL_CSV)
    expected = {
        "datamanager-03": {of_centre.pk},
        "investigator-03": {of_centre.pk},
        "datamanager-07": set(),
        "statistician": set(),
        "monitor": {of_centre.pk, of_all.pk},
    }
    for name, keys in expected.items():
        by = user(name)
        with scope(claims_of(by)):
            assert set(Export.objects.values_list("pk", flat=True)) == keys, name
            assert set(ExportFile.objects.values_list("export", flat=True)) == keys
            assert set(ExportEvent.objects.values_list("export", flat=True)) == keys
            assert set(export_files.exports_visible_to(by).values_list("pk", flat=True)) == keys


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"role": "data_manager", "centre": 3}, {"role": "data_manager", "centre": 7}),
        ({"role": "monitor", "centre": None}, {"role": "data_manager", "centre": 3}),
        ({"role": "data_manager", "centre": 3}, {"role": "statistician", "centre": None}),
    ],
)
def test_whoever_changes_centre_or_role_leaves_the_exports_behind(cohort_registry, before, after):
    by = now_is(user("datamanager-03"), **before)
    made = export(Wish("csv", "deidentified"), by=by.username)
    by = now_is(by, **after)
    with scope(claims_of(by)):
        assert not Export.objects.filter(pk=made.pk).exists()
        assert not ExportFile.objects.exists()
        assert not export_files.exports_visible_to(by).exists()
    with everything():
        assert not export_files.exports_visible_to(by).exists()  # also by the query alone


def test_expired_files_are_deleted_without_being_read(cohort_registry):
    made = export(FULL_CSV)
    with CaptureQueriesContext(connection) as queries:
        export_files.delete_expired(now=made.expires_at)
    assert not [query["sql"] for query in queries if '"content"' in query["sql"]]


def test_the_command_writes_the_files_and_says_how_many_rows(cohort_registry, tmp_path):
    out = StringIO()
    options = {"format": "csv", "out": tmp_path / "new", "forms": "patient,hct", "centres": "3"}
    call_command("export", "--as", "coordinator", *(f"--{name}={value}" for name, value in options.items()), stdout=out)
    assert json.loads((tmp_path / "new" / "manifest.json").read_text())["rows"]["hct"] == {"03": 8}
    assert ": 16 rows, export " in out.getvalue()
    with everything():
        assert [event.kind for event in ExportEvent.objects.all()] == ["made", "downloaded"]


def test_the_command_refuses_what_the_page_refuses(cohort_registry, tmp_path):
    for name, level in (("administrator", "deidentified"), ("statistician", "full")):
        with pytest.raises(CommandError, match="Your role does not include"):
            call_command("export", "--as", name, "--format=csv", f"--level={level}", f"--out={tmp_path}")
    with pytest.raises(CommandError, match=r"There is no centre 98\."):
        call_command("export", "--as", "coordinator", "--format=csv", "--centres=3,98", f"--out={tmp_path}")
    with pytest.raises(CommandError, match="There is no form named"):
        call_command("export", "--as", "coordinator", "--format=csv", "--forms=biopsy", f"--out={tmp_path}")
