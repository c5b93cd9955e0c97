"""A picture of every page, for desk and tablet. With the variable SCREENSHOTS they go to that folder, to be kept."""

import pytest
from django.urls import resolve

from tests.browser import every_page, pictures

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORMS = ("record", "repeat", "new repeat")
ERRORS = {403: "refused", 404: "not-found"}
# Who sees all centres there.
DRAWN_FOR = {"board": "monitor", "queries": "monitor", "exports": "coordinator"}
TAKEN = set()
ALSO_DARK = ("patients", "patient", "form-baseline", "exports", "export")


@pytest.mark.parametrize("size", pictures.SIZES)
@pytest.mark.parametrize("username", every_page.PAGES)
def test_every_page_is_drawn(open_as, picture, username, size):
    page = open_as(username)
    width, height = pictures.SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    for address in every_page.addresses(page, username):
        answer = page.goto(address)
        name = ERRORS.get(answer.status) or name_of(address)
        if (name, size) in TAKEN or DRAWN_FOR.get(name, username) != username:
            continue  # the page of another role
        TAKEN.add((name, size))
        picture(page, f"{name}-{size}")
        if name in ALSO_DARK:
            page.emulate_media(color_scheme="dark")
            picture(page, f"{name}-{size}-dark")
            page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("size", pictures.SIZES)
def test_every_page_before_log_in_is_drawn(browser, site, picture, size):
    width, height = pictures.SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=site.url)
    page = context.new_page()
    for address in every_page.VISITOR:
        page.goto(address)
        picture(page, f"{name_of(address)}-{size}")
    context.close()


def name_of(address):
    """`form-baseline` for every form, else the name of the address."""
    found = resolve(address.partition("?")[0])
    name = f"form-{found.kwargs['form']}" if found.url_name in FORMS else found.url_name
    return name.replace(" ", "-").replace("_", "-")


def test_a_form_is_drawn_in_italian(open_as, picture):
    page = open_as("datamanager-01")
    page.get_by_text("datamanager-01").click()
    page.get_by_role("button", name="Italiano").click()
    page.locator("tbody th a").first.click()
    page.goto(f"{page.url}baseline/")
    page.get_by_role("button", name="Salva le modifiche").wait_for()
    picture(page, "form-baseline-italian")
