"""An Italian data manager enters a form in Italian, as it is written at an Italian hospital."""

import re

import pytest

from tests.browser.test_accessibility import faults_of

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_as):
    """In Italian; the choice is kept with the account, so English is chosen again at the end."""
    page = open_as("datamanager-05")
    choose(page, "Italiano")
    yield page
    choose(page, "English")


def choose(page, language):
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name=language).click()
    page.wait_for_load_state()


def new_patient(page):
    page.goto("/patients/new/")
    page.locator("[name=sex][value=F]").check()
    page.fill("#id_age_rr", "41")
    page.locator("[name=consent_basis][value=waiver]").check()
    page.get_by_role("button", name="Salva come completa").click()
    page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    return page.url


def test_the_language_is_chosen_in_the_menu_and_leads_back_to_the_same_page(page):
    assert page.locator("html").get_attribute("lang") == "it"
    page.goto("/queries/?state=all")
    choose(page, "English")
    assert page.url.endswith("/queries/?state=all")
    page.get_by_role("heading", name="Queries").wait_for()
    choose(page, "Italiano")
    page.get_by_role("link", name="Pazienti", exact=True).wait_for()


def test_a_baseline_is_entered_with_comma_and_day_first(page):
    page.goto(new_patient(page) + "baseline/")
    page.fill("#id_rr_date", "03/2021")
    page.fill("#id_lab_date", "20/03/2021")
    page.fill("#id_wbc", "5.9")
    page.locator("#reading-lab_date", has_text="2021-03-20").wait_for()
    page.locator("#reading-wbc", has_text="= 5,9").wait_for()
    page.fill("#id_wbc", "1.234")
    page.locator("#reading-wbc", has_text="Scrivere 1,234 o 1234").wait_for()
    page.fill("#id_wbc", "5,9")
    page.get_by_role("button", name="Salva come completa").click()
    page.locator("#error-summary", has_text="punti da correggere").wait_for()
    assert page.input_value("#id_wbc") == "5,9"
    page.locator("[name=ecog][value='1']").check()
    for item in ("plt", "hb", "ldh", "bm_blasts"):
        page.select_option(f"#id_{item}_missing", "ND")
    page.locator("[name=emd][value='0']").check()
    page.locator("[name=cns_rr][value='0']").check()
    page.get_by_role("button", name="Salva come completa").click()
    page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    assert "scheda completa" in page.locator(".messages").inner_text()
    page.goto(page.url + "baseline/")
    assert (page.input_value("#id_wbc"), page.input_value("#id_lab_date")) == ("5,9", "2021-03-20")
    choose(page, "English")
    assert page.input_value("#id_wbc") == "5.9"


@pytest.mark.parametrize("width", [1280, 390])
def test_longer_words_fit_the_screen(open_as, width):
    page = open_as("datamanager-05", width=width)
    choose(page, "Italiano")
    page.goto("/patients/")
    patient = page.locator("tbody th a").first.get_attribute("href")
    faults = []
    for address in ("/patients/", "/board/", "/states/", "/queries/", "/checks/", patient, f"{patient}baseline/"):
        page.goto(address)
        faults += faults_of(page)
    choose(page, "English")
    assert faults == []
