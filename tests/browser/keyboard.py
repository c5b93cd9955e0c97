"""Hands that never touch the mouse."""

from playwright.sync_api import Page

MOST_STOPS = 200


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this element has the focus; it must be reachable that way."""
    for _ in range(MOST_STOPS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} was not reached in {MOST_STOPS} presses of Tab")


def type_into(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page: Page, name: str, code: str) -> None:
    """A radio button, by the arrow keys from where the group has the focus."""
    tab_to(page, f"[name='{name}']")
    for _ in range(12):
        if page.evaluate("document.activeElement.value") == code and page.evaluate("document.activeElement.checked"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} does not offer {code}")


def press(page: Page, label: str) -> None:
    """Reach a button or link by Tab and press Enter."""
    for _ in range(MOST_STOPS):
        if page.evaluate("document.activeElement.textContent").strip() == label:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"“{label}” was not reached by Tab")
