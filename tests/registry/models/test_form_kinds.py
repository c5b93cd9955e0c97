"""Forms that patients have or owe: each in its kind, and as many listed as counted."""

import datetime as dt

import pytest

from registry.access.context import scope, system
from registry.audit.acting import acting_as
from registry.models import (
    Baseline,
    Death,
    Eligibility,
    FollowUp,
    Gvhd,
    InoCycle,
    Maintenance,
    Patient,
    Transplant,
    Verification,
)
from registry.models.form_kinds import KINDS, count_facts, count_rows, patients_with, rows_of_kind
from registry.models.form_rows import FormRow

REFERENCE = dt.date(2023, 6, 30)
LONG_AGO, RECENT = dt.date(2020, 1, 1), dt.date(2023, 6, 1)


@pytest.fixture
def make(people):
    """Makes a patient of Baltimore with these records; a form and its values each."""

    def make(*records, **values):
        with acting_as(people.datamanager_03, "made for the test", centre=3):
            number = f"03-{Patient.objects.count() + 1:03d}"
            patient = Patient.objects.create(centre_id=3, number=number, state="complete", **values)
            for model, answers in records:
                model.objects.create(patient=patient, centre_id=3, **answers)
        return patient

    return make


def first_cycle(day, **values):
    return InoCycle, {"cycle_no": 1, "d1_date": day} | values


def forms(kind, form=""):
    with scope(system("test", read="all")):
        rows = rows_of_kind(Patient.objects.all(), REFERENCE, kind=kind, form=form)
        return [(row.form, row.number) for row in (FormRow(*values) for values in rows)]


def numbers():
    """Of each kind: how many are counted."""
    with scope(system("test", read="all")):
        patients = Patient.objects.all()
        counts = [*count_rows(patients, REFERENCE).values(), *count_facts(patients, REFERENCE).values()]
    return {kind: sum(each[kind] for each in counts) for kind in KINDS}


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("answer", [{"ball_confirmed": False}, {"hct_after_ino": False}])
def test_a_screening_failure_owes_nothing_more_and_is_never_overdue(make, answer):
    make((Eligibility, answer), first_cycle(LONG_AGO))
    assert forms("due") == [("eligibility", None), ("ino_cycle", 1)]
    assert forms("overdue") == []


@pytest.mark.parametrize(
    ("cause", "owed"),
    [
        ((Transplant, {}), "conditioning_drug"),
        ((Maintenance, {"given": True}), "maintenance_course"),
        ((FollowUp, {"instance_no": 1, "alive": False}), "death"),
    ],
)
def test_a_form_is_owed_once_another_says_so(make, cause, owed):
    make()
    assert forms("empty", owed) == []
    make(cause)
    assert forms("empty", owed) == [(owed, None)]


def test_every_patient_owes_the_forms_from_eligibility_to_follow_up(make):
    make()
    owed = (
        "eligibility diagnosis cytogenetics baseline prior_treatment ino_cycle hct sos_vod gvhd maintenance follow_up"
    )
    assert [form for form, _ in forms("empty")] == owed.split()
    assert forms("due") == forms("empty")
    assert forms("overdue") == []  # nobody knows since when


def test_a_form_is_overdue_a_hundred_days_after_its_event(make):
    make(first_cycle(dt.date(2023, 3, 22)))
    assert forms("overdue") == []  # day 100
    make(first_cycle(dt.date(2023, 3, 21)))
    late = {form for form, _ in forms("overdue")}
    assert {"baseline", "ino_cycle", "hct", "gvhd"} <= late


def test_what_follows_the_transplant_counts_from_the_transplant(make):
    make(first_cycle(LONG_AGO, state="complete"), (Transplant, {"hct_date": RECENT, "state": "complete"}))
    late = {form for form, _ in forms("overdue")}
    assert "baseline" in late
    assert not late & {"sos_vod", "gvhd", "maintenance"}


def test_a_repeat_that_was_begun_counts_from_its_own_day(make):
    make(first_cycle(LONG_AGO, state="complete"), (InoCycle, {"cycle_no": 2, "d1_date": RECENT}))
    assert forms("in progress", "ino_cycle") == [("ino_cycle", 2)]
    assert forms("overdue", "ino_cycle") == []


