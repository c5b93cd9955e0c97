"""The list of pages that accessibility is tested on is complete."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver, resolve
from django.urls.exceptions import Resolver404

from tests.browser.every_page import NO_PAGE, PAGES, VISITOR

_ID = str(uuid.uuid4())
SAMPLES = {
    "patient": f"/patients/{_ID}/",
    "cycle": f"/patients/{_ID}/ino_cycle/{_ID}/",
    "karyotype": f"/patients/{_ID}/cytogenetics/{_ID}/",
    "query": f"/queries/{_ID}/",
    "report": f"/reports/{_ID}/",
    "schedule": f"/reports/schedules/{_ID}/",
    "export": f"/exports/{_ID}/",
    "user": f"/users/{_ID}/",
    "comparison": f"/reports/changes/{_ID}/{_ID}/",
    "compared": f"/import/{_ID}/",
    "columns": f"/import/{_ID}/",
    "verify": "/verify/",
    "raise": "/queries/raise/",
    "sign": "/sign/",
    "deaths": "/outcomes/patients/?list=a.0&n=1",
}


def named(resolver: Any) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from named(pattern)
        elif pattern.name:
            yield pattern.name


def opened() -> Iterator[str]:
    for address in {*VISITOR, *(address for pages in PAGES.values() for address in pages)}:
        try:
            yield resolve(address.format(**SAMPLES).partition("?")[0]).url_name or ""
        except Resolver404:  # the page that says so
            assert address == "/nothing/"


def test_every_address_of_the_registry_is_opened_or_shows_no_page_for_a_reason():
    there_are = {name for name in named(get_resolver()) if not name.startswith("api-")}  # those answer programs
    assert there_are - set(opened()) == set(NO_PAGE)
