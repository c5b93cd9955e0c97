"""Records as JSON: read, entered, changed and taken back, with every fault at once and no lost update."""

import datetime as dt

import pytest

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.api.description.operations import FOLLOW_UP
from registry.audit.acting import acting_as
from registry.models import AuditEntry, Baseline, FollowUp, InoCycle
from tests.pages import save
from tests.programs import program_of

pytestmark = pytest.mark.django_db
FULL = {"rr_date": "2019-04", "lab_date": "2019-05-01", "ecog": "1", "emd": "0", "cns_rr": "0"}
REASONS = dict.fromkeys(("wbc", "plt", "hb", "ldh", "bm_blasts"), "ND")


@pytest.fixture
def new(anna, patient):
    """Enters a baseline and answers what came back."""

    def enter(**body):
        return anna.post(
            "forms/baseline/", {"patient": str(patient.public_id), "values": FULL, "missing": REASONS} | body
        )

    return enter


def faults(answer):
    assert answer.status_code == 422, answer.content
    return {(error["field"], error["check_id"]) for error in answer.json()["errors"]}


def test_values_are_plain_json_with_reasons_and_precision_beside_them(anna, patient, people):
    by = people.datamanager_03
    row = save(Baseline(patient=patient, centre_id=3, rr_date="2019-04", hb="8.10", missing={"wbc": "ND"}), by=by)
    record = anna.get(f"forms/baseline/{row.public_id}/").json()
    assert (record["patient"], record["patient_number"], record["centre"]) == (str(patient.public_id), "03-001", 3)
    assert (record["state"], record["version"], record["verified"], record["signed"]) == (
        "in progress",
        1,
        False,
        False,
    )
    assert (record["values"]["hb"], record["values"]["rr_date"], record["values"]["wbc"]) == ("8.1", "2019-04", None)
    assert (record["missing"], record["precision"]) == ({"wbc": "ND"}, {"rr_date": "month"})
    assert "labels" not in record


def test_words_stand_beside_the_codes_on_request(anna, patient, people):
    cycle = InoCycle(patient=patient, centre_id=3, cycle_no=1, d8_given=False, concomitant=["none"])
    save(cycle, by=people.datamanager_03)
    record = anna.get("forms/ino_cycle/", {"labels": "true"}).json()["results"][0]
    assert (record["values"]["d8_given"], record["labels"]["d8_given"]) == (False, "no")
    assert (record["values"]["concomitant"], record["labels"]["concomitant"]) == (["none"], ["nothing"])


def test_a_record_is_entered_and_completed_in_one_request(new):
    answer = new(complete=True)
    assert (answer.status_code, answer.json()["state"], answer["ETag"]) == (201, "complete", '"1"')
    assert answer["Location"].endswith(f"/forms/baseline/{answer.json()['id']}/")


def test_a_draft_may_have_gaps(anna, patient):
    answer = anna.post("forms/baseline/", {"patient": str(patient.public_id), "values": {"ecog": "1"}})
    assert (answer.status_code, answer.json()["state"]) == (201, "in progress")


def test_everything_that_is_wrong_is_named_at_once_and_nothing_is_saved(new, people):
    answer = new(
        values=FULL
        | {"ecog": "9", "wbc": "many", "bm_blasts": 140, "rr_date": "2019-13", "colour": "red", "emd": None},
        missing={"plt": "WHY", "lab_date": "ND"},
        complete=True,
        version=7,
    )
    assert faults(answer) == {
        ("version", "unreadable"),
        ("ecog", "unreadable"),
        ("wbc", "unreadable"),
        ("rr_date", "C14"),
        ("colour", "unreadable"),
        ("plt", "unreadable"),
        ("lab_date", "unreadable"),
        ("bm_blasts", "C33"),
        ("emd", "required"),
        ("hb", "required"),
        ("ldh", "required"),
    }
    with scope(claims_of(people.monitor)):
        assert not Baseline.objects.exists()


def test_a_fault_says_what_the_page_says_and_what_helps(new):
    missing = {item: "ND" for item in REASONS if item != "bm_blasts"}
    assert new(values=FULL | {"bm_blasts": 140}, missing=missing, complete=True).json()["errors"] == [
        {
            "field": "bm_blasts",
            "check_id": "C33",
            "message": "140 % is not possible. Values from 0 to 100 are accepted.",
            "remedy": "Correct the value.",
            "form": "baseline",
        }
    ]


