"""What was typed and not saved is offered again: after the browser was killed, the session lost, the network gone."""

import os
import re
import signal
from importlib import import_module

import pytest
from django.conf import settings

from tests.browser import arranging, chromium
from tests.browser.conftest import log_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WHO = "datamanager-03"


@pytest.fixture
def form(in_registry):
    """The address of a form that nobody has begun, of a new patient."""
    with in_registry():
        return f"{arranging.address_of(arranging.new_patient(username=WHO))}eligibility/"


@pytest.fixture
def page(browser, site, form):
    """The form, opened by the data manager."""
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    log_in(page, WHO, site.passwords[WHO])
    page.goto(form)
    page.get_by_role("button", name="Keys").wait_for()  # the last thing that the script brings
    yield page
    context.close()


def type_answers(page):
    """Two of them, and nothing is saved."""
    page.get_by_role("radio", name="relapsed", exact=True).check()
    page.get_by_label("CD22-positive blasts").first.press_sequentially("80")


def use_what_is_left_on_this_computer(page):
    dialog = page.get_by_role("dialog", name="Typed on this computer and not sent")
    dialog.get_by_role("button", name="Use it").click()


def assert_offered_and_saved(page):
    """The answers stand in the form again and are those that are stored."""
    page.get_by_role("heading", name=re.compile("You typed this today")).wait_for()
    assert_answered(page)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("saved as a draft").wait_for()
    assert_answered(page)


def assert_answered(page):
    assert page.get_by_role("radio", name="relapsed", exact=True).is_checked()
    assert page.get_by_label("CD22-positive blasts").first.input_value() == "80"


def test_what_was_typed_survives_the_kill_of_the_browser(playwright, site, form, tmp_path, picture):
    with chromium.started(playwright, tmp_path) as (process, page):
        log_in(page, WHO, site.passwords[WHO], at=site.url)
        page.goto(site.url + form)
        type_answers(page)
        page.locator("#kept").filter(has_text="kept").wait_for()
        os.kill(process.pid, signal.SIGKILL)
    with chromium.started(playwright, tmp_path) as (_, page):
        log_in(page, WHO, site.passwords[WHO], at=site.url)
        page.goto(site.url + form)
        picture(page, "story-kept-input")
        assert_offered_and_saved(page)


@pytest.mark.parametrize("end", ["the cookie is gone", "the registry has ended it"])
def test_what_was_typed_survives_a_lost_session(page, form, site, in_registry, end):
    if end == "the cookie is gone":
        page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    else:
        end_session(page, in_registry)
    type_answers(page)
    page.get_by_text("Not kept: you are logged out").wait_for()
    page.get_by_role("link", name="Log in again and go on").click()
    page.get_by_label("Username").fill(WHO)
    page.get_by_label("Password").fill(site.passwords[WHO])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"**{form}")
    use_what_is_left_on_this_computer(page)
    assert_offered_and_saved(page)


def end_session(page, in_registry):
    """As an administrator or the clean-up of old sessions does."""
    key = next(each["value"] for each in page.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME)
    with in_registry():
        import_module(settings.SESSION_ENGINE).SessionStore(key).delete()


def test_what_was_typed_without_a_network_is_kept_as_soon_as_there_is_one(page):
    page.context.set_offline(True)
    type_answers(page)
    page.get_by_text("Not kept yet, no connection.").wait_for()
    page.context.set_offline(False)
    page.locator("#kept").filter(has_text="kept").wait_for()
    page.goto(page.url)
    assert_offered_and_saved(page)


def test_what_was_typed_without_a_network_is_offered_when_the_page_was_closed(page, form):
    page.context.set_offline(True)
    type_answers(page)
    page.get_by_text("Not kept yet, no connection.").wait_for()
    later = page.context.new_page()
    page.close()
    later.context.set_offline(False)
    later.goto(form)
    use_what_is_left_on_this_computer(later)
    assert_offered_and_saved(later)
