"""A printed case report form: what stands in it for one record, and the hands that type it in, by keyboard only."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

from registry.actions.editable import given_by_the_registry
from registry.crf.fields import crf_fields
from registry.crf.rows import as_row
from registry.transfer.form_csv import read_patients
from registry.web.record_form import as_posted
from tests.browser import keyboard

COHORT = settings.BASE_DIR / "fixtures" / "reference_cohort"


def everybody() -> Iterator[tuple[Any, list[Any]]]:
    """Each patient of the reference cohort with the other records."""
    return read_patients(COHORT)


def printed(number: str) -> list[Any]:
    """The patient of the reference cohort with this number, and after it every other record of it."""
    patient, records = next(found for found in everybody() if found[0].number == number)
    return [patient, *records]


def written(record: Any) -> dict[str, Any]:
    """Every item of a record, without what the registry itself gives: number, state."""
    row = as_row(record)
    return {name: value for name, value in row.items() if name not in ("patient_id", "state")}


def type_record(page: Page, record: Any) -> None:
    """Each answer of the paper in its place, in the order of the form; what the page holds already is left.

    A question that appears only with an answer further down is typed after it.
    """
    waiting = dict(_answers(record))
    while waiting:
        shown = [name for name in waiting if page.locator(f".line-input [name='{name}']").first.is_visible()]
        assert shown, f"not on the page: {', '.join(waiting)}"
        for name in shown:
            _type(page, record, name, waiting.pop(name))


def _type(page: Page, record: Any, name: str, answer: Any) -> None:
    keyboard.tab_to(page, f"[name='{name}']")
    if name in record.missing:
        keyboard.give_reason(page, record.missing[name])
    else:
        _answer(page, name, answer)


def _answers(record: Any) -> Iterator[tuple[str, Any]]:
    posted = as_posted(record)
    for field in crf_fields(type(record)):
        is_written = posted[field.name] not in ("", []) or field.name in record.missing
        if is_written and field.name not in given_by_the_registry(record):
            yield field.name, posted[field.name]


def _answer(page: Page, name: str, answer: Any) -> None:
    match page.evaluate("document.activeElement.type"):
        case "radio":
            keyboard.pick(page, name, answer)
        case "checkbox":
            keyboard.tick(page, name, answer)
        case "select-one":
            keyboard.select(page, answer)
        case _:
            page.keyboard.press("Control+A")
            page.keyboard.type(answer)
