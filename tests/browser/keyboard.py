"""Hands that never touch the mouse."""

from playwright.sync_api import Page

MOST_STOPS = 300


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this element has the focus; it must be reachable that way."""
    for _ in range(MOST_STOPS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} was not reached in {MOST_STOPS} presses of Tab on {page.url}")


def type_into(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page: Page, name: str, code: str) -> None:
    """A radio button, by the arrow keys from where the group has the focus, no faster than a hand."""
    tab_to(page, f"[name='{name}']")
    for _ in range(12):
        if page.evaluate("document.activeElement.value") == code and page.evaluate("document.activeElement.checked"):
            return
        page.keyboard.press("ArrowDown", delay=20)
    raise AssertionError(f"{name} does not offer {code}")


def pick(page: Page, name: str, code: str) -> None:
    """A radio button of the group that has the focus: by the digit that stands before it, else by the arrow keys."""
    digit = page.locator(f".form-check:has([name='{name}'][value='{code}']) kbd").all_text_contents()
    if not digit:
        return choose(page, name, code)
    page.keyboard.press(digit[0])
    assert page.evaluate("document.activeElement.value") == code


def tick(page: Page, name: str, codes: list[str]) -> None:
    """Checkboxes, each with the space bar; those that are ticked stay."""
    for box in page.locator(f"[name='{name}']").all():
        code = box.get_attribute("value")
        if (code in codes) != box.is_checked():
            tab_to(page, f"[name='{name}'][value='{code}']")
            page.keyboard.press("Space")


def select(page: Page, code: str) -> None:
    """An option of the list that has the focus, by the arrow keys."""
    steps = page.evaluate(
        """code => {
            const list = document.activeElement;
            return [...list.options].findIndex((option) => option.value === code) - list.selectedIndex;
        }""",
        code,
    )
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
    assert page.evaluate("document.activeElement.value") == code


def give_reason(page: Page, code: str) -> None:
    """Why the question that has the focus is not answered."""
    page.keyboard.press("Control+M")
    name = page.evaluate("document.activeElement.name")
    assert name.endswith("_missing"), f"{name}: Ctrl+M does not lead to the reasons"
    select(page, code)


def press(page: Page, label: str) -> None:
    """Reach a button or link by Tab and press Enter."""
    for _ in range(MOST_STOPS):
        if page.evaluate("document.activeElement.textContent").strip() == label:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"“{label}” was not reached by Tab on {page.url}")


def follow(page: Page, address: str) -> None:
    """Reach the link with this address, or this end of it, by Tab; press Enter and wait for the page behind it."""
    tab_to(page, f"a[href$='{address}']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
