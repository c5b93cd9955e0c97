"""What becomes of a workbook: changed, kept, cleared, refused, left alone, undone."""

import pytest
from django.core.exceptions import PermissionDenied

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.errors import RegistryFrozen
from registry.actions.importing import batches
from registry.actions.importing.rows import CellState
from registry.actions.states import freeze_registry
from registry.audit.acting import acting_as
from registry.models import AuditEntry, Baseline, CrfForm, ImportBatch, InoCycle, Patient, Query
from tests.pages import new_patient
from tests.registry.importing.conftest import stored_baseline
from tests.registry.importing.sheets import FIRST

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each test writes and reads workbooks


def test_the_workbook_as_it_came_changes_nothing(patient, sheets, bring_in):
    done = bring_in(sheets())
    assert done.faults == []
    assert done.summary == "0 records entered, 0 changed, 2 rows as they were."
    assert stored_baseline(patient).version == 1


def test_a_changed_cell_is_saved_with_reason_channel_and_batch(patient, sheets, bring_in):
    done = bring_in(sheets().put("baseline", FIRST, ecog="2: 2"))
    assert done.faults == []
    record = stored_baseline(patient)
    assert (record.ecog, record.version, record.state) == ("2", 2, CrfForm.State.COMPLETE)
    with scope(system("test", read="all")):
        entry = AuditEntry.objects.filter(table="registry_baseline", operation="U").get()
        batch = ImportBatch.objects.get()
    assert (entry.old["ecog"], entry.new["ecog"]) == ("1", "2")
    assert (entry.reason, entry.channel, entry.batch) == ("Workbook of the centre", "import", str(batch.public_id))


def test_a_new_patient_comes_with_its_forms(patient, sheets, bring_in):
    file = sheets().put("patient", FIRST + 1, patient_id="03-002", sex="M", age_rr=51, consent_basis="waiver")
    file.put("ino_cycle", FIRST, patient_id="03-002", form_state="in progress", cycle_no=1, d1_dose=0.8)
    assert bring_in(file).summary == "2 records entered, 0 changed, 2 rows as they were."
    with scope(system("test", read="all")):
        cycle = InoCycle.objects.get(patient__number="03-002")
    assert (cycle.state, str(cycle.d1_dose), cycle.d1_date) == (CrfForm.State.IN_PROGRESS, "0.8", None)


def test_soft_findings_of_an_import_become_queries(patient, sheets, bring_in):
    bring_in(sheets().put("baseline", FIRST, ecog="3"))
    with scope(system("test", read="all")):
        assert Query.objects.get(check_id="C38").patient_id == patient.pk


def test_a_blank_cell_keeps_and_the_word_clears(patient, sheets, uploaded, work, rows_of):
    file = sheets().put("baseline", FIRST, ecog=None, wbc_missing="CLEAR", wbc="5,9", form_state=None)
    batch = work(uploaded(file, decimal_sign=","))
    cells = rows_of(batch).cells
    assert cells["baseline", "03-001", "ecog"].state == CellState.KEEP
    wbc = cells["baseline", "03-001", "wbc"]
    assert (wbc.state, wbc.value, wbc.before) == (CellState.CHANGED, "5.9", "missing: not done")
    birth = sheets().put("patient", FIRST, birth_year="CLEAR")
    assert rows_of(work(uploaded(birth))).cells["patient", "03-001", "birth_year"].state == CellState.SAME


def test_an_answer_that_is_cleared_but_required_is_a_fault(patient, sheets, bring_in):
    file = sheets().put("baseline", FIRST, ecog="CLEAR")
    (fault,) = bring_in(file).faults
    assert fault[:2] == ("baseline", "3")
    assert fault[2] + fault[1] == file.address("baseline", FIRST, "ecog")
    assert fault[3:5] == ("CLEAR", "required")


def test_the_same_file_again_does_nothing(patient, sheets, bring_in):
    file = sheets().put("baseline", FIRST, ecog="2").content
    bring_in(file)
    again = bring_in(file)
    assert again.summary == "This file was imported already: nothing was done."
    assert stored_baseline(patient).version == 2


def test_a_dry_run_changes_nothing(patient, sheets, bring_in):
    done = bring_in(sheets().put("baseline", FIRST, ecog="2"), dry_run=True)
    assert done.summary == "0 records entered, 1 changed, 1 rows as they were."
    assert stored_baseline(patient).version == 1
    with scope(system("test", read="all")):
        assert not ImportBatch.objects.exists()


def test_a_fault_keeps_everything_out(patient, sheets, bring_in):
    file = sheets().put("baseline", FIRST, ecog="2")
    file.put("patient", FIRST, age_rr="forty")
    assert [fault[4] for fault in bring_in(file).faults] == ["type"]
    assert stored_baseline(patient).ecog == "1"


