"""The derived values on the patient page: in words, with what they rest on, with what is missing."""

import csv
from pathlib import Path

import pytest

from fixtures.build.people import cohort
from registry.access.context import scope, system
from registry.derivations.catalogue import GROUPS
from registry.models import FORMS_BY_NAME, Patient
from registry.models.patient_records import load_patient_records
from registry.web.patient.derived_values import derived_values
from tests.registry.checks.valid_patient import NOT_STARTED, Missing, date
from tests.registry.checks.valid_patient import records as in_memory

CORE = Path(__file__).resolve().parents[3] / "fixtures" / "cohort_core.csv"
YES_NO = {"1": "yes", "0": "no"}
STATUS = {"cr_alive": "alive", "relapse_alive": "alive", "relapse_dead": "dead", "died_in_remission": "dead"}
EVENTS = {
    "cr_alive": "none until last contact",
    "relapse_alive": "relapse (CIR)",
    "relapse_dead": "relapse (CIR)",
    "died_in_remission": "death in remission (CID)",
}


def records(*, patient=None, **changes):
    """The valid patient, under a number: she has a page."""
    return in_memory(patient={"pk": 1} | (patient or {}), **changes)


def values(found):
    return {str(each.variable.name): each for group in derived_values(found) for each in group.values}


def in_words(found):
    return {name: each.value for name, each in values(found).items()}


def missing(value):
    return {source.title: [answer.label for answer in source.answers] for source in value.missing}


def test_the_values_of_a_patient_are_those_counted_by_hand():
    # Six doses from 2 May to 11 June 2019, HCT on 25 July, SOS/VOD on 6 August, one alkylator, in CR throughout.
    expected = {
        "Age": "42 years",
        "Cytogenetic class": "normal",
        "Heavily pretreated": "yes",
        "Relapses before INO": "1",
        "INO cycles": "2.00",
        "Best response to INO": "complete remission",
        "First INO dose to HCT": "84 days",
        "Last INO dose to HCT": "44 days",
        "CR at HCT": "yes",
        "Response before HCT": "complete remission",
        "MRD before HCT": "negative",
        "Dual alkylators": "no",
        "Myeloablative conditioning": "yes",
        "Intensity by the doses": "myeloablative",
        "Day after HCT": "12",
        "Onset": "classical",
        "Status": "alive at last contact",
    }
    found = in_words(records())
    assert {name: found[name] for name in expected} == expected


def test_a_value_names_the_answers_it_rests_on_with_the_address_of_each():
    (sos, hct) = values(records())["Day after HCT"].entered
    assert [(sos.title, sos.answers[0].value), (hct.title, hct.answers[0].value)] == [
        ("SOS/VOD", "2019-08-06"),
        ("Allo-HCT", "2019-07-25"),
    ]
    assert sos.answers[0].url.endswith("/sos_vod/#line-dx_date")


def test_what_cannot_be_derived_says_which_form_is_not_started():
    value = values(records(hct=NOT_STARTED))["Last INO dose to HCT"]
    assert (value.value, missing(value)) == ("", {"Allo-HCT": []})


def test_what_cannot_be_derived_names_the_unanswered_question_and_not_those_that_do_not_apply():
    cycles = [{"d15_given": False, "d15_date": None, "d15_dose": None}, {}]
    value = values(records(ino_cycle=cycles, hct={"hct_date": None}))["Last INO dose to HCT"]
    assert missing(value) == {"Allo-HCT": ["Date of index allo-HCT (day 0, first after INO)"]}


def test_where_the_answers_do_not_decide_it_nothing_is_called_missing():
    # No MRD was assessed: neither at HCT nor after a cycle.
    value = values(records(hct={"mrd_done": False, "mrd_result": None, "mrd_date": None}))["MRD before HCT"]
    assert (value.value, value.missing) == ("", [])


def test_an_answer_that_is_missing_for_a_reason_is_not_asked_for_again():
    value = values(records(sos_vod={"weight_gain": Missing("UNK"), "hepatomegaly": Missing("UNK")}))["Criteria met"]
    answers = {answer.label: answer.value for source in value.entered for answer in source.answers}
    assert answers["Hepatomegaly"] == "missing: unknown or not documented"
    assert missing(value) == {}


def test_without_sos_its_values_do_not_apply():
    value = values(records(sos_vod={"occurred": False}))["EBMT severity"]
    assert (value.applies, value.value, value.missing) == (False, "", [])


def test_a_death_in_remission_is_an_event():
    found = in_words(records(death={"death_date": date("2023-02-01")}))
    assert (found["Status"], found["First event, CIR or CID"]) == ("dead", "death in remission (CID)")
    assert found["Survival from HCT"] == "1287 days"  # 25 July 2019 to 1 February 2023


def test_of_a_patient_of_whom_nothing_is_entered_no_value_is_invented():
    forms = [form for form in FORMS_BY_NAME if form not in ("patient", "centre")]
    found = records(patient={"age_rr": None}, **dict.fromkeys(forms, NOT_STARTED))
    assert set(in_words(found).values()) == {""}
    assert all(each.missing for each in values(found).values())


def test_every_variable_names_its_number_and_items_that_exist():
    variables = [variable for group in GROUPS for variable in group.variables]
    for variable in variables:
        for item in (*variable.items, *([variable.codes_of] if variable.codes_of else [])):
            form, _dot, field = item.partition(".")
            assert FORMS_BY_NAME[form]._meta.get_field(field).crf
        assert variable.number.startswith("D")
    assert len({str(variable.name) for variable in variables}) == len(variables)


@pytest.mark.slow
def test_the_reference_cohort_has_the_values_of_its_core(cohort_registry):
    with CORE.open(newline="", encoding="utf-8") as file:
        core = {int(row["no"]): row for row in csv.DictReader(file)}
    number = {patient.patient_id: patient.core.no for patient in cohort()}
    with scope(system("test", read="all")):
        found = {str(patient): in_words(load_patient_records(patient)) for patient in Patient.objects.all()}
    assert len(found) == 58
    differ = {
        (patient, name, words[name], value)
        for patient, words in found.items()
        for name, value in expected_of(core[number[patient]]).items()
        if words[name] != value
    }
    assert differ == set()


def expected_of(core):
    """The words that stand for one row of the core."""
    days = int(core["ino_first_to_hct"]) + int(core["hct_to_last_contact"])
    status = STATUS[core["outcome"]]
    return {
        "Age": f"{core['age']} years",
        "INO cycles": f"{float(core['ino_cycles']):.2f}",
        "Last INO dose to HCT": f"{core['ino_last_to_hct']} days",
        "First INO dose to HCT": f"{core['ino_first_to_hct']} days",
        "Blinatumomab": YES_NO[core["blina_before"]],
        "Allo-HCT in first line": YES_NO[core["allo_first_line"]],
        "CR at HCT": "no" if core["course"] == "nonresponder" else "yes",
        "Dual alkylators": YES_NO[core["dual_alkylators"]],
        "Myeloablative conditioning": YES_NO[core["mac"]],
        "SOS/VOD": YES_NO[core["sos"]],
        "Day after HCT": core["hct_to_sos"],
        "Status": "alive at last contact" if status == "alive" else status,
        "Survival from INO": f"{days} days",
        "Survival from HCT": f"{core['hct_to_last_contact']} days",
        "First event, CIR or CID": EVENTS[core["outcome"]],
    }
