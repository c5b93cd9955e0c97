"""What the checks say, in the language of whoever reads it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import override

from registry.checks import completeness, engine
from registry.checks.catalogue import catalogue
from registry.checks.locking import keeps_from_locking
from registry.checks.records import PatientRecords
from registry.crf.language import english
from registry.models import Baseline, Centre, InoCycle, Patient


def messages(findings):
    with override("it"):
        italian = [finding.message for finding in findings]
    return [(finding.message, text) for finding, text in zip(findings, italian, strict=True)]


def records(*forms):
    patient = Patient(number="03-001", sex="F", age_rr=40, consent_basis="written", state="complete")
    centre = Centre(centre_no=3, date_policy="real")
    return PatientRecords(patient=patient, centre=centre, forms=forms, today=dt.date(2026, 1, 1))


def test_an_unanswered_item_is_named_with_its_italian_label():
    found = messages(completeness.faults(Baseline(ecog="1")))
    assert (
        "Bone marrow blasts is not answered. Enter a value, or say why it is missing.",
        "Blasti midollari: manca la risposta. Inserire un valore, o indicare perché manca.",
    ) in found


@pytest.mark.parametrize(
    ("record", "english_text", "italian"),
    [
        (
            Baseline(hb=Decimal("30.5"), hb_unit="gdl"),
            "30.5 g/dL is not possible. Values from 2 to 25 are accepted.",
            "30,5 g/dL non è possibile. Sono ammessi valori da 2 a 25.",
        ),
        (
            Baseline(hb=Decimal("305"), hb_unit="gl"),
            "305 g/L = 30.5 g/dL is not possible. Check the unit.",
            "305 g/L = 30,5 g/dL non è possibile. Controllare l'unità.",
        ),
        (
            InoCycle(d1_dose=Decimal("9.5")),
            "9.5 mg/m² is not possible. Values from 0.1 to 2.0 are accepted.",
            "9,5 mg/m² non è possibile. Sono ammessi valori da 0,1 a 2,0.",
        ),
    ],
)
def test_an_impossible_value_is_refused_in_italian_with_a_decimal_comma(record, english_text, italian):
    assert messages([*completeness.outside_hard_range(record)]) == [(english_text, italian)]


def test_words_among_the_values_of_a_finding_are_italian_too():
    cycle = InoCycle(cycle_no=1, resp="cr", resp_bm_blasts=Decimal("12.5"))
    found = [finding for finding in engine.run(records(cycle)).findings if finding.check_id == "C59"]
    assert messages(found) == [
        ("complete remission does not fit 12.5% blasts.", "remissione completa non concorda con il 12,5% di blasti.")
    ]


def test_what_keeps_a_patient_from_being_locked_is_said_in_italian():
    found = messages(keeps_from_locking(records(Baseline(missing={"bm_blasts": "PEND"})), open_queries=2))
    assert ("2 open queries", "2 query aperte") in found
    assert ("no answer on the form Allo-HCT", "nessuna risposta nella scheda Trapianto allogenico") in found
    assert ("Baseline is not complete", "Valutazione basale: scheda non completa") in found
    assert ("Baseline: Bone marrow blasts is pending", "Valutazione basale: Blasti midollari in attesa") in found


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.check_id)
def test_every_check_of_the_catalogue_has_an_italian_sentence(entry):
    with override("it"):
        assert str(entry.message) != english(entry.message)
