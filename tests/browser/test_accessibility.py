"""Every page: no violation that axe finds in light or dark, no sideways scrolling, a way past the navigation."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe

from tests.browser.every_page import PAGES, VISITOR, addresses

pytestmark = pytest.mark.browser

DESKTOP, TABLET, ZOOMED, PHONE = 1280, 820, 640, 390  # zoomed: a desktop at 200 %
# Of WCAG 2.2 and not asked by axe unless told.
WCAG_22 = {"rules": {"target-size": {"enabled": True}}}
CONTRAST = {"runOnly": ["color-contrast"]}


@pytest.mark.parametrize("username", PAGES)
def test_no_page_has_an_accessibility_violation_or_scrolls_sideways(open_as, username):
    page = open_as(username)
    faults = []
    for address in addresses(page, username):
        page.goto(address)
        faults += faults_of(page)
    assert faults == []


def test_the_pages_before_log_in_are_in_order(browser, site):
    context = browser.new_context(base_url=site.url)
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


def test_an_invitation_is_in_order(open_as):
    page = open_as("administrator")
    page.goto("/users/")
    page.get_by_role("link", name="datamanager-11").click()
    page.get_by_role("button", name="invitation").click()
    page.get_by_text("The mail holds a link").wait_for()
    assert faults_of(page) == []


def test_the_pages_that_make_and_revoke_a_token_are_in_order(open_as, site):
    page = open_as("datamanager-09")
    page.goto("/interface/tokens/new/")
    page.get_by_label("Password").fill(site.passwords["datamanager-09"])
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("What it is for").fill("follow-ups, laboratory server")
    assert faults_of(page) == []
    page.get_by_label("enter and correct patients and forms").check()
    page.get_by_role("button", name="Make the token").click()
    page.locator(".invitation-link").wait_for()
    assert faults_of(page) == []
    page.goto("/interface/tokens/")
    assert faults_of(page) == []
    page.get_by_role("button", name="Revoke").click()
    page.get_by_text("is revoked").wait_for()


def test_the_pages_of_the_second_factor_are_in_order(open_as, browser, site):
    page = open_as("datamanager-10")
    page.goto("/accounts/2fa/totp/activate/")
    page.get_by_label("Password").fill(site.passwords["datamanager-10"])
    page.get_by_role("button", name="Confirm").click()
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Activate").click()
    page.wait_for_url("**/recovery-codes/")
    faults = []
    for address in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/", "reauthenticate/"):
        page.goto(f"/accounts/2fa/{address}")
        faults += faults_of(page)
    page = browser.new_context(base_url=site.url).new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill("datamanager-10")
    page.get_by_label("Password").fill(site.passwords["datamanager-10"])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/2fa/authenticate/")
    assert faults + faults_of(page) == []


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_first_stop_of_the_keyboard_leads_past_the_navigation(open_as):
    page = open_as("datamanager-03")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


OUTLINE_AND_BAR = """() => {
    const here = document.activeElement, bar = document.querySelector(".save-bar");
    const { outlineStyle, outlineWidth } = getComputedStyle(here);
    const isUnder = !bar.contains(here) && here.getBoundingClientRect().bottom > bar.getBoundingClientRect().top;
    return { id: here.id || here.textContent, outline: `${outlineStyle} ${outlineWidth}`, isUnder };
}"""


def test_what_has_the_focus_is_outlined_and_not_under_the_bar_of_buttons(open_as):
    page = open_as("datamanager-03")
    page.emulate_media(reduced_motion="reduce")  # no scrolling while it is measured
    page.set_viewport_size({"width": DESKTOP, "height": 720})
    page.goto("/patients/")
    page.goto(page.locator("tbody th a").first.get_attribute("href") + "hct/")
    stops = []
    while not stops or stops[-1]["id"] != "id_reason":
        page.keyboard.press("Tab")
        stops.append(page.evaluate(OUTLINE_AND_BAR))
    assert len(stops) > 60
    assert {stop["outline"] for stop in stops} == {"solid 3px"}
    assert [stop["id"] for stop in stops if stop["isUnder"]] == []


def faults_of(page):
    """What axe finds on a desktop and on a phone, contrast in the dark too; and where the page is too wide."""
    faults = violations(page, WCAG_22)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # colours change at once
    faults += [f"dark: {each}" for each in violations(page, CONTRAST)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for width in (TABLET, ZOOMED, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        faults += [f"{width} px: {each}" for each in too_wide(page)]
    faults += [f"phone: {each}" for each in violations(page, WCAG_22)]
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    return faults


def violations(page, options):
    """On the whole page at once: what the bar of buttons covers now, scrolling uncovers."""
    size = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    found = Axe().run(page, options=options).response["violations"]
    page.set_viewport_size(size)
    return [f"{page.url}: {each['id']} {each['nodes'][0]['html'][:150]}" for each in found]


def too_wide(page):
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{page.url} is {wider} px wider than the window"] if wider > 0 else []
