"""Who may do what through the programming interface, in which state: every cell of role, action and state."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from django.db import transaction

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.states import lock_patient
from registry.models import Baseline, FollowUp
from tests.pages import new_patient, save
from tests.programs import Program, program_of
from tests.registry.actions.conftest import full_baseline

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE: Final = (
    "datamanager_03",
    "investigator_03",
    "datamanager_07",
    "monitor",
    "coordinator",
    "statistician",
    "administrator",
)
STATES: Final = ("in progress", "complete", "locked")
OWN = {"datamanager_03", "investigator_03"}
VIEWERS = OWN | {"monitor", "coordinator"}
LOCKERS = {"monitor", "coordinator"}

# What who may is answered in each of the three states; everybody else is refused.
MAY: Final[dict[str, tuple[set[str], tuple[int, int, int]]]] = {
    "read a list": (VIEWERS | {"datamanager_07"}, (200, 200, 200)),
    "read a patient": (VIEWERS, (200, 200, 200)),
    "read the states": (VIEWERS, (200, 200, 200)),
    "read a form": (VIEWERS, (200, 200, 200)),
    "enter a patient": (OWN | {"datamanager_07"}, (201, 201, 201)),
    "enter a form": (OWN, (201, 201, 409)),
    "change a form": (OWN, (200, 200, 409)),
    "replace a form": (OWN, (200, 200, 409)),
    "change a patient": (OWN, (200, 200, 409)),
    "take a form back": (OWN, (204, 204, 409)),
    "verify": ({"monitor"}, (409, 200, 409)),
    "sign": (set(), (0, 0, 0)),
    "lock": (LOCKERS, (409, 409, 409)),  # much is missing, or it is locked already
    "unlock": (LOCKERS, (200, 200, 200)),
    "ask": (LOCKERS, (201, 201, 201)),
    "answer": (OWN, (200, 200, 200)),
    "close": (LOCKERS, (200, 200, 200)),
    "open again": (LOCKERS, (409, 409, 409)),  # it is open
    "read of snapshots": (LOCKERS | {"statistician"}, (200, 200, 200)),
    "take a snapshot": ({"coordinator", "statistician"}, (201, 201, 201)),
    "export patients": (VIEWERS | {"datamanager_07"}, (202, 202, 202)),
    "export without identity": (VIEWERS | {"datamanager_07", "statistician"}, (202, 202, 202)),
    "read of reports": (VIEWERS | {"datamanager_07", "statistician"}, (200, 200, 200)),
    "read of runs": (LOCKERS | {"statistician", "administrator"}, (200, 200, 200)),
    "ask for a report": ({"coordinator", "statistician"}, (202, 202, 202)),
}
# What a person of another centre is told instead of 403, where the refusal names an object of this one.
OF_NO_OBJECT: Final = ("ask", "read of snapshots", "take a snapshot", "read of runs", "ask for a report")
ELSEWHERE: Final = {"enter a form": 422} | dict.fromkeys(OF_NO_OBJECT, 403)


@pytest.fixture
def case(people: Any, monkeypatch: Any, request: Any) -> dict[str, Any]:
    """A patient with a form in the state, a visit that is a draft, and an open query."""
    by, state = people.datamanager_03, request.getfixturevalue("state")
    patient = new_patient(by)
    form = save(full_baseline(patient), by=by, complete=state != "in progress")
    visit = save(FollowUp(patient=patient, centre_id=3, instance_no=1), by=by)
    query = {"form": "baseline", "record": str(form.public_id), "message": "Is ECOG right?"}
    asked = program_of(people.monitor).post("queries/", query).json()
    if state == "locked":
        monkeypatch.setattr("registry.actions.states.missing_for_lock", lambda records: [])
        with scope(claims_of(people.monitor)):
            lock_patient(patient, by=people.monitor, reason="end of the registry")
        monkeypatch.undo()
    with scope(claims_of(people.monitor)):
        form.refresh_from_db()
        patient.refresh_from_db()
        assert isinstance(form, Baseline)
        assert form.state == state
    return {"patient": patient, "form": form, "visit": visit, "query": asked["id"], "question": query}


def actions(case: dict[str, Any]) -> dict[str, Callable[[Program], Any]]:
    patient, form, visit = (f"{case[name].public_id}" for name in ("patient", "form", "visit"))
    tag, patient_tag, why = f'"{case["form"].version}"', f'"{case["patient"].version}"', {"reason": "as in the letter"}
    new_patient_ = {"values": {"sex": "F", "age_rr": 40, "consent_basis": "written"}, "complete": True}
    replaced = {"values": {"rr_date": "2019-04", "lab_date": "2019-05-01", "ecog": "2", "emd": "0", "cns_rr": "0"}}
    replaced["missing"] = dict.fromkeys(("wbc", "plt", "hb", "ldh", "bm_blasts"), "ND")  # type: ignore[assignment]
    change = {"values": {"ecog": "2"}} | why
    return {
        "read a list": lambda p: p.get("forms/baseline/"),
        "read a patient": lambda p: p.get(f"patients/{patient}/"),
        "read the states": lambda p: p.get(f"patients/{patient}/states/"),
        "read a form": lambda p: p.get(f"forms/baseline/{form}/"),
        "enter a patient": lambda p: p.post("patients/", new_patient_),
        "enter a form": lambda p: p.post("forms/gvhd/", {"patient": patient}),
        "change a form": lambda p: p.patch(f"forms/baseline/{form}/", change, If_Match=tag),
        "replace a form": lambda p: p.send("PUT", f"forms/baseline/{form}/", replaced | why, If_Match=tag),
        "change a patient": lambda p: p.patch(
            f"patients/{patient}/", {"values": {"age_rr": 41}} | why, If_Match=patient_tag
        ),
        "take a form back": lambda p: p.send("DELETE", f"forms/follow_up/{visit}/", why, If_Match='"1"'),
        "verify": lambda p: p.post(f"forms/baseline/{form}/verify/", If_Match=tag),
        "sign": lambda p: p.post(f"forms/baseline/{form}/sign/"),
        "lock": lambda p: p.post(f"patients/{patient}/lock/", why),
        "unlock": lambda p: p.post(f"patients/{patient}/unlock/", why),
        "ask": lambda p: p.post("queries/", case["question"]),
        "answer": lambda p: p.post(f"queries/{case['query']}/answer/", {"answer": "confirmed", "text": "as it is"}),
        "close": lambda p: p.post(f"queries/{case['query']}/close/"),
        "open again": lambda p: p.post(f"queries/{case['query']}/reopen/", {"text": "not yet clear"}),
        "read of snapshots": lambda p: p.get("snapshots/"),
        "take a snapshot": lambda p: p.post("snapshots/"),
        "export patients": lambda p: p.post("exports/", {"format": "csv", "level": "full"}),
        "export without identity": lambda p: p.post("exports/", {"format": "csv", "level": "deidentified"}),
        "read of reports": lambda p: p.get("reports/"),
        "read of runs": lambda p: p.get("runs/"),
        "ask for a report": lambda p: p.post("runs/"),
    }


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("person", PEOPLE)
def test_every_action_is_answered_as_the_role_and_the_state_say(people, person, state, case, unlimited):
    program = program_of(getattr(people, person))
    asked = actions(case)
    assert set(asked) == set(MAY)
    found, expected = {}, {}
    for action, ask in asked.items():
        with transaction.atomic():
            found[action] = ask(program).status_code
            transaction.set_rollback(True)  # each action meets the same case
        who, answers = MAY[action]
        refusal = ELSEWHERE.get(action, 404) if person == "datamanager_07" else 403
        expected[action] = answers[STATES.index(state)] if person in who else refusal
    assert found == expected


def test_no_scope_but_the_one_that_is_needed_opens_an_action(people, monkeypatch, request):
    """Of a token with one scope only what belongs to it is carried out."""
    needed = {"change a form": "write", "answer": "queries"}
    request.getfixturevalue("unlimited")
    by = people.datamanager_03
    patient = new_patient(by)
    form = save(full_baseline(patient), by=by)
    query = {"form": "baseline", "record": str(form.public_id), "message": "Is ECOG right?"}
    asked = program_of(people.monitor).post("queries/", query).json()
    visit = save(FollowUp(patient=patient, centre_id=3, instance_no=1), by=by)
    case = {"patient": patient, "form": form, "visit": visit, "query": asked["id"], "question": query}
    for scope_ in ("read", "write", "queries", "export"):
        program = program_of(by, scope_)
        for action, belongs_to in needed.items():
            with transaction.atomic():
                answer = actions(case)[action](program).status_code
                transaction.set_rollback(True)
            assert answer == (200 if scope_ == belongs_to else 403), (scope_, action)
