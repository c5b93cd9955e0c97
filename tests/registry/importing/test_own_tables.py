"""A table of a centre's own making: unknown columns stop it until they are matched, once."""

import pytest

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.importing import batches
from registry.models import ColumnMapping, ImportBatch, InoCycle, Patient

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WIDE = (
    "Code;Sex;Age;C1 day 1;C1 dose;C2 day 1;C2 dose;Remark\n"
    "03-001;male;51;02/05/2019;0,8;30/05/2019;0,5;from the ward\n"
)
TARGETS = {
    "Code": "//patient_id",
    "Sex": "patient//sex",
    "Age": "patient//age_rr",
    "C1 day 1": "ino_cycle/1/d1_date",
    "C1 dose": "ino_cycle/1/d1_dose",
    "C2 day 1": "ino_cycle/2/d1_date",
    "C2 dose": "ino_cycle/2/d1_dose",
    "Remark": "",
}


@pytest.fixture
def wide(by):
    with scope(claims_of(by)):
        return batches.bring_in(
            WIDE.encode(),
            name="our patients.csv",
            centre=by.centre,
            by=by,
            date_order="dmy",
            decimal_sign=",",
            as_drafts=True,
        )[0]


def matched(batch, by):
    with scope(claims_of(by)):
        batches.match_columns(batch, {("", heading): target for heading, target in TARGETS.items()}, by=by)


def test_unknown_columns_stop_the_file_and_nothing_is_compared(wide, work):
    assert work(wide).state == ImportBatch.State.COLUMNS
    assert [column["heading"] for column in wide.counts["columns"]] == list(TARGETS)
    assert wide.counts["columns"][3]["examples"] == ["02/05/2019"]


def test_the_command_stops_at_an_unknown_column(bring_in):
    (fault,) = bring_in(b"patient_id,sex,shoe size\n03-001,F,38\n", name="patient.csv").faults
    assert fault[2:5] == ("C", "shoe size", "unknown column")


@pytest.mark.parametrize("number", ["9" * 5000, "²", "0", "1.5"])
def test_what_is_no_number_of_a_repeat_is_a_fault_of_its_cell(bring_in, number):
    file = f"patient_id,cycle_no,version\n03-001,{number},{number}\n".encode()
    file += f"03-001,{number},{number}\n".encode()
    faults = bring_in(file, name="ino_cycle.csv").faults
    found = [fault[1:3] for fault in faults if "is not the number of a repeated form" in fault[5]]
    assert found == [("2", "B"), ("3", "B")]
    assert {fault[4] for fault in faults} == {"type", "patient"}


def test_cycles_side_by_side_become_records(wide, by, work):
    work(wide)
    matched(wide, by)
    assert work(wide).state == ImportBatch.State.PREVIEW
    with scope(claims_of(by)):
        batches.request_import(wide, by=by, reason="table of the ward")
    work(wide)
    with scope(system("test", read="all")):
        patient = Patient.objects.get()
        cycles = list(InoCycle.objects.values_list("cycle_no", "d1_date", "d1_dose"))
    assert (patient.number, patient.sex, patient.age_rr) == ("03-001", "M", 51)
    assert [(number, str(day), str(dose)) for number, day, dose in cycles] == [
        (1, "2019-05-02", "0.8"),
        (2, "2019-05-30", "0.5"),
    ]


def test_a_centre_is_asked_once(wide, by, work):
    work(wide)
    matched(wide, by)
    with scope(claims_of(by)):
        assert ColumnMapping.objects.count() == len(TARGETS)
        again = batches.bring_in(
            WIDE.replace("51", "52").encode(), name="our patients.csv", centre=by.centre, by=by, date_order="dmy"
        )[0]
    assert work(again).state == ImportBatch.State.PREVIEW


def test_another_centre_has_mappings_of_its_own(people, wide, by, work):
    work(wide)
    matched(wide, by)
    with scope(claims_of(people.datamanager_07)):
        assert not ColumnMapping.objects.exists()
        assert not ImportBatch.objects.exists()


def test_a_csv_named_after_its_form_needs_no_matching(bring_in):
    content = b"patient_id,sex,age_rr,consent_basis,excluded\n03-001,F,40,written,0\n"
    assert bring_in(content, name="patient.csv").summary == "1 records entered, 0 changed, 0 rows as they were."
