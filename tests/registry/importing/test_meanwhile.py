"""What others save while a workbook is filled in, or while its preview is looked at, is never overwritten."""

from decimal import Decimal

import pytest

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.importing import batches
from registry.actions.importing.carry_out import NotAsSeen
from registry.actions.importing.rows import CellState
from registry.actions.save_record import save_record
from registry.crf.partial_dates import PartialDate
from registry.models import Baseline, Patient
from tests.pages import new_patient, save
from tests.registry.actions.conftest import full_baseline
from tests.registry.importing.conftest import stored_baseline
from tests.registry.importing.sheets import FIRST

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each test writes and reads workbooks
NEW = {"sex": "M", "age_rr": 51, "consent_basis": "waiver"}


def test_a_newer_value_of_the_registry_is_shown_and_never_overwritten(patient, sheets, by, uploaded, work, rows_of):
    file = sheets().put("baseline", FIRST, ecog="2", rr_date="2019-03")
    with scope(claims_of(by)):
        record = Baseline.objects.get(patient=patient)
        record.ecog = "0"
        save_record(record, by=by, expected_version=1, reason="read again in the notes")
    batch = work(uploaded(file))
    cells = rows_of(batch).cells
    ecog = cells["baseline", "03-001", "ecog"]
    assert ecog.state == CellState.CONFLICT
    assert ecog.before == "0"
    assert cells["baseline", "03-001", "rr_date"].state == CellState.CHANGED
    with scope(claims_of(by)):
        batches.request_import(batch, by=by, reason="corrected by the centre")
    work(batch)
    record = stored_baseline(patient)
    assert (record.ecog, record.rr_date) == ("0", PartialDate(2019, 3))


def test_a_reason_given_taken_back_and_given_again_is_newer_than_the_workbook(sheets, by, uploaded, work, rows_of):
    patient = new_patient(by)
    save(Baseline(patient=patient, centre_id=3), by=by)
    file = sheets().put("baseline", FIRST, ldh=300)
    for version, missing in enumerate(({"ldh": "UNK"}, {}, {"ldh": "UNK"}), start=1):
        record = stored_baseline(patient)
        record.missing = missing
        save(record, by=by, expected_version=version)
    assert rows_of(work(uploaded(file))).cells["baseline", "03-001", "ldh"].state == CellState.CONFLICT


def test_a_value_is_not_written_beside_a_newer_unit(sheets, by, uploaded, work, rows_of):
    patient = new_patient(by)
    missing = dict.fromkeys(("plt", "hb", "ldh", "bm_blasts"), "ND")
    save(full_baseline(patient, wbc=Decimal(6), wbc_unit="e9", missing=missing), by=by, complete=True)
    file = sheets().put("baseline", FIRST, wbc=7)
    record = stored_baseline(patient)
    record.wbc_unit = "kul"
    save(record, by=by, expected_version=1, reason="read again in the notes")
    assert rows_of(work(uploaded(file))).cells["baseline", "03-001", "wbc"].state == CellState.CONFLICT


def test_the_command_refuses_a_file_with_a_conflict(patient, sheets, by, bring_in):
    file = sheets().put("baseline", FIRST, ecog="2")
    with scope(claims_of(by)):
        record = Baseline.objects.get(patient=patient)
        record.ecog = "0"
        save_record(record, by=by, expected_version=1, reason="read again in the notes")
    assert [fault[4] for fault in bring_in(file).faults] == ["conflict"]


def test_what_changes_between_preview_and_import_is_not_overwritten(patient, sheets, by, uploaded, work):
    batch = work(uploaded(sheets().put("baseline", FIRST, ecog="2")))
    with scope(claims_of(by)):
        record = Baseline.objects.get(patient=patient)
        record.ecog = "0"
        save_record(record, by=by, expected_version=1, reason="read again in the notes")
        batches.request_import(batch, by=by, reason="corrected by the centre")
    assert batch.counts["conflicts"] == 0
    work(batch)
    assert stored_baseline(patient).ecog == "0"
    assert batch.counts["conflicts"] == 1


def test_a_patient_who_got_the_number_on_the_pages_is_not_taken_for_the_one_of_the_file(sheets, by, uploaded, work):
    batch = work(uploaded(sheets().put("patient", FIRST, patient_id="03-001", **NEW)))
    other = new_patient(by)
    assert other.number == "03-001"
    with scope(claims_of(by)):
        batches.request_import(batch, by=by, reason="corrected by the centre")
    with pytest.raises(NotAsSeen, match="entered on the pages after the file was read"):
        work(batch)
    with scope(system("test", read="all")):
        assert Patient.objects.get().age_rr == other.age_rr


def test_a_form_begun_on_the_pages_since_the_preview_is_not_overwritten(sheets, by, uploaded, work):
    patient = new_patient(by)
    batch = work(uploaded(sheets().put("baseline", FIRST, patient_id="03-001", form_state="in progress", ecog="2")))
    save(full_baseline(patient, ecog="0"), by=by, complete=True)
    with scope(claims_of(by)):
        batches.request_import(batch, by=by, reason="corrected by the centre")
    with pytest.raises(NotAsSeen, match="Read the file again"):
        work(batch)
    assert stored_baseline(patient).ecog == "0"