def test_forms_that_only_some_patients_have_are_not_owed(make):
    make()
    rows = {form for kind in KINDS for form, _ in forms(kind)}
    assert not rows & {"pre_hct_therapy", "conditioning_drug", "maintenance_course", "relapse", "death"}


class TestTheNextFollowUp:
    VISIT = (
        FollowUp,
        {"instance_no": 1, "visit_date": dt.date(2022, 5, 25), "alive": True, "lost": False, "state": "complete"},
    )

    def test_is_owed_once_the_last_contact_is_old(self, make):
        make(self.VISIT)
        assert forms("overdue") == [("follow_up", None)]
        assert forms("complete", "follow_up") == [("follow_up", 1)]

    def test_is_not_owed_after_a_recent_visit(self, make):
        make((FollowUp, self.VISIT[1] | {"visit_date": RECENT}))
        assert forms("due", "follow_up") == []

    def test_is_owed_but_not_overdue_soon_after_the_transplant(self, make):
        make((Transplant, {"hct_date": RECENT}))
        assert forms("due", "follow_up") == [("follow_up", None)]
        assert forms("overdue", "follow_up") == []

    @pytest.mark.parametrize(
        "end",
        [
            (Death, {"death_date": RECENT}),
            (FollowUp, VISIT[1] | {"instance_no": 2, "visit_date": RECENT, "lost": True}),
        ],
    )
    def test_is_not_owed_by_the_dead_and_the_lost(self, make, end):
        make(self.VISIT, end)
        assert forms("due", "follow_up") == []


@pytest.fixture
def records(make, people):
    """A complete baseline and GVHD form, both verified; the GVHD form was changed afterwards."""
    patient = make((Baseline, {"state": "complete"}), (Gvhd, {"state": "complete"}))
    with acting_as(people.monitor, "source data verification", centre=3):
        for model, fields in ((Baseline, []), (Gvhd, ["agvhd"])):
            record = model.objects.get(patient=patient)
            about = {"patient": patient, "centre_id": 3, "form_name": record.form, "record_id": record.pk}
            Verification.objects.create(**about, by=people.monitor, fields=fields)
    return patient


def test_verified_as_a_whole_or_in_part(records):
    assert (forms("verified"), forms("items verified")) == ([("baseline", None)], [("gvhd", None)])
    assert forms("changed since verification") == []


def test_what_lost_its_verification_is_listed_until_it_is_verified_again(records, people):
    with acting_as(people.datamanager_03, "letter of the clinic", centre=3):
        Verification.objects.filter(form_name="gvhd").delete()
    assert forms("changed since verification") == [("gvhd", None)]
    with acting_as(people.monitor, "source data verification", centre=3):
        record = Gvhd.objects.get(patient=records)
        about = {"patient": records, "centre_id": 3, "form_name": "gvhd", "record_id": record.pk}
        Verification.objects.create(**about, by=people.monitor)
    assert forms("changed since verification") == []


def test_patients_are_found_by_the_kind_of_a_form(make):
    with_draft, without = make((Baseline, {})), make()
    with scope(system("test", read="all")):
        everybody = Patient.objects.all()
        assert set(patients_with(everybody, REFERENCE, kind="in progress", form="baseline")) == {with_draft}
        assert set(patients_with(everybody, REFERENCE, kind="empty", form="baseline")) == {without}
        assert set(patients_with(everybody, REFERENCE, kind="empty")) == {with_draft, without}


def test_as_many_are_listed_as_counted(make, records, people):
    make(first_cycle(LONG_AGO), (InoCycle, {"cycle_no": 2}), (Death, {"death_date": RECENT}), TestTheNextFollowUp.VISIT)
    with acting_as(people.datamanager_03, "letter of the clinic", centre=3):
        Verification.objects.filter(form_name="gvhd").delete()
        Baseline.objects.update(state="locked")
    counted = numbers()
    assert counted == {kind: len(forms(kind)) for kind in KINDS}
    assert [kind for kind in KINDS if not counted[kind]] == ["items verified", "signed"]
