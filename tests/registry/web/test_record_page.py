"""The form page: nothing typed is lost, every fault is named at once, and only who may can change anything."""

import pytest
from django.utils.html import escape

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.audit.acting import acting_as
from registry.models import Baseline, ConditioningDrug, Cytogenetics, Gvhd, InoCycle, Patient, SosVod
from tests.pages import save

pytestmark = pytest.mark.django_db

DRUG = {"drug": "flu", "purpose": "cond", "dose": "30", "dose_unit": "mgm2", "version": "0", "instance_no": "1"}


def stored(model, **wanted):
    with scope(system("test", read="all")):
        return model.objects.get(**wanted)


def count(model):
    with scope(system("test", read="all")):
        return model.objects.count()


@pytest.fixture
def client(open_as, people):
    return open_as(people.datamanager_03)


def page(patient, form, rest=""):
    return f"/patients/{patient.public_id}/{form}/{rest}"


def test_a_new_patient_gets_the_next_number_of_the_centre(client, patient):
    values = {"sex": "M", "age_rr": "33", "consent_basis": "waiver", "version": "0", "step": "complete"}
    response = client.post("/patients/new/", values)
    new = stored(Patient, number="03-002")
    assert response.url == f"/patients/{new.public_id}/"
    assert (new.sex, new.age_rr, new.state) == ("M", 33, "complete")


def test_the_form_page_asks_every_item_of_the_paper_in_its_order(client, patient):
    names = [line.name for line in client.get(page(patient, "baseline")).context["whole"].lines]
    assert names[:5] == ["rr_date", "lab_date", "ecog", "wbc", "plt"]


def test_the_unit_stands_beside_its_value_and_starts_with_the_unit_of_the_centre(client, patient):
    lines = {line.name: line for line in client.get(page(patient, "baseline")).context["whole"].lines}
    assert "wbc_unit" not in lines
    assert lines["wbc"].unit.value() == "kul"


def test_a_unit_of_two_values_is_a_question_of_its_own(client, patient):
    assert "bili_unit" in [line.name for line in client.get(page(patient, "sos_vod")).context["whole"].lines]


def test_a_preselected_unit_without_a_value_is_not_saved(client, patient):
    client.post(page(patient, "baseline"), {"wbc_unit": "kul", "version": "0", "step": "draft"})
    assert stored(Baseline).wbc_unit is None


def test_a_draft_is_saved_incomplete(client, patient):
    response = client.post(page(patient, "baseline"), {"ecog": "0", "version": "0", "step": "draft"}, follow=True)
    record = stored(Baseline)
    assert (record.ecog, record.state, record.version) == ("0", "in progress", 1)
    assert "saved as a draft" in response.content.decode()


def test_codes_zero_and_one_of_yes_or_no_are_told_apart(client, patient):
    for code, value in (("0", False), ("1", True)):
        client.post(page(patient, "sos_vod"), {"occurred": code, "version": code, "step": "draft"})
        assert stored(SosVod).occurred is value


def test_a_missing_reason_is_saved_beside_the_value(client, patient):
    client.post(page(patient, "baseline"), {"wbc_missing": "ND", "version": "0", "step": "draft"})
    assert stored(Baseline).missing == {"wbc": "ND"}


def test_several_codes_of_one_question_are_saved(client, patient):
    client.post(page(patient, "baseline"), {"emd_sites": ["node", "skin"], "version": "0", "step": "draft"})
    assert stored(Baseline).emd_sites == ["node", "skin"]


def test_a_partial_date_is_saved_as_precisely_as_it_is_known(client, patient):
    client.post(page(patient, "diagnosis"), {"dx_date": "2019-04", "version": "0", "step": "draft"})
    assert str(client.get(page(patient, "diagnosis")).context["whole"].lines[0].answer) == "2019-04"