def test_a_hard_finding_keeps_a_row_from_being_complete_and_not_from_being_a_draft(patient, sheets, bring_in):
    cycle = {"patient_id": "03-001", "cycle_no": 1, "d1_date": "2019-05-02", "d1_dose": 8}
    complete = sheets().put("ino_cycle", FIRST, **cycle)
    assert {"C33", "required"} == {fault[4] for fault in bring_in(complete).faults}
    draft = sheets().put("ino_cycle", FIRST, form_state="in progress", **cycle)
    assert bring_in(draft).faults == []


def test_a_unit_that_cannot_be_read_is_one_fault(patient, sheets, bring_in):
    """Beside the unit of before the value would look impossible."""
    bring_in(sheets().put("baseline", FIRST, hb=85, hb_unit="gl", hb_missing=None))
    assert stored_baseline(patient).hb_unit == "gl"
    file = sheets().put("baseline", FIRST, hb=7.3, hb_unit="g_dl")
    assert [fault[2:5] for fault in bring_in(file).faults] == [
        (file.address("baseline", FIRST, "hb_unit").rstrip("0123456789"), "g_dl", "type")
    ]


def test_a_locked_record_is_refused(people, patient, sheets, bring_in):
    file = sheets().put("baseline", FIRST, ecog="2")
    with acting_as(people.monitor, "end of monitoring", centre=3):
        Baseline.objects.update(state=CrfForm.State.LOCKED)
        Patient.objects.update(state=CrfForm.State.LOCKED)
    (fault,) = bring_in(file).faults
    assert fault[2] + fault[1] == file.address("baseline", FIRST, "ecog")
    assert fault[3:5] == ("2", "locked")
    assert bring_in(sheets()).faults == []


def test_a_second_row_of_the_same_form_is_one_fault_and_checked_with_nothing(patient, sheets, bring_in):
    file = sheets()
    for row, dose in ((FIRST, 0.8), (FIRST + 1, 8)):
        cycle = {"patient_id": "03-001", "cycle_no": 1, "d1_date": "2019-05-02", "d1_dose": dose}
        cycle |= {"d8_given": "no", "d15_given": "no", "incomplete_reason": "hct", "concomitant": "none"}
        file.put("ino_cycle", row, **cycle, resp_assessed="no", mrd_done="no")
    (fault,) = bring_in(file).faults
    assert (fault[1], fault[4]) == ("4", "twice")


def test_of_a_locked_record_nothing_else_is_said(people, patient, sheets, bring_in):
    file = sheets().put("baseline", FIRST, ecog="2", ldh=300, ldh_missing=None, ldh_unit=None)
    with acting_as(people.monitor, "end of monitoring", centre=3):
        Baseline.objects.update(state=CrfForm.State.LOCKED)
    assert {fault[4] for fault in bring_in(file).faults} == {"locked"}


def test_a_frozen_registry_is_refused(people, patient, sheets, bring_in):
    file = sheets().put("baseline", FIRST, ecog="2")
    with scope(claims_of(people.coordinator)):
        freeze_registry(by=people.coordinator, reason="for the analysis")
    with pytest.raises(RegistryFrozen):
        bring_in(file)


def test_only_who_enters_data_of_the_centre_brings_in_files(people, sheets, bring_in):
    content = sheets().content
    for user in (people.monitor, people.coordinator, people.datamanager_07, people.statistician, people.administrator):
        with pytest.raises(PermissionDenied):
            bring_in(content, by=user)


def test_a_patient_of_another_centre_is_not_known(people, sheets, bring_in):
    other = new_patient(people.datamanager_07)
    file = sheets().put("baseline", FIRST, patient_id=str(other), ecog="2")
    faults = bring_in(file).faults
    assert {fault[4] for fault in faults} == {"C01", "patient"}
    assert "is not a patient number of centre 03" in faults[0][5]


def test_the_central_review_is_not_the_centre_s_to_enter(patient, sheets, bring_in):
    file = sheets().put("cytogenetics", FIRST, patient_id="03-001", form_state="in progress", timepoint="dx")
    file.put("cytogenetics", FIRST, class_review="complex")
    assert [fault[4] for fault in bring_in(file).faults] == ["right"]


def test_only_the_chosen_rows_are_imported(patient, sheets, by, uploaded, work):
    file = sheets().put("baseline", FIRST, ecog="2").put("patient", FIRST, age_rr=41)
    batch = work(uploaded(file))
    with scope(claims_of(by)):
        rows = {row.form: row.pk for row in batch.rows.all()}
        batches.choose(batch, shown=rows.values(), chosen=[rows["patient"]], by=by)
        batches.request_import(batch, by=by, reason="corrected by the centre")
    work(batch)
    with scope(system("test", read="all")):
        assert Patient.objects.get().age_rr == 41
    assert stored_baseline(patient).ecog == "1"
