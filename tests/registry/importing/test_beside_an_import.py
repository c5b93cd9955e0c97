"""Who works on a patient while an import, or its undoing, holds the patient is refused at once and told by whom."""

from functools import partial

import pytest
from django.db import OperationalError

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions import queries, states
from registry.actions.delete_record import delete_record
from registry.actions.errors import HeldByImport
from registry.actions.exclude_patient import exclude_patient
from registry.actions.importing.batches import bring_in, request_import, request_undo
from registry.actions.rule_queries import check_patient
from registry.actions.save_record import save_record
from registry.models import Baseline, Draft, Eligibility, ImportBatch, Patient, Query
from registry.transfer.importing.at_once import import_at_once
from registry.transfer.importing.job import work_on
from registry.transfer.importing.workbook_out import workbook
from tests.pages import log_in, new_patient, save
from tests.people import make_people
from tests.programs import program_of
from tests.registry.actions.conftest import cycle, full_baseline, while_another_waits
from tests.registry.importing.paused import paused
from tests.registry.importing.sheets import Sheets

pytestmark = pytest.mark.slow  # each test writes and reads a workbook

FIRST, SECOND = 3, 4  # rows of the patients
REASON = "Workbook of the centre"
FILE = "centre-03.xlsx"


@pytest.fixture
def people(committed_registry):
    return make_people()


@pytest.fixture
def held(people):
    """Of two patients of Baltimore the one whom the file changes."""
    by = people.datamanager_03
    held = new_patient(by)
    new_patient(by)
    save(full_baseline(held), by=by, complete=True)
    save(cycle(held), by=by)
    return held


@pytest.fixture
def free(held):
    with scope(system("test", read="all")):
        return Patient.objects.exclude(pk=held.pk).get()


@pytest.fixture
def sheets(people, held):
    with scope(claims_of(people.datamanager_03)):
        return Sheets(workbook(people.baltimore, prefilled=True)).put("baseline", FIRST, ecog="2")


def new_in(sheets):
    return sheets.put("patient", SECOND + 1, patient_id="03-003", sex="M", age_rr=51, consent_basis="waiver")


@pytest.fixture
def import_of(people):
    """The work of a worker: the import of these sheets."""

    def ready(sheets):
        by = people.datamanager_03
        with scope(claims_of(by)):
            batch, _is_new = bring_in(sheets.content, name=FILE, centre=by.centre, by=by)
        work_on(batch.pk)
        ask(request_import, people)
        return partial(work_on, batch.pk)

    return ready


def ask(request, people):
    with scope(claims_of(people.datamanager_03)):
        request(ImportBatch.objects.get(), by=people.datamanager_03, reason=REASON)


def baseline(patient):
    with scope(system("test", read="all")):
        return type(patient.baseline).objects.select_related("patient").get(patient=patient)


def of_everybody(people, patient):
    """Every action on a patient, by who may take it."""
    anna, monitor = people.datamanager_03, people.monitor
    with scope(system("test", read="all")):
        record, begun = baseline(patient), patient.inocycle_set.get()
        asked = Query.objects.get(raised_by=monitor)
    old = {"expected_version": 1, "reason": REASON}
    return {
        "begin a form": lambda: save_record(Eligibility(patient=patient, centre_id=3), by=anna),
        "change a form": lambda: save_record(_with(record, ecog="3"), by=anna, **old),
        "take a form back": lambda: delete_record(begun, by=anna, **old),
        "verify": lambda: states.verify_record(record, by=monitor),
        "sign": lambda: states.sign_record(record, by=people.investigator_03, password="the password"),
        "lock": lambda: states.lock_patient(patient, by=monitor, reason=REASON),
        "unlock": lambda: states.unlock_patient(patient, by=monitor, reason=REASON),
        "exclude": lambda: exclude_patient(patient, reason=REASON, expected_version=1, by=people.coordinator),
        "ask": lambda: queries.raise_query(record=record, message="Which ECOG?", by=monitor),
        "answer": lambda: queries.answer_query(query=asked, answer="corrected", text="", by=anna),
    }


