"""A token for a program: the password again, shown once, in the list, used, revoked."""

import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

USER = "datamanager-02"


def status_with(site, secret):
    request = urllib.request.Request(f"{site.url}/api/v1/patients/", headers={"Authorization": f"Bearer {secret}"})
    try:
        return urllib.request.urlopen(request, timeout=20).status
    except urllib.error.HTTPError as error:
        return error.code


def test_a_token_is_made_shown_once_used_and_revoked(open_as, site, picture):
    page = open_as(USER)
    page.get_by_text(USER).click()
    page.get_by_role("link", name="API tokens").click()
    page.get_by_role("link", name="Make a token").click()
    page.get_by_label("Password").fill(site.passwords[USER])
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("What it is for").fill("follow-ups, laboratory server")
    picture(page, "story-token-choice")
    page.get_by_role("button", name="Make the token").click()
    secret = page.locator("code").inner_text()
    assert status_with(site, secret) == 200

    page.get_by_role("link", name="To the list of tokens").click()
    expect(page.get_by_text(secret)).to_have_count(0)
    picture(page, "story-token-list")
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("cell", name="revoked")).to_be_visible()
    assert status_with(site, secret) == 401


def test_the_description_for_programs_names_every_refusal_by_its_number(open_as):
    page = open_as(USER)
    page.goto("/interface/")
    expect(page.get_by_role("rowheader", name="412 Precondition Failed", exact=True)).to_be_visible()