def test_a_rule_over_several_items_names_them(new):
    (error,) = new(values=FULL | {"cns_rr_therapy": ["it_mtx"]}, complete=True).json()["errors"]
    assert (error["check_id"], error["remedy"]) == ("C39", "Correct one of: emd, emd_sites, cns_rr, cns_rr_therapy.")


OF_ANOTHER_TYPE = [
    ("hb", True),
    ("hb", "1e3"),
    ("hb", [8]),
    ("ecog", 1),
    ("rr_date", 2019),
    ("emd_sites", "cns"),
    ("emd_sites", [1]),
    ("lab_date", "2019-02-30"),
]


@pytest.mark.parametrize(("item", "value"), OF_ANOTHER_TYPE)
def test_a_value_of_another_type_is_refused_and_never_guessed(new, item, value):
    assert any(field == item for field, _ in faults(new(values={item: value}, missing={})))


def test_numbers_come_as_digits_or_as_numbers_and_stay_what_they_are(new):
    values = new(values={"hb": 8.1, "wbc": "0.10", "plt": 12}, missing={}).json()["values"]
    assert (values["hb"], values["wbc"], values["plt"]) == ("8.1", "0.1", "12")


def test_the_second_record_of_a_form_that_a_patient_has_once_is_refused_with_the_first(new):
    first = new().json()
    answer = new()
    assert (answer.status_code, answer.json()["current"]["id"]) == (409, first["id"])


def test_a_repeat_takes_the_next_number_or_the_one_that_is_sent(anna, patient):
    body = {"patient": str(patient.public_id)}
    assert [anna.post("forms/follow_up/", body).json()["instance_no"] for _ in range(2)] == [1, 2]
    assert anna.post("forms/follow_up/", body | {"instance_no": 9}).json()["instance_no"] == 9
    assert anna.post("forms/follow_up/", body | {"instance_no": 9}).status_code == 422
    assert anna.post("forms/ino_cycle/", body).json()["values"]["cycle_no"] == 1
    assert anna.post("forms/cytogenetics/", body).json()["values"]["timepoint"] == "dx"


def test_a_change_names_the_version_it_was_made_from(anna, new):
    address = f"forms/baseline/{new().json()['id']}/"
    assert anna.patch(address, {"values": {"ecog": "2"}}).status_code == 428
    assert anna.patch(address, {"values": {"ecog": "2"}}, If_Match="*").status_code == 400
    answer = anna.patch(address, {"values": {"ecog": "2"}}, If_Match='"1"')
    assert (answer.status_code, answer["ETag"], answer.json()["values"]["ecog"]) == (200, '"2"', "2")


def test_a_stale_change_shows_both_values_and_saves_nothing(anna, new):
    address = f"forms/baseline/{new().json()['id']}/"
    anna.patch(address, {"values": {"ecog": "2"}}, If_Match='"1"')
    answer = anna.patch(address, {"values": {"ecog": "0", "emd": "0"}}, If_Match='"1"')
    assert (answer.status_code, answer["ETag"]) == (412, '"2"')
    assert answer.json()["differences"] == [
        {"field": "ecog", "yours": {"value": "0", "missing": None}, "theirs": {"value": "2", "missing": None}}
    ]
    assert anna.get(address).json()["values"]["ecog"] == "2"


def test_a_patch_leaves_what_is_not_sent_and_a_put_empties_it(anna, new):
    address = f"forms/baseline/{new().json()['id']}/"
    patched = anna.patch(address, {"values": {"wbc": 5, "wbc_unit": "e9"}}, If_Match='"1"').json()
    assert (patched["values"]["ecog"], "wbc" in patched["missing"]) == ("1", False)
    put = anna.send("PUT", address, {"values": {"ecog": "2"}}, If_Match='"2"').json()
    assert (put["values"]["ecog"], put["values"]["wbc"], put["missing"]) == ("2", None, {})


def test_a_reason_takes_the_place_of_a_value_and_null_takes_it_back(anna, new):
    address = f"forms/baseline/{new(values=FULL | {'hb': 8, 'hb_unit': 'gdl'}, missing={}).json()['id']}/"
    said = anna.patch(address, {"missing": {"hb": "UNK"}}, If_Match='"1"').json()
    assert (said["values"]["hb"], said["missing"]) == (None, {"hb": "UNK"})
    assert anna.patch(address, {"missing": {"hb": None}}, If_Match='"2"').json()["missing"] == {}