def _with(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return record


def test_every_action_on_a_held_patient_is_refused_at_once_and_possible_afterwards(people, held, sheets, import_of):
    people.investigator_03.set_password("the password")
    with scope(claims_of(people.monitor)):
        queries.raise_query(record=held, message="Is the age right?", by=people.monitor)
    actions = of_everybody(people, held)
    refused = {}
    with paused(import_of(sheets)):
        for name, act in actions.items():
            with scope(system("test", read="all")), pytest.raises(HeldByImport) as refusal:
                act()
            refused[name] = str(refusal.value)
    assert set(refused.values()) == {
        f"Patients of this centre are being imported from “{FILE}” by datamanager-03. "
        "Nothing was saved. What you typed is kept: try again when that is done."
    }
    record = baseline(held)
    assert (record.ecog, record.version) == ("2", 2)  # as the import has it: nobody wrote between
    save(_with(record, ecog="3"), by=people.datamanager_03, expected_version=2, reason=REASON)
    assert baseline(held).ecog == "3"


def test_others_go_on_beside_an_import(people, held, free, sheets, import_of):
    with paused(import_of(sheets)):
        save(full_baseline(free), by=people.datamanager_03, complete=True)
        assert str(new_patient(people.datamanager_03)) == "03-003"  # the file brings in no patient


def test_two_who_save_one_patient_wait_for_each_other_beside_the_import_of_others(people, free, sheets, import_of):
    def begin(form, by):
        return lambda: save(form(patient=free, centre_id=3), by=by)

    with paused(import_of(sheets)):
        while_another_waits(begin(Eligibility, people.datamanager_03), begin(Baseline, people.investigator_03))
    with scope(system("test", read="all")):
        assert Baseline.objects.filter(patient=free).exists()


def test_no_patient_is_numbered_while_an_import_numbers_patients(people, sheets, import_of):
    with paused(import_of(new_in(sheets))), pytest.raises(HeldByImport):
        new_patient(people.datamanager_03)
    assert str(new_patient(people.datamanager_03)) == "03-004"


def test_the_page_shows_what_was_typed_and_who_imports(people, held, sheets, import_of):
    client, typed = log_in(people.datamanager_03), {"ecog": "4", "version": "1", "reason": REASON, "step": "draft"}
    with paused(import_of(sheets)):
        refused = client.post(f"/patients/{held.public_id}/baseline/", typed)
        kept = client.post(f"/patients/{held.public_id}/baseline/keep/", typed)
    page = refused.content.decode()
    assert (refused.status_code, kept.status_code) == (422, 200)
    assert f"being imported from “{FILE}” by datamanager-03" in page
    assert refused.context["form"]["ecog"].value() == "4"
    assert refused.context["reason"] == REASON
    with scope(claims_of(people.datamanager_03)):
        assert Draft.objects.get().content["ecog"] == ["4"]


def test_a_program_is_told_to_come_back(people, held, sheets, import_of):
    program, key = program_of(people.datamanager_03), "same-request"
    form = {"patient": str(held.public_id), "values": {}}
    with paused(import_of(sheets)):
        refused = program.post("forms/eligibility/", form, Idempotency_Key=key)
    assert (refused.status_code, refused["Retry-After"]) == (409, "30")
    assert refused.json()["detail"] == (
        f"Patients of this centre are being imported from “{FILE}” by datamanager-03. "
        "Nothing was saved: send the request again when that is done."
    )
    assert program.post("forms/eligibility/", form, Idempotency_Key=key).status_code == 201


def test_beside_an_undo_everybody_is_refused_as_well(people, held, sheets, import_of):
    work = import_of(new_in(sheets))
    work()
    ask(request_undo, people)
    with scope(system("test", read="all")):
        going = Patient.objects.get(number="03-003")
    typed = {"sex": "F", "version": "1"}
    with paused(work):
        with scope(claims_of(people.datamanager_03)), pytest.raises(HeldByImport, match="is being undone by"):
            save_record(Eligibility(patient=held, centre_id=3), by=people.datamanager_03)
        kept = log_in(people.datamanager_03).post(f"/patients/{going.public_id}/patient/keep/", typed)
    assert (kept.status_code, kept["Retry-After"]) == (503, "30")


def test_the_import_of_the_command_is_known_before_it_ends(people, held, sheets):
    by = people.datamanager_03
    work = partial(import_at_once, sheets.content, name=FILE, centre=by.centre, by=by, reason=REASON)
    with paused(work), pytest.raises(HeldByImport, match="imported by the administrator"):
        save(Eligibility(patient=held, centre_id=3), by=by)


def test_the_nightly_checks_wait_for_the_import(held, sheets, import_of):
    with paused(import_of(sheets)), pytest.raises(OperationalError, match="lock timeout"):
        check_patient(held)
    check_patient(held)


def test_an_import_waits_for_another_of_the_centre(people, held, free, sheets, import_of):
    by = people.datamanager_03
    other = Sheets(sheets.content).put("baseline", FIRST, ecog="3")
    with paused(import_of(sheets)), pytest.raises(OperationalError, match="lock timeout"):
        import_at_once(other.content, name="other.xlsx", centre=by.centre, by=by, reason=REASON)
