"""An import taken back: previous answers return, and what rested on the answers of the import goes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.importing import batches
from registry.actions.save_record import save_record
from registry.actions.states import verify_record
from registry.crf.partial_dates import PartialDate
from registry.models import AuditEntry, Baseline, CrfForm, Patient, Query, Verification
from tests.pages import new_patient, save
from tests.registry.actions.conftest import full_baseline
from tests.registry.importing.conftest import stored_baseline
from tests.registry.importing.sheets import FIRST

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each test writes and reads workbooks
OTHERS = dict.fromkeys(("plt", "hb", "ldh", "bm_blasts"), "ND")


@pytest.fixture
def undo(by, work):
    def carry_out(batch):
        with scope(claims_of(by)):
            batches.request_undo(batch, by=by, reason="wrong file")
        work(batch)

    return carry_out


def test_an_undone_import_gives_the_previous_values_back_with_a_reason(patient, sheets, by, imported, undo):
    file = sheets().put("baseline", FIRST, ecog="2", wbc_missing=None, wbc=6, wbc_unit="e9")
    file.put("patient", FIRST + 1, patient_id="03-002", sex="M", age_rr=51, consent_basis="waiver")
    batch = imported(file)
    assert stored_baseline(patient).ecog == "2"
    undo(batch)
    record = stored_baseline(patient)
    assert (record.ecog, record.wbc, record.missing["wbc"]) == ("1", None, "ND")
    with scope(system("test", read="all")):
        assert list(Patient.objects.values_list("number", flat=True)) == ["03-001"]
        last = AuditEntry.objects.filter(table="registry_baseline").newest_first().first()
    assert (last.reason, last.channel, last.batch) == ("wrong file", "import", str(batch.public_id))
    assert batch.left_alone == []


def test_what_was_changed_since_the_import_is_named_and_not_undone(patient, sheets, by, imported, undo):
    batch = imported(sheets().put("baseline", FIRST, ecog="2", rr_date="2019-03"))
    with scope(claims_of(by)):
        record = Baseline.objects.get(patient=patient)
        record.ecog = "0"
        save_record(record, by=by, expected_version=2, reason="read again in the notes")
    undo(batch)
    record = stored_baseline(patient)
    assert (record.ecog, record.rr_date) == ("0", PartialDate(2019, 4))
    assert batch.left_alone == ["03-001, Baseline: ECOG performance status: changed since"]


def test_a_later_import_that_was_undone_is_no_change(patient, sheets, imported, undo):
    new = sheets().put("patient", FIRST + 1, patient_id="03-002", sex="M", age_rr=51, consent_basis="waiver")
    first = imported(new)
    undo(imported(sheets().put("patient", FIRST + 1, age_rr=52)))
    undo(first)
    assert first.left_alone == []
    with scope(system("test", read="all")):
        assert list(Patient.objects.values_list("number", flat=True)) == ["03-001"]


def test_a_patient_whom_the_coordinating_centre_asks_about_stays(people, patient, sheets, imported, undo):
    """Its centre does not see that query, and the undo goes on beyond it."""
    file = sheets()
    for row, number in enumerate(("03-002", "03-003"), start=FIRST + 1):
        file.put("patient", row, patient_id=number, sex="M", age_rr=51, consent_basis="waiver")
    batch = imported(file)
    with scope(replace(system("scheduler", read="all"), write=(7,))):
        other = Patient.objects.create(centre_id=7, number="07-001")
        named = Patient.objects.get(number="03-002")
        Query.objects.create(patient=other, centre_id=7, check_id="C06", other_patient=named, is_across_centres=True)
    undo(batch)
    assert batch.left_alone == ["03-002, patient: the coordinating centre has a query about it"]
    with scope(system("test", read="all")):
        assert not Patient.objects.filter(number="03-003").exists()


def test_an_undone_file_can_be_brought_in_again(patient, sheets, by, imported, undo):
    file = sheets().put("baseline", FIRST, ecog="2")
    undo(imported(file))
    imported(file)
    assert stored_baseline(patient).ecog == "2"


def test_a_draft_that_an_import_completed_is_a_draft_again_whatever_was_changed_since(sheets, by, imported, undo):
    patient = new_patient(by)
    save(Baseline(patient=patient, centre_id=3), by=by)
    answers = {"rr_date": "2019-04", "lab_date": "2019-05-01", "ecog": "1", "emd": "0", "cns_rr": "0"}
    reasons = dict.fromkeys(("wbc_missing", "plt_missing", "hb_missing", "ldh_missing", "bm_blasts_missing"), "ND")
    batch = imported(sheets().put("baseline", FIRST, form_state="complete", **answers, **reasons))
    with scope(claims_of(by)):
        record = Baseline.objects.get(patient=patient)
        assert record.state == CrfForm.State.COMPLETE
        record.ecog = "0"
        save_record(record, by=by, expected_version=record.version, reason="read again in the notes")
    undo(batch)
    record = stored_baseline(patient)
    assert (record.state, record.ecog, record.lab_date) == (CrfForm.State.IN_PROGRESS, "0", None)


def test_an_item_that_is_missing_for_its_old_reason_again_is_not_verified(people, patient, sheets, imported, undo):
    batch = imported(sheets().put("baseline", FIRST, wbc_missing="UNK"))
    with scope(claims_of(people.monitor)):
        verify_record(stored_baseline(patient), by=people.monitor, fields=["wbc"])
    undo(batch)
    assert stored_baseline(patient).missing["wbc"] == "ND"
    with scope(claims_of(people.monitor)):
        assert not Verification.objects.exists()


NOT_DONE = {"missing": OTHERS | {"wbc": "ND"}}
SIX = {"wbc": Decimal(6), "wbc_unit": "e9", "missing": OTHERS}


@pytest.mark.parametrize(
    ("before", "answers", "since"),
    [
        (NOT_DONE, {"wbc": 8, "wbc_unit": "e9", "wbc_missing": "CLEAR"}, SIX),
        (SIX, {"wbc": "CLEAR", "wbc_missing": "ND"}, {"wbc": None, "missing": OTHERS | {"wbc": "UNK"}}),
        (SIX, {"wbc": 7, "wbc_unit": "kul"}, {"wbc": Decimal(7), "wbc_unit": "e9"}),
    ],
)
def test_a_value_its_reason_and_its_unit_are_left_alone_together(by, sheets, imported, undo, before, answers, since):
    patient = new_patient(by)
    save(full_baseline(patient, **before), by=by, complete=True)
    batch = imported(sheets().put("baseline", FIRST, **answers))
    record = stored_baseline(patient)
    for name, value in since.items():
        setattr(record, name, value)
    save(record, by=by, expected_version=2, reason="read again in the notes")
    undo(batch)
    assert {name: getattr(stored_baseline(patient), name) for name in since} == since
    assert len(batch.left_alone) == 1
