"""Another centre's patients do not exist: every address is asked for one, and answers 404."""

from typing import Any

import pytest
from django.urls import reverse

from registry.access.context import scope, system
from registry.models import Export, ImportBatch, Query
from registry.web.chosen import token_of
from tests.pages import log_in, new_patient
from tests.security.addresses import addresses
from tests.security.conftest import LAYERS

# Where row-level security is off, the application alone leaks as little.
pytestmark = [pytest.mark.usefixtures("layers"), pytest.mark.parametrize("layers", LAYERS, indirect=True)]

# The addresses of allauth and the description of the programming interface know no patients; the interface itself is
# asked in tests of its own.
ELSEWHERE = ("account_", "mfa_", "usersessions_", "interface", "api-")
# Addresses that take the id of a patient, of an export, or one that nothing has.
WITH_ONE_ID = (
    "patient",
    "patient crf",
    "exclusion",
    "export",
    "export progress",
    "export file",
    "patient history",
    "patient history csv",
    "lock patient",
    "unlock patient",
    "report",
    "paper recomputed",
    "import",
    "import progress",
    "import marked",
    "schedule",
    "make now",
    "remove schedule",
    "retry run",
    "revoke api token",
)
# Of a report, and of two beside each other.
BELOW_A_REPORT = {"report file": ("results.json",), "report figure": ("overall-survival", "svg"), "comparison": ()}


def the_one_id(name: str, patient: Any) -> Any:
    of_centre = {"export": Export, "import": ImportBatch}.get(name.partition(" ")[0])
    return of_centre.objects.get(centre=7).public_id if of_centre else patient


def requests_for(name: str, records: dict[str, Any], people: Any) -> list[str]:
    """The address filled with each of another centre's objects."""
    patient = records["patient"].public_id
    once = [form for form, record in records.items() if not record.repeats]
    repeated = {form: record.public_id for form, record in records.items() if record.repeats}
    match name:
        case _ if name in WITH_ONE_ID:
            return [reverse(name, args=[the_one_id(name, patient)])]
        case "record" | "keep record" | "record history" | "record history csv":
            return [reverse(name, args=[patient, form]) for form in once]
        case "new repeat" | "keep new repeat":
            return [reverse(name, args=[patient, form]) for form in repeated]
        case "repeat" | "keep repeat" | "repeat history" | "repeat history csv" | "delete repeat":
            return [reverse(name, args=[patient, form, public_id]) for form, public_id in repeated.items()]
        case "query" | "query item":
            return [reverse(name, args=[Query.objects.get(patient=records["patient"]).public_id])]
        case "user" | "invite":
            return [reverse(name, args=[people.datamanager_07.public_id])]
        case "centre" | "keep centre":
            return [reverse(name, args=[7])]
        case _ if name in BELOW_A_REPORT:
            return [reverse(name, args=[patient, *(BELOW_A_REPORT[name] or (patient,))])]
    raise AssertionError(
        f"The address “{name}” takes parameters: say here how it is asked for another centre's object."
    )


def test_every_address_with_an_object_of_another_centre_is_not_found(people, records_of_brescia):
    for user in (people.datamanager_03, people.investigator_03):
        client = log_in(user)
        for address in addresses():
            if address.has_parameters and not address.name.startswith(ELSEWHERE):
                with scope(system("test", read="all")):
                    urls = requests_for(address.name, records_of_brescia, people)
                for url in urls:
                    assert client.get(url).status_code == 404, url
                    assert client.post(url, {"version": "1", "reason": "by mistake"}).status_code == 404, url


def test_an_object_of_another_centre_is_not_found_below_a_patient_of_ones_own(people, records_of_brescia):
    own = new_patient(people.datamanager_03)
    client = log_in(people.datamanager_03)
    for form, record in records_of_brescia.items():
        if record.repeats:
            for name in ("repeat", "repeat history", "repeat history csv", "delete repeat"):
                assert client.get(reverse(name, args=[own.public_id, form, record.public_id])).status_code == 404


def test_a_record_of_another_centre_named_in_a_request_is_not_found(people, records_of_brescia):
    client = log_in(people.investigator_03)
    for record in records_of_brescia.values():
        assert client.get("/sign/", {"about": token_of(record)}).status_code == 404
        assert client.post("/sign/", {"about": f"{token_of(record)}@1", "password": "a guess"}).status_code == 404


def test_no_list_names_a_patient_of_another_centre(people, records_of_brescia):
    client = log_in(people.datamanager_03)
    for address in addresses():
        if not address.has_parameters and not address.name.startswith(ELSEWHERE):
            page = client.get(f"/{address.route}", follow=True).content.decode(errors="replace")
            assert "07-001" not in page, address
            assert str(records_of_brescia["patient"].public_id) not in page, address


def test_a_patient_is_not_found_for_roles_that_see_none(people, records_of_brescia):
    for user in (people.statistician, people.administrator):
        url = reverse("patient", args=[records_of_brescia["patient"].public_id])
        assert log_in(user).get(url).status_code == 404