def test_all_unreadable_values_are_named_at_once_and_nothing_typed_is_lost(client, patient):
    typed = {"wbc": "5,9 or so", "rr_date": "19-04", "lab_date": "3 April", "ecog": "1", "plt": "200", "step": "draft"}
    response = client.post(page(patient, "baseline"), typed | {"plt_missing": "ND"})
    problems = response.context["form"].problems
    assert response.status_code == 422
    assert set(problems) == {"wbc", "rr_date", "lab_date", "plt"}
    for text in ("5,9 or so", "19-04", "3 April"):
        assert f'value="{text}"' in response.content.decode()
    assert count(Baseline) == 0


def test_unreadable_and_missing_values_are_named_together_when_completion_was_asked_for(client, patient):
    response = client.post(page(patient, "baseline"), {"wbc": "high", "step": "complete"})
    problems = response.context["form"].problems
    message = "“high” is not a number. Write digits, for example 5.9."
    assert [problem.message for problem in problems["wbc"]] == [message]
    assert "ecog" in problems


def test_a_draft_with_faults_is_kept_and_every_fault_is_named(client, patient):
    response = client.post(page(patient, "gvhd"), {"agvhd": "1", "version": "0", "step": "complete"}, follow=True)
    text = response.content.decode()
    assert stored(Gvhd).state == "in progress"
    assert "Saved as a draft. 3 things keep this form from being complete." in text
    assert set(response.context["form"].problems) == {"agvhd_date", "agvhd_grade", "cgvhd"}
    assert 'href="#id_agvhd_date"' in text


def test_a_value_that_is_not_possible_is_named_with_its_check(client, patient):
    client.post(page(patient, "baseline"), {"bm_blasts": "140", "version": "0", "step": "complete"})
    problems = client.get(page(patient, "baseline", "?check")).context["form"].problems["bm_blasts"]
    assert [problem.check_id for problem in problems] == ["C33"]


def test_a_fault_over_two_fields_stands_beside_both_and_once_in_the_summary(client, patient):
    values = {"cycle_no": "1", "d1_date": "2020-03-01", "d1_dose": "0.8", "resp_assessed": "1", "resp": "cr"}
    values |= {"resp_date": "2020-02-01", "version": "0", "step": "complete"}
    form = client.post(page(patient, "ino_cycle", "new/"), values, follow=True).context["form"]
    beside = [name for name, problems in form.problems.items() for each in problems if each.check_id == "C57"]
    assert {"d1_date", "resp_date"} <= set(beside)
    assert len([problem for problem in form.summary if problem.check_id == "C57"]) == 1


def test_a_complete_form_leads_back_to_the_patient(client, patient):
    response = client.post(page(patient, "gvhd"), {"agvhd": "0", "cgvhd": "0", "version": "0", "step": "complete"})
    assert response.url == f"/patients/{patient.public_id}/"
    assert stored(Gvhd).state == "complete"


@pytest.fixture
def complete_gvhd(client, patient):
    client.post(page(patient, "gvhd"), {"agvhd": "0", "cgvhd": "0", "version": "0", "step": "complete"})
    return stored(Gvhd)


def test_a_complete_form_asks_for_a_reason_and_keeps_what_was_typed(client, patient, complete_gvhd):
    changed = {"agvhd": "0", "cgvhd_missing": "UNK", "version": "1", "step": "complete"}
    response = client.post(page(patient, "gvhd"), changed)
    assert response.status_code == 422
    assert "say why it is changed" in response.content.decode()
    assert response.context["form"]["cgvhd_missing"].value() == "UNK"
    client.post(page(patient, "gvhd"), changed | {"reason": "letter of the clinic"})
    assert stored(Gvhd).missing == {"cgvhd": "UNK"}


def test_a_change_that_would_make_a_complete_form_incomplete_is_not_saved(client, patient, complete_gvhd):
    values = {"agvhd": "1", "cgvhd": "0", "version": "1", "step": "complete", "reason": "seen again"}
    response = client.post(page(patient, "gvhd"), values)
    assert "would make it incomplete" in response.content.decode()
    assert set(response.context["form"].problems) == {"agvhd_date", "agvhd_grade"}
    assert stored(Gvhd).agvhd == "0"


