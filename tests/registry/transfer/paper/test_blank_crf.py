"""The empty case report form: whatever a patient's forms ask, with room for the answer."""

import pytest
from django.utils.translation import override

from registry.crf import codebook
from registry.crf.fields import crf_fields
from registry.models import PATIENT_FORMS, Centre, Patient
from registry.transfer.paper.blank_crf import blank_crf
from tests.registry.transfer.paper.conftest import AT

pytestmark = [pytest.mark.slow, pytest.mark.needs_pdftotext]


@pytest.fixture(scope="module")
def blank():
    return blank_crf(at=AT)


@pytest.fixture
def sheets(blank, pages):
    return pages(blank)


def sheets_of(sheets, title):
    """The pages that carry this form's name under that of the registry."""
    return [page for page in sheets if any(line.strip() == title for line in page.splitlines()[:4])]


@pytest.mark.parametrize("model", (Patient, *PATIENT_FORMS), ids=lambda model: model.form)
def test_each_form_has_pages_of_its_own_with_all_its_items(sheets, model):
    own = "\n".join(sheets_of(sheets, str(model._meta.verbose_name)))
    assert [field.crf.number for field in crf_fields(model) if field.crf.number not in own] == []


def test_the_form_of_the_centre_is_not_among_those_of_a_patient(sheets):
    first = crf_fields(Centre)[0].crf.number
    assert not any(first in page for page in sheets)


def test_every_page_has_room_for_number_and_centre_and_says_which_dictionary(sheets):
    for number, page in enumerate(sheets, start=1):
        assert "Patient number" in page and "Centre" in page
        assert f"dictionary version {codebook.version()}" in page
        assert f"Page {number} / {len(sheets)}" in page


def test_every_code_of_a_list_has_its_words_beside_a_box(sheets):
    text = " ".join(" ".join(sheets_of(sheets, "Prior treatment")).split())
    for label in ("intensive chemotherapy", "blinatumomab", "CAR T cells", "imatinib", "asciminib"):
        assert label in text
    assert "tick all that apply" in text


def test_conditions_stand_in_words_and_units_and_limits_beside_the_answer(sheets):
    (page,) = sheets_of(sheets, "INO cycle")
    text = " ".join(page.split())
    assert "if “Day 8: dose given” is yes" in text
    assert "usual 0.45 to 0.9, possible 0.1 to 2.0" in text
    assert "mg/m²" in text


def test_a_unit_that_is_chosen_stands_beside_its_value(sheets):
    (page,) = sheets_of(sheets, "Baseline")
    assert {"BAS-04,", "BAS-05"} <= set(page.split())
    assert "cells/uL" in page and "Unit of WBC" not in page


def test_reasons_stand_only_where_a_value_may_be_missing(sheets):
    (cycle,) = sheets_of(sheets, "INO cycle")
    missing = [field for field in crf_fields(PATIENT_FORMS[5]) if field.crf.may_be_missing]
    assert cycle.split().count("PEND") == len(missing)


def test_a_short_form_that_repeats_stands_on_its_page_several_times(sheets):
    (page,) = sheets_of(sheets, "Relapse")
    assert page.count("REL-01") > 1


def test_who_asks_in_italian_prints_in_italian(pages):
    with override("it"):
        sheets = pages(blank_crf(at=AT))
    text = " ".join(" ".join(sheets_of(sheets, "Ciclo di INO")).split())
    for words in (
        "Giorno 1: data della dose",
        "Motivo se manca",
        "se “Giorno 8: dose ricevuta” è sì",
        "abituale da 0,45 a 0,9",
        f"versione del dizionario {codebook.version()}",
    ):
        assert words in text
    assert "date of dose" not in text