def test_a_complete_record_is_changed_with_a_reason_only(anna, new, people):
    address = f"forms/baseline/{new(complete=True).json()['id']}/"
    change = {"values": {"ecog": "2"}}
    assert faults(anna.patch(address, change, If_Match='"1"')) == {("reason", "required")}
    assert anna.patch(address, change | {"reason": "as in the letter"}, If_Match='"1"').status_code == 200
    answer = anna.patch(address, {"values": {"ecog": "0"}}, If_Match='"2"', Change_Reason="typed wrongly")
    assert answer.json()["state"] == "complete"
    with acting_as(people.monitor):
        reasons = AuditEntry.objects.filter(table="registry_baseline", operation="U").values_list("reason", flat=True)
        assert set(reasons) == {"as in the letter", "typed wrongly"}


def test_a_complete_record_stays_complete(anna, new):
    address = f"forms/baseline/{new(complete=True).json()['id']}/"
    answer = anna.patch(address, {"values": {"ecog": None}, "reason": "as in the letter"}, If_Match='"1"')
    assert ("ecog", "required") in faults(answer)


def test_a_repeat_is_taken_back_with_version_and_reason_and_a_form_once_is_not(anna, patient, new, people):
    visit = anna.post("forms/follow_up/", {"patient": str(patient.public_id)}).json()
    address = f"forms/follow_up/{visit['id']}/"
    assert anna.send("DELETE", address).status_code == 428
    assert anna.send("DELETE", address, If_Match='"1"').status_code == 422
    assert anna.send("DELETE", address, If_Match='"9"', Change_Reason="entered twice").status_code == 412
    assert anna.send("DELETE", address, If_Match='"1"', Change_Reason="entered twice").status_code == 204
    with scope(claims_of(people.monitor)):
        assert not FollowUp.objects.exists()
    refused = anna.send("DELETE", f"forms/baseline/{new().json()['id']}/", If_Match='"1"')
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, PATCH, PUT")


def test_the_central_review_is_entered_by_the_monitor_and_left_alone_by_a_put_of_the_centre(anna, patient, people):
    row = anna.post("forms/cytogenetics/", {"patient": str(patient.public_id), "values": {"banding": "nd"}}).json()
    address = f"forms/cytogenetics/{row['id']}/"
    review = {"values": {"class_review": "normal", "class_review_reason": "read again"}}
    assert anna.patch(address, review, If_Match='"1"').status_code == 403
    assert program_of(people.monitor).patch(address, review, If_Match='"1"').status_code == 200
    kept = anna.send("PUT", address, {"values": {"banding": "failed"}}, If_Match='"2"').json()["values"]
    assert (kept["class_review"], kept["banding"], kept["timepoint"]) == ("normal", "failed", "dx")


def test_a_new_patient_gets_the_number_and_centre_of_the_user(anna):
    values = {"sex": "F", "age_rr": 40, "consent_basis": "written"}
    answer = anna.post("patients/", {"values": values, "complete": True})
    assert (answer.status_code, answer.json()["patient_number"], answer.json()["centre"]) == (201, "03-001", 3)
    assert faults(anna.post("patients/", {"values": values | {"patient_id": "07-001", "centre_no": 7}})) == {
        ("patient_id", "unreadable"),
        ("centre_no", "unreadable"),
    }


def test_a_date_of_a_visit_is_a_day(anna, patient, people):
    save(
        FollowUp(patient=patient, centre_id=3, instance_no=1, visit_date=dt.date(2021, 5, 4)), by=people.datamanager_03
    )
    assert anna.get("forms/follow_up/").json()["results"][0]["values"]["visit_date"] == "2021-05-04"


def test_the_visit_of_the_description_is_accepted_as_it_stands(anna, patient):
    visit = FOLLOW_UP.value | {"patient": str(patient.public_id)}
    answer = anna.post("forms/follow_up/", visit)
    assert (answer.status_code, answer.json()["state"]) == (201, "complete"), answer.content


def test_what_cannot_be_read_names_its_form_as_what_is_missing_does(anna, patient):
    visit = {"patient": str(patient.public_id), "values": {"alive": "perhaps", "colour": 1}, "complete": True}
    errors = anna.post("forms/follow_up/", visit).json()["errors"]
    assert {error["form"] for error in errors} == {"follow_up"}