def test_the_next_repeat_carries_the_next_number(client, patient, people):
    save(InoCycle(patient=patient, centre_id=3, cycle_no=1), by=people.datamanager_03)
    assert client.get(page(patient, "ino_cycle", "new/")).context["whole"].lines[0].value.value() == "2"


def test_the_next_time_point_is_the_one_that_is_free(client, patient, people):
    save(Cytogenetics(patient=patient, centre_id=3, timepoint="dx"), by=people.datamanager_03)
    assert client.get(page(patient, "cytogenetics", "new/")).context["whole"].lines[0].value.value() == "rr"
    save(Cytogenetics(patient=patient, centre_id=3, timepoint="rr"), by=people.datamanager_03)
    assert client.get(page(patient, "cytogenetics", "new/")).url == f"/patients/{patient.public_id}/"


def test_a_repeat_sent_twice_is_saved_once(client, patient):
    address = page(patient, "conditioning_drug", "new/")
    client.post(address, DRUG | {"step": "draft"})
    again = client.post(address, DRUG | {"step": "draft"})
    assert "already a" in again.content.decode()
    assert count(ConditioningDrug) == 1


def test_a_repeat_is_deleted_with_a_reason(client, patient, people):
    record = save(InoCycle(patient=patient, centre_id=3, cycle_no=1), by=people.datamanager_03)
    address = page(patient, "ino_cycle", f"{record.public_id}/delete/")
    assert client.post(address, {"version": "1", "reason": "no"}).status_code == 422
    client.post(address, {"version": "1", "reason": "entered for the wrong patient"})
    assert count(InoCycle) == 0


def test_monitor_and_coordinator_read_the_form_and_cannot_change_it(open_as, people, patient, complete_gvhd):
    for reader in (people.monitor, people.coordinator):
        client = open_as(reader)
        assert not client.get(page(patient, "gvhd")).context["form"].fields
        client.post(page(patient, "gvhd"), {"agvhd": "1", "version": "1", "reason": "try it anyway"})
        assert stored(Gvhd).agvhd == "0"


def test_only_the_monitor_enters_the_central_review(open_as, people, patient, client):
    record = save(Cytogenetics(patient=patient, centre_id=3, timepoint="dx"), by=people.datamanager_03)
    address = page(patient, "cytogenetics", f"{record.public_id}/")
    assert "class_review" not in client.get(address).context["form"].fields
    assert set(open_as(people.monitor).get(address).context["form"].fields) == {"class_review", "class_review_reason"}
    open_as(people.monitor).post(
        address, {"class_review": "complex", "class_review_reason": "four markers", "version": "1", "step": "draft"}
    )
    assert stored(Cytogenetics).class_review == "complex"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "{{ 7|add:7 }}"])
def test_what_was_typed_is_shown_as_text_wherever_it_appears(client, patient, text):
    client.post(page(patient, "death"), {"cause_text": text, "version": "0", "step": "draft"})
    stale = {"cause_text": f"{text} more", "version": "0", "step": "draft"}
    pages = [client.get(page(patient, "death")), client.get(page(patient, "death", "history/"))]
    for response in (*pages, client.post(page(patient, "death"), stale)):
        assert escape(text) in response.content.decode()
        assert text not in response.content.decode() or text == escape(text)


def test_a_null_character_is_refused_in_a_value_and_dropped_from_a_reason(client, patient, complete_gvhd):
    response = client.post(page(patient, "death"), {"cause_text": "a\x00b", "version": "0", "step": "draft"})
    assert set(response.context["form"].problems) == {"cause_text"}
    changed = {"agvhd": "0", "cgvhd_missing": "UNK", "version": "1", "reason": "letter\x00 of the clinic"}
    client.post(page(patient, "gvhd"), changed)
    assert stored(Gvhd).missing == {"cgvhd": "UNK"}


def test_a_locked_form_is_read_only(client, patient, people, complete_gvhd):
    with scope(claims_of(people.monitor)), acting_as(people.monitor, "end of monitoring", centre=3):
        Gvhd.objects.update(state="locked")
    response = client.get(page(patient, "gvhd"))
    assert not response.context["form"].fields
    assert "This record is locked" in response.content.decode()
