"""Strings that break queries elsewhere, in every parameter of every list: refused or without a match, no error."""

import pytest

from tests.pages import new_patient
from tests.programs import program_of
from tests.security.test_api_addresses import LISTS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TYPED = {"patients/": ("centre", "state", "changed_since", "order")}
TYPED |= {"queries/": ("patient", "centre", "state", "form", "order")}
TYPED_OF_FORMS = ("patient", "centre", "state", "changed_since", "order")
OF_PAGES = ("limit", "offset", "labels")
ENDS = ("", " or 1=1 --", " union select password from registry_user --", "; select pg_sleep(9) --", "/**/or/**/true")
STRINGS = [
    f"{start}{middle}{end}"
    for start in ("", "3", "07-001", "-patient_number", "%", "_")
    for middle in ("'", '"', "')", "';", "))", "\\'", "%27", "`", "$$", "\x00")
    for end in ENDS
]


def test_there_are_three_hundred():
    assert len(set(STRINGS)) == 300


def test_no_string_is_an_error_or_finds_anything(people, unlimited):
    new_patient(people.datamanager_03)
    new_patient(people.datamanager_07)
    program = program_of(people.datamanager_03)
    for place, text in enumerate(STRINGS):
        route = LISTS[place % len(LISTS)]
        found = program.get(route, {"patient_number": text})
        assert (found.status_code == 200 and found.json()["count"] == 0) or found.status_code == 400, (route, text)
        typed = TYPED.get(route, TYPED_OF_FORMS)
        refused = program.get(route, dict.fromkeys(typed, text))
        assert refused.status_code == 400, (route, text)
        assert {error["field"] for error in refused.json()["errors"]} == set(typed), (route, text)
        assert program.get(route, {OF_PAGES[place % len(OF_PAGES)]: text}).status_code == 400, (route, text)


def test_no_string_as_the_id_of_a_check_finds_anything(people, unlimited):
    program = program_of(people.datamanager_03)
    for text in STRINGS:
        answer = program.get("queries/", {"check_id": text})
        assert answer.status_code == 400 or answer.json()["count"] == 0, text


@pytest.mark.parametrize("text", STRINGS[::30])
def test_a_string_as_name_of_a_parameter_is_refused(people, text):
    assert program_of(people.datamanager_03).get("patients/", {text: "1"}).status_code == 400


@pytest.mark.parametrize("text", [text for text in STRINGS[::15] if "\x00" not in text])
def test_a_string_as_a_value_is_kept_as_it_is_or_refused(people, text):
    program = program_of(people.datamanager_03)
    patient = new_patient(people.datamanager_03)
    answer = program.post(
        "forms/cytogenetics/", {"patient": str(patient.public_id), "values": {"iscn": f"46,XX{text}"}}
    )
    assert answer.status_code == 201
    assert program.get("forms/cytogenetics/").json()["results"][0]["values"]["iscn"] == f"46,XX{text}".strip()
