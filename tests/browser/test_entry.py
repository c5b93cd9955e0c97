"""Entering data in a real browser: by keyboard, with every fault at once."""

import re

import pytest

from tests.browser import keyboard

pytestmark = pytest.mark.browser


def new_patient(page):
    page.goto("/patients/new/")
    page.get_by_label("male", exact=True).check()
    page.get_by_label("Age at relapsed/refractory disease").fill("41")
    page.get_by_label("IRB waiver").check()
    page.get_by_role("button", name="Save and mark complete").click()
    page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    return page.url


def test_a_patient_and_a_form_are_entered_by_keyboard_alone(open_as):
    page = open_as("datamanager-03")
    keyboard.press(page, "New patient")
    page.wait_for_url("**/new/")
    page.wait_for_load_state("networkidle")  # the scripts of the form have begun
    keyboard.choose(page, "sex", "F")
    keyboard.type_into(page, "#id_age_rr", "52")
    keyboard.choose(page, "consent_basis", "written")
    keyboard.press(page, "Save and mark complete")
    page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    page.goto(page.url + "baseline/")
    keyboard.type_into(page, "#id_rr_date", "2021-03")
    keyboard.type_into(page, "#id_lab_date", "2021-03-20")
    keyboard.choose(page, "ecog", "1")
    keyboard.type_into(page, "#id_wbc", "5.9")
    for item in ("plt", "hb", "ldh", "bm_blasts"):
        keyboard.tab_to(page, f"#id_{item}_missing")
        page.keyboard.press("n")  # not done
    keyboard.choose(page, "emd", "1")
    keyboard.tab_to(page, "#id_emd_sites_2")
    page.keyboard.press("Space")
    keyboard.choose(page, "emd_imaging", "ct")
    keyboard.choose(page, "cns_rr", "0")
    keyboard.press(page, "Save and mark complete")
    page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    assert "Baseline is complete." in page.inner_text("main")


def test_all_faults_are_shown_at_once_and_lead_to_their_fields(open_as):
    page = open_as("datamanager-03")
    page.goto(new_patient(page) + "baseline/")
    page.get_by_label("Bone marrow blasts").first.fill("140")
    page.get_by_label("White blood cells").first.fill("six")
    page.get_by_label("Date of relapsed/refractory disease").fill("19-04")
    page.get_by_role("button", name="Save and mark complete").click()
    summary = page.locator("#error-summary")
    summary.wait_for()
    text = summary.inner_text()
    assert "“six” is not a number" in text
    assert "Years have four digits" in text
    assert "140 % is not possible" in text
    assert "ECOG performance status is not answered" in text
    page.wait_for_function("document.activeElement.id === 'error-summary'")  # once the script has come
    assert page.input_value("#id_wbc") == "six"
    summary.get_by_role("link", name=re.compile("140 %")).press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_bm_blasts"


def test_typing_keeps_the_session_alive(open_as):
    page = open_as("datamanager-03")
    page.clock.install()
    page.goto("/patients/new/")
    page.get_by_label("Age at").type("41")
    with page.expect_request("**/patients/new/keep/"):
        page.clock.fast_forward("00:01")


def test_leaving_with_unsaved_input_warns(open_as):
    page = open_as("datamanager-03")
    page.goto(new_patient(page) + "eligibility/")
    page.get_by_label("CD22-positive blasts").first.type("80")
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Back without saving").click()
    page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    assert dialogs == ["beforeunload"]


def test_a_question_that_does_not_apply_is_subdued_until_it_does(open_as):
    page = open_as("datamanager-03")
    page.goto(new_patient(page) + "gvhd/")
    grade = page.locator("#line-agvhd_grade")
    assert "does-not-apply" in grade.get_attribute("class")
    page.locator("[name=agvhd][value='1']").check()
    assert "does-not-apply" not in grade.get_attribute("class")


def test_a_question_whose_condition_is_only_read_stays_as_the_server_says(open_as):
    page = open_as("monitor")
    page.goto("/patients/?number=03-001")
    page.locator("tbody th a").click()
    page.locator("#cytogenetics .entry").first.click()
    page.locator("#line-iscn").wait_for()
    assert "does-not-apply" not in page.locator("#line-iscn").get_attribute("class")


def test_a_missing_reason_and_a_value_replace_each_other(open_as):
    page = open_as("datamanager-03")
    page.goto(new_patient(page) + "baseline/")
    page.fill("#id_wbc", "5.9")
    page.select_option("#id_wbc_missing", "ND")
    assert page.input_value("#id_wbc") == ""
    page.fill("#id_wbc", "6.1")
    page.press("#id_wbc", "Tab")
    assert page.input_value("#id_wbc_missing") == ""


def test_a_long_list_keeps_what_was_chosen_when_it_is_left(open_as):
    page = open_as("datamanager-03")
    page.goto(new_patient(page) + "conditioning_drug/new/")
    drug = page.get_by_label("Drug", exact=True)
    drug.select_option("flu")
    drug.press("Tab")
    assert drug.input_value() == "flu"
    search = page.get_by_label("Search: Drug")
    search.fill("melph")
    search.press("Enter")
    drug.press("Tab")
    assert drug.input_value() == "mel"


def test_a_section_is_there_with_the_first_question_that_applies(open_as):
    page = open_as("datamanager-03")
    page.goto(new_patient(page) + "sos_vod/")
    heading, entry = page.get_by_role("heading", name="Grade"), page.locator(".section-index").get_by_text("Grade")
    assert (heading.is_visible(), entry.is_visible()) == (False, False)
    page.locator("[name=occurred][value='1']").check()
    assert (heading.is_visible(), entry.is_visible()) == (True, True)


def test_the_next_form_is_one_key_away(open_as):
    page = open_as("datamanager-03")
    page.goto(new_patient(page) + "gvhd/")
    page.locator("[name=agvhd][value='0']").check()
    page.locator("[name=cgvhd][value='0']").check()
    page.keyboard.press("Control+Shift+Enter")
    page.wait_for_url(lambda url: "/gvhd/" not in url)
    assert page.url.endswith("/maintenance/")
