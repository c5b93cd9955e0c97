"""One patient from a printed form to the signature: three people, and no mouse."""

import re
from urllib.parse import urlsplit

import pytest

from registry.models import Patient
from registry.models.patient_records import load_patient_records
from tests.browser import keyboard, paper

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Two INO cycles, fatal SOS/VOD, a transplant before INO and one after it, treatment between INO and HCT, a relapse.
NUMBER = "03-002"
# A patient may have none of these: “Save and next form” does not lead there, the patient page does.
ONLY_WHERE_THERE_IS_ONE = ("pre_hct_therapy", "relapse", "death")
# The same patient is in the reference cohort already; the remission of cycle 1 is dated after day 21; the last visit is
# old, until the death is entered on the next page.
ASKED = {"C06", "C20", "C58"}
REASON = "As it stands on the printed form."


def test_a_patient_is_entered_verified_and_signed_by_keyboard_and_equals_the_paper(open_as, site, in_registry, picture):
    records = paper.printed(NUMBER)
    page = open_as("datamanager-03")
    asked = enter(page, records, picture)
    assert asked == ASKED
    address, number = urlsplit(page.url).path, page.inner_text("h1").split()[-1]
    verify(open_as("monitor"), number, address)
    sign(open_as("investigator-03"), number, address, password=site.passwords["investigator-03"])
    with in_registry():
        patient = Patient.objects.get(number=number)
        stored = list(load_patient_records(patient).everything())
        assert [paper.written(record) for record in stored] == [paper.written(record) for record in records]
        assert {record.state for record in stored} == {"complete"}
        assert patient.verification_set.filter(fields=[]).count() == len(records)
        assert patient.signature_set.count() == len(records)
        assert not patient.queries.open().exists()


def enter(page, records, picture):
    """Type every record; returns the checks that asked for a reason."""
    keyboard.press(page, "New patient")
    page.wait_for_url("**/patients/new/")
    asked = set()
    for record, following in zip(records, [*records[1:], None], strict=True):
        if record.form in ONLY_WHERE_THERE_IS_ONE and is_patient_page(page):
            keyboard.follow(page, f"/{record.form}/{'new/' if record.repeats else ''}")
        assert page.url.endswith(("/patients/new/", f"/{record.form}/", f"/{record.form}/new/"))
        paper.type_record(page, record)
        with page.expect_navigation():
            save(page, record, following)
        asked |= give_reasons(page, picture)
    assert is_patient_page(page)
    return asked


def save(page, record, following):
    if following is None or (following.form in ONLY_WHERE_THERE_IS_ONE and following.form != record.form):
        page.keyboard.press("Control+Enter")
    elif following.form == record.form:
        keyboard.press(page, "Save and add another")
    else:
        keyboard.press(page, "Save and next form")


def give_reasons(page, picture):
    """Where a rule asks, say why the value is right; returns the checks."""
    assert page.locator("#error-summary").count() == 0, page.inner_text("#error-summary")
    questions = page.locator("[form=confirm][name^=because-]").all()
    asked = set(page.locator(".question-of-rule .check-id").all_text_contents())
    for question in questions:
        keyboard.type_into(page, f"[name='{question.get_attribute('name')}']", REASON)
        if asked == {"C58"}:
            picture(page, "story-unusual-value")
    if questions:
        with page.expect_navigation():
            page.keyboard.press("Enter")
    return asked


def verify(page, number, address):
    """Every record in turn: each leads to the next, the last to the patient."""
    open_patient(page, number, address)
    keyboard.follow(page, f"{address}patient/")
    keyboard.press(page, "Verify …")
    page.wait_for_url("**/verify/**")
    while "/verify/" in page.url:
        with page.expect_navigation():
            keyboard.press(page, "Verify the whole record")


def sign(page, number, address, *, password):
    open_patient(page, number, address)
    keyboard.tab_to(page, "a[href^='/sign/']")  # all that is complete and not signed, in one link
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign/**")
    keyboard.type_into(page, "[name=password]", password)
    page.keyboard.press("Enter")
    page.get_by_text("records were signed").wait_for()


def open_patient(page, number, address):
    keyboard.follow(page, "/patients/")
    keyboard.type_into(page, "[name=number]", number)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keyboard.follow(page, address)


def is_patient_page(page):
    return re.search(r"/patients/[0-9a-f-]{36}/$", page.url) is not None
