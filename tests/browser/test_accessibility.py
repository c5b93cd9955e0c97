"""Every page: no violation that axe finds, no sideways scrolling on a phone, a way past the navigation."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

# Who opens which pages. `{patient}`, `{cycle}` and `{report}` are found on the pages before them.
PAGES = {
    "datamanager-03": [
        "/patients/",
        "/patients/?kind=complete&form=baseline",
        "/patients/new/",
        "{patient}",
        "{patient}patient/",
        "{patient}eligibility/",
        "{patient}diagnosis/",
        "{patient}baseline/",
        "{patient}baseline/?check",
        "{patient}hct/",
        "{patient}sos_vod/",
        "{patient}gvhd/",
        "{patient}maintenance/",
        "{patient}death/",
        "{patient}cytogenetics/new/",
        "{patient}prior_treatment/new/",
        "{patient}ino_cycle/new/",
        "{patient}pre_hct_therapy/new/",
        "{patient}conditioning_drug/new/",
        "{patient}maintenance_course/new/",
        "{patient}relapse/new/",
        "{patient}follow_up/new/",
        "{cycle}",
        "{cycle}history/",
        "{cycle}delete/",
        "{patient}history/",
        "{patient}history/?field=baseline.hb&role=data_manager&since=2020-01-01&kind=wrong",
        "{patient}baseline/history/",
        "/codebook/",
        "/codebook/?text=dose&form=ino_cycle",
        "/codebook/?text=nothing+at+all",
        "/nothing/",
        "/accounts/password/change/",
        "/accounts/sessions/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/logout/",
    ],
    "coordinator": [
        "/history/",
        "/history/?centre=3&kind=changed",
        "/patients/",
        "{patient}baseline/",
        "/reports/",
        "{report}",
        "/users/",
        "/centres/",
        "/centres/3/",
    ],
    "monitor": [
        "/patients/",
        "/patients/?kind=overdue&queries=open",
        "/board/",
        "/board/forms/",
        "/states/",
        "/queries/",
        "/queries/metrics/",
        "/checks/",
    ],
    "administrator": ["/users/", "/users/new/", "{user}", "/centres/", "/centres/3/", "/centres/new/", "/reports/"],
    "statistician": ["/reports/", "{report}", "{report}paper/", "/reports/methods/"],
}
VISITOR = ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/accounts/password/reset/key/a-b/"]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("username", PAGES)
def test_no_page_has_an_accessibility_violation_or_scrolls_sideways(open_as, username, width):
    page = open_as(username, width=width)
    places = found_places(page, username)
    faults = []
    for address in PAGES[username]:
        page.goto(address.format(**places))
        faults += faults_of(page)
    assert faults == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_before_log_in_are_in_order(browser, site, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=site.url)
    page = context.new_page()
    faults = []
    for address in VISITOR:
        page.goto(address)
        faults += faults_of(page)
    context.close()
    assert faults == []


def test_the_page_with_all_faults_is_in_order(open_as):
    page = open_as("datamanager-03")
    page.goto("/patients/new/")
    page.get_by_label("Age at").fill("forty")
    page.get_by_role("button", name="Save and mark complete").click()
    page.locator("#error-summary").wait_for()
    assert faults_of(page) == []


def test_the_first_stop_of_the_keyboard_leads_past_the_navigation(open_as):
    page = open_as("datamanager-03")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def found_places(page, username):
    """Addresses that carry an id, as a user finds them: by following links."""
    places = {"patient": "", "cycle": "", "report": "", "user": ""}
    if username in ("datamanager-03", "coordinator"):
        page.goto("/patients/")
        places["patient"] = page.locator("tbody th a").first.get_attribute("href")
        page.goto(places["patient"])
        places["cycle"] = page.locator("#ino_cycle .entry").first.get_attribute("href")
    if username in ("coordinator", "statistician"):
        page.goto("/reports/")
        places["report"] = page.get_by_role("link", name="Full analysis").first.get_attribute("href")
    if username == "administrator":
        page.goto("/users/")
        places["user"] = page.locator("tbody th a").first.get_attribute("href")
    return places


def faults_of(page):
    violations = Axe().run(page).response["violations"]
    faults = [f"{page.url}: {each['id']} {each['nodes'][0]['html'][:150]}" for each in violations]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wider > 0:
        faults.append(f"{page.url} is {wider} px wider than the window")
    return faults
