"""The case report form of one patient: all records in words, with what is true of each."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import override

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.states import sign_record, verify_record
from registry.models import Baseline, FollowUp, InoCycle, SosVod
from registry.transfer.paper.filled_crf import filled_crf
from tests.pages import new_patient, save

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.needs_pdftotext]


@pytest.fixture
def patient(people):
    return new_patient(people.datamanager_03)


@pytest.fixture
def printed(patient, people, at, pages):
    """What a reader finds on paper, with single spaces."""

    def read():
        with scope(claims_of(people.monitor)):
            found = pages(filled_crf(patient, by=people.monitor, at=at))
        return [" ".join(page.split()) for page in found]

    return read


def save_baseline(patient, by, **answers):
    return save(Baseline(patient=patient, centre_id=3, **answers), by=by)


def test_values_stand_in_words_with_their_units(patient, people, printed):
    save_baseline(
        patient,
        people.datamanager_03,
        hb=Decimal("90"),
        hb_unit="gl",
        ecog="1",
        emd="1",
        emd_sites=["node", "skin"],
        missing={"ldh": "ND"},
    )
    text = " ".join(printed())
    assert "BAS-08, Hemoglobin 90 g/L" in text
    assert "ECOG performance status 1" in text
    assert "lymph node/mediastinum, skin" in text
    assert "Lactate dehydrogenase missing: not done" in text


def test_who_asks_in_italian_reads_labels_codes_reasons_and_states_in_italian(patient, people, printed):
    answers = {"hb": Decimal("9.5"), "hb_unit": "gdl", "emd": "1", "emd_sites": ["skin"], "missing": {"ldh": "ND"}}
    save_baseline(patient, people.datamanager_03, **answers)
    with override("it"):
        text = " ".join(printed())
    for words in (
        "BAS-08, Emoglobina 9,5 g/dL",
        "Sedi della malattia extramidollare cute",
        "Lattato deidrogenasi mancante: non eseguito",
        "Valutazione basale in bozza",
    ):
        assert words in text


def test_an_empty_item_is_not_answered_only_where_it_is_asked_for(patient, people, printed):
    save(SosVod(patient=patient, centre_id=3, occurred=False), by=people.datamanager_03)
    text = " ".join(printed())
    assert "SOS-01 SOS/VOD after the index HCT no" in text
    assert "SOS-02 First sign or symptom –" in text
    save_baseline(patient, people.datamanager_03, lab_date=dt.date(2020, 1, 1))
    assert "BAS-03 ECOG performance status not answered" in " ".join(printed())


def test_all_repeats_stand_in_their_order_and_missing_forms_are_named(patient, people, printed):
    for number in (2, 1):
        save(InoCycle(patient=patient, centre_id=3, cycle_no=number), by=people.datamanager_03)
    first, *_ = printed()
    assert first.index("INO cycle 1") < first.index("INO cycle 2")
    assert "Forms not started Eligibility, Diagnosis, Cytogenetics, Baseline," in first


def test_state_and_version_are_those_of_the_record(patient, people, printed):
    record = save(InoCycle(patient=patient, centre_id=3, cycle_no=1), by=people.datamanager_03)
    record.d8_given = False
    save(record, by=people.datamanager_03, expected_version=1)
    first = printed()[0]
    assert "Patient complete 1" in first
    assert "INO cycle 1 in progress 2" in first


def test_who_verified_and_who_signed_stand_beside_the_record(patient, people, printed):
    with scope(claims_of(people.monitor)):
        verify_record(patient, by=people.monitor, fields=["sex"])
    people.investigator_03.set_password("a password of the test")
    with scope(claims_of(people.investigator_03)):
        sign_record(patient, by=people.investigator_03, password="a password of the test")
    text = printed()[0]
    assert ", monitor, the items marked · signed" in text
    assert ", investigator-03" in text
    assert "PAT-03 Sex female ✓ verified" in text
    assert "52 years ✓ verified" not in text


def test_every_page_names_patient_centre_dictionary_and_who_printed_it_when(patient, people, printed):
    for number in range(1, 4):
        save(FollowUp(patient=patient, centre_id=3, instance_no=number), by=people.datamanager_03)
    found = printed()
    assert len(found) > 1
    for number, page in enumerate(found, start=1):
        assert page.startswith("Patient 03-001 Centre 03 Baltimore")
        assert "Printed on 2026-11-22 21:00 by monitor" in page
        assert f"Page {number} / {len(found)}" in page


def test_the_number_of_queries_does_not_depend_on_the_number_of_records(
    patient, people, at, django_assert_num_queries, django_assert_max_num_queries
):
    with scope(claims_of(people.monitor)), django_assert_max_num_queries(20) as few:
        filled_crf(patient, by=people.monitor, at=at)
    for number in range(1, 5):
        save(InoCycle(patient=patient, centre_id=3, cycle_no=number), by=people.datamanager_03)
    with scope(claims_of(people.monitor)), django_assert_num_queries(len(few)):
        filled_crf(patient, by=people.monitor, at=at)
