"""Requests made of the OpenAPI description: no failure of the registry, no answer that the description does not know.

Schemathesis draws them, the same each time: such that fit the description, and such that do not. Three of four name an
object that there is, most in the version in which it is. FUZZ_REQUESTS asks for more than the 2,000 of each run.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from registry.access.context import scope, system
from registry.models import FORMS_BY_NAME, Export, Query, Snapshot
from registry.web.interface.description import openapi
from tests.programs import program_of, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "2000"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OF_ALL_CENTRES = ("snapshots", "queries", "exports", "reports", "runs")
OF_COORDINATION = ("lock/", "/verify/", "/close/", "/reopen/", *(f"/{name}/" for name in OF_ALL_CENTRES))
DRAWN = {"deadline": None, "database": None, "derandomize": True, "phases": [Phase.generate]}


@pytest.fixture
def objects(people: Any, records_of_brescia: dict[str, Any]) -> dict[str, Any]:
    """By the part of an address before the id."""
    program_of(people.coordinator).post("snapshots/")
    export = program_of(people.monitor).post("exports/", {"format": "csv", "level": "full"}).json()["id"]
    found = {f"/forms/{form}": record for form, record in records_of_brescia.items()}
    with scope(system("test", read="all")):
        found |= {"/queries": Query.objects.get(patient=records_of_brescia["patient"])}
        found |= {"/exports": Export.objects.get(public_id=export)}
    return found | {"/patients": records_of_brescia["patient"], "/snapshots": Snapshot.objects.get()}


@pytest.fixture
def secrets(people: Any) -> Mapping[bool, str]:
    """Of the coordinating investigator for what the coordinating centre does, else of the data manager."""
    return {True: token_of(people.monitor), False: token_of(people.datamanager_07)}


@pytest.fixture
def application() -> Iterator[Any]:
    """The registry as a web server calls it, on the connection of the test: as Django's own test client has it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    registry = get_wsgi_application()
    yield lambda environment, start: registry({"REMOTE_ADDR": "127.0.0.1"} | environment, start)
    for signal in signals:
        signal.connect(close_old_connections)


def test_no_request_is_answered_with_a_failure_or_otherwise_than_described(objects, secrets, application, unlimited):
    schema = schemathesis.openapi.from_dict(openapi())
    schema.app = application
    operations = [result.ok() for result in schema.get_all_operations()]
    seen: Counter[int] = Counter()
    for operation in operations:
        secret = secrets[any(part in operation.path for part in OF_COORDINATION)]
        for mode, share in ((GenerationMode.POSITIVE, 0.7), (GenerationMode.NEGATIVE, 0.3)):
            _try(operation, mode, round(REQUESTS * share / len(operations)) + 1, (objects, secret, seen))
    print(f"{sum(seen.values())} requests: {dict(sorted(seen.items()))}")
    assert sum(seen.values()) >= REQUESTS
    assert {status for status in seen if status >= 500} == set()
    assert {200, 201, 400, 403, 404, 409, 412, 422, 428} <= set(seen)  # the requests reach every kind of answer


def _try(operation: Any, mode: Any, number: int, about: tuple[dict[str, Any], str, Counter[int]]) -> None:
    objects, secret, seen = about
    turns = cycle(("version", "version", "object", "nothing"))

    @settings(max_examples=number, suppress_health_check=list(HealthCheck), **DRAWN)
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        if (turn := next(turns)) != "nothing":
            _name_what_there_is(case, objects, with_version=turn == "version")
        answer = case.call(headers={"Authorization": f"Bearer {secret}"})
        seen[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    send()


def _name_what_there_is(case: Any, objects: dict[str, Any], *, with_version: bool) -> None:
    place = next((place for place in objects if case.path.startswith(f"/api/v1{place}/{{")), None)
    if place:
        record = objects[place]
        case.path_parameters["id"] = str(record.public_id)
        if with_version and "If-Match" in case.headers and hasattr(record, "version"):
            with scope(system("test", read="all")):
                versions = type(record).objects.filter(pk=record.pk).values_list("version", flat=True)
                case.headers["If-Match"] = f'"{versions.first()}"'
    if isinstance(case.body, dict) and "patient" in case.body:
        case.body["patient"] = str(objects["/patients"].public_id)
    if isinstance(case.body, dict) and case.body.get("form") in FORMS_BY_NAME:
        case.body["record"] = str(objects[f"/forms/{case.body['form']}"].public_id)
