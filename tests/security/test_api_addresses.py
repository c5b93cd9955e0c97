"""Every address of the programming interface asks for a token, and knows nothing of another centre's patients."""

from typing import Any

import pytest
from django.test import Client

from registry.access.context import scope, system
from registry.models import Query
from tests.programs import Program, program_of
from tests.security.addresses import addresses
from tests.security.conftest import LAYERS

# Each layer alone keeps the centres apart.
IN_LAYERS = pytest.mark.parametrize("layers", [*LAYERS, "the database alone"], indirect=True)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NOBODY = "00000000-0000-0000-0000-000000000000"
API = "api/v1/"
ROUTES = [address.route.removeprefix(API) for address in addresses() if address.route.startswith(API)]
OF_COORDINATION = ("snapshots/", "runs/")  # closed to centres
LISTS = [route for route in ROUTES if route.startswith(("patients", "forms", "queries")) and "<" not in route]


@pytest.fixture
def ids(people: Any, records_of_brescia: dict[str, Any]) -> dict[str, str]:
    """By the first part of a route, the id of an object of Brescia."""
    found = {f"forms/{form}": str(record.public_id) for form, record in records_of_brescia.items()}
    with scope(system("test", read="all")):
        found["queries"] = str(Query.objects.get(patient=records_of_brescia["patient"]).public_id)
    export = program_of(people.datamanager_07).post("exports/", {"format": "csv", "level": "full"}).json()
    return found | {"patients": found["forms/patient"], "exports": export["id"]}


@pytest.mark.django_db
def test_without_a_token_no_address_answers_anything():
    for route in ROUTES:
        for method in METHODS:
            address = f"/{API}{route}".replace("<uuid:id>", NOBODY).replace("<str:name>", "results.json")
            answer = Client().generic(method, address)
            assert answer.status_code == 401, (method, route)


@pytest.mark.slow
@IN_LAYERS
def test_an_object_of_another_centre_is_not_found_by_any_method(layers, people, ids, unlimited):
    for user in (people.datamanager_03, people.investigator_03):
        program = program_of(user)
        for route in ROUTES:
            if "<uuid:id>" in route:
                found = ids.get(route.partition("/<")[0], NOBODY)
                address = route.replace("<uuid:id>", found).replace("<str:name>", "results.json")
                answers = [program.send(method, address, {}, If_Match='"1"').status_code for method in METHODS]
                refused = {403} if route.startswith(OF_COORDINATION) else {404}
                assert set(answers) <= refused | {405}, (address, answers)
                assert set(answers) & refused, address


@pytest.mark.slow
@IN_LAYERS
def test_a_list_tells_nothing_of_another_centre_however_it_is_asked(layers, people, ids):
    program = program_of(people.datamanager_03)
    for route in LISTS:
        for parameters in (
            {},
            {"centre": "7"},
            {"patient_number": "07-001"},
            {"order": "-centre"} if route != "queries/" else {"order": "-impact"},
            {"changed_since": "2020-01-01T00:00:00Z"} if route != "queries/" else {"state": "open"},
        ):
            answer = program.get(route, parameters)
            assert answer.json()["count"] == 0, (route, parameters)
            assert b"07-001" not in answer.content
    assert program.get("exports/").json()["count"] == 0


def test_a_patient_of_another_centre_is_like_one_that_there_is_not(people, ids):
    """A form cannot be entered, a question not be asked, and the refusal is the same for both."""
    manager = program_of(people.datamanager_03)
    for form in ("baseline", "follow_up"):
        refusals = [manager.post(f"forms/{form}/", {"patient": each}).json() for each in (ids["patients"], NOBODY)]
        assert refusals[0] == refusals[1]
        assert refusals[0]["status"] == 422
    refusals = [manager.get(f"patients/{each}/").json()["detail"] for each in (ids["patients"], NOBODY)]
    assert refusals[0] == refusals[1]


def test_roles_that_see_no_patient_are_told_which_right_they_lack(people, ids):
    for user in (people.statistician, people.administrator):
        program = program_of(user, "read")
        for route in (*LISTS, f"patients/{ids['patients']}/", f"queries/{ids['queries']}/"):
            answer = program.get(route)
            assert (answer.status_code, "view patients" in answer.json()["detail"]) == (403, True), route


def test_one_token_after_another_on_the_same_connection_sees_its_own_centre(people, ids, unlimited):
    manager, other = program_of(people.datamanager_03), program_of(people.datamanager_07)
    for _ in range(20):
        assert manager.get("patients/").json()["count"] == 0
        assert other.get("patients/").json()["count"] == 1
        assert Program("ino_unknown").get("patients/").status_code == 401
        assert manager.get(f"patients/{ids['patients']}/").status_code == 404
