"""Strings that break queries elsewhere, in every parameter that a page or a list reads: no error, nothing of others.

Which parameters there are is seen while the pages are asked for. `make test` takes a sample, always the same one;
FUZZ_STRINGS=300 takes them all.
"""

import os
import random
from collections.abc import Iterator, Sequence

import pytest
from django.http import QueryDict
from django.urls import reverse

from registry.access.context import scope, system
from registry.actions.importing.batches import acting_on
from registry.models import ImportBatch
from registry.transfer.importing.job import do
from registry.web.interface.description import openapi
from tests.drawn import REPEATABLE
from tests.pages import log_in, new_patient
from tests.programs import program_of
from tests.security.addresses import addresses
from tests.security.test_api_strings import STRINGS
from tests.security.test_other_centres import requests_for

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SAMPLE = int(os.environ.get("FUZZ_STRINGS", "1"))
ALWAYS = ("07-001'\x00", "9" * 5000)  # each was an error once
# Typed values that are nearly right, beside those that are not.
ODD = (
    "-1",
    "0",
    "²",
    "1e9",
    "nan",
    "2019-02-30",
    "\ud800",
    "%00",
    "a" * 10_000,
    "../../etc/passwd",
    "{{7*7}}",
)
# Whose parameters must have been seen.
LISTS = ("patients", "board forms", "states", "queries", "query metrics", "history", "history csv", "checks", "imports")
LISTS += ("export counts", "codebook", "outcomes", "outcome patients", "reports", "runs")
# Of allauth, which has tests of its own; PDF and workbooks take no parameters and much time.
ELSEWHERE = ("account_", "mfa_", "usersessions_", "api-")
WITHOUT_PARAMETERS = (".pdf", ".xlsx", "openapi.json")


@pytest.fixture
def foreign(people, records_of_brescia):
    """A patient of Baltimore; who asks is of Brescia, and has an import that is compared with the registry."""
    with scope(system("test", read="all")):
        batch = ImportBatch.objects.get()
    with acting_on(batch):
        batch.state = do(batch, lambda *told: None)
        batch.save()
    assert batch.state == ImportBatch.State.PREVIEW
    return new_patient(people.datamanager_03)


@pytest.fixture
def read(monkeypatch) -> set[str]:
    """The names of the parameters that were read since this was emptied."""
    seen: set[str] = set()

    def watch(name):
        original = getattr(QueryDict, name)

        def reading(self, key, *rest):
            if isinstance(key, str):
                seen.add(key)
            return original(self, key, *rest)

        monkeypatch.setattr(QueryDict, name, reading)

    for name in ("get", "getlist", "__getitem__", "__contains__"):
        watch(name)
    return seen


def own_addresses(records, people) -> Iterator[str]:
    for address in addresses():
        if address.route.startswith("api/") or address.name.startswith(ELSEWHERE):
            continue
        if address.route.endswith(WITHOUT_PARAMETERS):
            continue
        if not address.has_parameters:
            yield f"/{address.route}"
        elif address.name not in ("report", "interface resource"):
            with scope(system("test", read="all")):
                yield from requests_for(address.name, records, people)[:1]


def strings(count: int) -> Iterator[str]:
    """Some always, so many of the 300, and as many odd values."""
    drawn = random.Random(REPEATABLE)
    yield from ALWAYS
    yield from drawn.sample(STRINGS, min(count, len(STRINGS)))
    yield from drawn.sample(ODD, min(count, len(ODD)))


def attacks(names: Sequence[str]) -> Iterator[dict[str, bytes]]:
    """All parameters at once, then one of them, and so on with the next string."""
    for place, text in enumerate(strings(SAMPLE) if names else ()):
        value = text.encode("utf-8", "surrogatepass")
        yield dict.fromkeys(names, value) if place % 2 == 0 else {names[place % len(names)]: value}


def test_no_string_in_a_parameter_of_a_page_is_an_error_or_shows_a_foreign_patient(
    people, records_of_brescia, foreign, read
):
    asked, pages, urls = 0, {}, list(own_addresses(records_of_brescia, people))
    for user in (people.datamanager_07, people.coordinator, people.administrator):
        client = log_in(user)
        closed = []  # to this user: the next one may know them
        for url in urls:
            read.clear()
            if client.get(url).status_code != 200:
                closed.append(url)
            names = sorted(read - {"csrfmiddlewaretoken"})
            pages[url] = pages.get(url, set()) | set(names)
            for parameters in attacks(names):
                answer = client.get(url, parameters)
                asked += 1
                assert answer.status_code < 500, (url, parameters)
                if user == people.datamanager_07:
                    assert foreign.number.encode() not in answer.content, (url, parameters)
                    assert str(foreign.public_id).encode() not in answer.content, (url, parameters)
        urls = closed
    read_somewhere = {url: names for url, names in pages.items() if names}
    print(f"{asked} requests, {sum(map(len, read_somewhere.values()))} parameters of {len(read_somewhere)} pages")
    assert [name for name in LISTS if reverse(name) not in read_somewhere] == []


def test_no_string_in_a_parameter_of_a_list_of_the_interface_is_an_error(people, records_of_brescia, unlimited):
    lists = {
        path.removeprefix("/api/v1/"): [
            each["name"] for each in methods["get"].get("parameters", ()) if each["in"] == "query"
        ]
        for path, methods in openapi()["paths"].items()
        if "get" in methods and "{" not in path
    }
    assert {"exports/", "snapshots/", "reports/", "runs/"} <= set(lists)
    for user in (people.monitor, people.datamanager_03):
        program = program_of(user)
        for route, names in lists.items():
            for parameters in attacks(names):
                answer = program.get(route, parameters)
                assert answer.status_code in (200, 400, 403), (route, parameters)
                if user == people.datamanager_03:
                    assert str(records_of_brescia["patient"].public_id).encode() not in answer.content, parameters
