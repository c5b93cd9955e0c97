"""Each of the 40 hard checks: raised, passed, and left open where an operand may be missing."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from registry.checks import completeness
from registry.checks.engine import CHECKS, run
from registry.checks.finding import Severity
from registry.checks.rules import Rule
from registry.models import PATIENT_FORMS, Diagnosis
from registry.models.checks.conditioning_doses import HARD_LIMITS
from tests.registry.checks.asking import RULES, found, operands
from tests.registry.checks.hard_cases import HARD_CASES, Case, Changes
from tests.registry.checks.valid_patient import NOT_STARTED, Missing, date, partial, records

# The hard checks of the catalogue but C100, which is asked at the lock of a patient's records.
HARD_NUMBERS = (
    *(1, 2, 5, 7, 8, 13, 14, 15, 18, 19, 21, 22, 23, 33, 35, 39, 40, 41, 43, 48),
    *(49, 50, 51, 57, 61, 66, 68, 72, 73, 76, 77, 79, 81, 85, 86, 88, 93, 95, 97, 98),
)
HARD_CHECKS = [f"C{number:02d}" for number in HARD_NUMBERS]

RAISED = [(check_id, change) for check_id, case in HARD_CASES.items() for change in case.raised]
PASSED = [(check_id, change) for check_id, case in HARD_CASES.items() for change in case.passed]
LEFT_OPEN = [(check_id, case.left_open) for check_id, case in HARD_CASES.items() if case.left_open]

# Drafts and forms not yet started: what they would answer is left open, and the other form can be completed.
NOT_YET_ANSWERED: list[tuple[str, Changes]] = [
    ("C01", {"patient": {"number": None}}),
    ("C08", {"hct": NOT_STARTED}),
    ("C08", {"eligibility": NOT_STARTED}),
    ("C08", {"eligibility": {"hct_after_ino": None}}),
    ("C15", {"hct": NOT_STARTED}),
    ("C18", {}),
    ("C19", {"follow_up": NOT_STARTED}),
    ("C19", {"follow_up": {"alive": None}}),
    ("C19", {"follow_up": {"alive": False, "disease": None}}),
    ("C21", {"cytogenetics": {"timepoint": None}}),
    ("C23", {"cytogenetics": {"banding": None}}),
    ("C41", {"prior_treatment": {"setting": "antecedent"}, "diagnosis": NOT_STARTED}),
    ("C41", {"prior_treatment": {"setting": None}}),
    ("C43", {"prior_treatment": {"allohct_date": date("2018-01-05")}, "diagnosis": {"dx_date": Missing("UNK")}}),
    ("C43", {"prior_treatment": {"allohct_date": date("2018-01-05")}, "ino_cycle": NOT_STARTED}),
    ("C48", {"prior_treatment": {"relapse_date": Missing("UNK")}}),
    ("C49", {"ino_cycle": NOT_STARTED}),
    ("C50", {"ino_cycle": {"d1_date": None}}),
    ("C68", {"pre_hct_therapy": {"reason": "relapse"}}),
    ("C68", {"pre_hct_therapy": {"reason": "relapse"}, "hct": NOT_STARTED}),
    ("C72", {"hct": {"hct_date": None}}),
    ("C72", {"ino_cycle": NOT_STARTED}),
    ("C73", {"hct": {"hct_no": 2}, "prior_treatment": NOT_STARTED}),
    ("C73", {"hct": NOT_STARTED}),
    ("C79", {"conditioning_drug": NOT_STARTED}),
    ("C79", {"conditioning_drug": [{"purpose": None}]}),
    ("C85", {"sos_vod": NOT_STARTED}),
    ("C85", {"sos_vod": {"occurred": None}}),
    ("C86", {"sos_vod": NOT_STARTED}),
    ("C86", {"hct": NOT_STARTED}),
    ("C88", {"sos_vod": NOT_STARTED}),
    ("C88", {"sos_vod": {"occurred": None}}),
    ("C88", {"sos_vod": {"grade": "5", "outcome": "fatal"}}),
    ("C95", {"maintenance": {"given": True}}),
    ("C95", {"maintenance": {"given": None}}),
    ("C95", {"maintenance": NOT_STARTED}),
    ("C97", {"follow_up": {"disease": "rel"}}),
    ("C97", {"follow_up": {"disease": "rel", "visit_date": None}, "relapse": {}}),
    ("C97", {"relapse": {}, "hct": NOT_STARTED}),
    ("C97", {"relapse": {"rel_date": date("2022-12-24")}}),
    ("C98", {"death": {"cause": "relapse", "in_remission": "0"}, "hct": NOT_STARTED}),
    ("C98", {"death": {"cause": "relapse", "in_remission": "0"}, "hct": {"status": None}}),
]


def test_the_catalogue_has_its_forty_hard_checks() -> None:
    in_the_engine = {check.check_id for check in CHECKS.values() if check.severity is Severity.HARD}
    by_type = {"C14"}
    assert sorted(in_the_engine | {rule.check_id for _, rule in RULES} | by_type) == HARD_CHECKS
    assert len(HARD_CHECKS) == 40
    assert sorted(HARD_CASES.keys() | by_type) == HARD_CHECKS


def test_the_valid_patient_is_complete_and_raises_nothing() -> None:
    patient = records()
    assert [fault for record in patient.everything() for fault in completeness.faults(record)] == []
    assert run(patient).findings == ()


@pytest.mark.parametrize(("check_id", "change"), RAISED)
def test_a_violation_is_found(check_id: str, change: Changes) -> None:
    outcome = run(records(**change))
    messages = found(outcome, check_id)
    assert messages, f"{check_id} is not raised by {change}"
    if change is HARD_CASES[check_id].raised[0]:
        assert messages[0] == HARD_CASES[check_id].message


@pytest.mark.parametrize(("check_id", "change"), PASSED)
def test_what_comes_close_is_not_a_violation(check_id: str, change: Changes) -> None:
    outcome = run(records(**change))
    assert found(outcome, check_id) == []
    assert check_id not in outcome.not_evaluable


@pytest.mark.parametrize(("check_id", "change"), LEFT_OPEN + NOT_YET_ANSWERED)
def test_without_an_operand_the_check_is_not_evaluable(check_id: str, change: Changes) -> None:
    outcome = run(records(**change))
    assert found(outcome, check_id) == []
    assert check_id in outcome.not_evaluable


def test_each_check_with_an_operand_that_may_be_missing_has_a_case_without_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    owed = {check_id for check_id in HARD_CASES if any(field.crf.may_be_missing for field in operands(check_id))}
    exempt = sorted(HARD_CASES.keys() - owed)
    with capsys.disabled():
        print(f"\nNo case of a missing operand, because no operand may be missing: {', '.join(exempt)}")
    assert {check_id for check_id, _ in LEFT_OPEN} == owed


@pytest.mark.parametrize("check_id", sorted(CHECKS))
def test_every_place_of_a_finding_is_a_field_that_the_check_names(check_id: str) -> None:
    declared = set(CHECKS[check_id].fields)
    assert all(operands(check_id))
    for change in HARD_CASES[check_id].raised if check_id in HARD_CASES else ():
        findings = [finding for finding in run(records(**change)).findings if finding.check_id == check_id]
        assert {f"{place.form}.{place.field}" for finding in findings for place in finding.places} <= declared


@pytest.mark.parametrize("text", ["2019-13", "2019-02-30", "19-04-03", "2019-4"])
def test_c14_refuses_a_malformed_partial_date_even_in_a_draft(text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Diagnosis(dx_date=text).clean_fields()
    assert refusal.value.error_dict["dx_date"][0].code == "C14"
    assert "Enter year, year-month or a full date." in refusal.value.message_dict["dx_date"][0]


@pytest.mark.parametrize("value", ["2019", "2019-04", "2019-04-03", None])
def test_c14_accepts_a_year_a_month_a_day_and_no_date(value: str | None) -> None:
    diagnosis = Diagnosis(dx_date=value, missing={} if value else {"dx_date": "UNK"})
    diagnosis.clean_fields()
    assert diagnosis.dx_date == (partial(value) if value else None)


def _rule_cases() -> list[tuple[Rule, Changes]]:
    return [
        (rule, change)
        for model, rule in RULES
        for case in [HARD_CASES[rule.check_id]]
        for change in (*case.raised, *case.passed, *([case.left_open] if case.left_open else []))
        if model.form in change or change == {}  # type: ignore[attr-defined]
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change"), _rule_cases())
def test_postgresql_judges_a_complete_record_as_the_engine_does(rule: Rule, change: Changes) -> None:
    record = records(**change).one(rule.form)
    record.state = "complete"
    try:
        rule.validate(type(record), record)
        refused = False
    except ValidationError:
        refused = True
    assert refused is bool(rule.evaluate(record))
    record.state = "in progress"
    rule.validate(type(record), record)


def test_a_fatal_sos_vod_is_completed_before_the_death_form_which_then_meets_the_check() -> None:
    fatal: Changes = {"sos_vod": {"grade": "5", "outcome": "fatal", "resolution_date": None}}
    assert run(records(**fatal)).blocking("sos_vod") == []
    contradicted = run(records(**fatal, death={"cause": "sepsis"}))
    assert [finding.check_id for finding in contradicted.blocking("death")] == ["C88"]
    assert run(records(**fatal, death={"cause": "sos"})).blocking("death") == []


def test_all_faults_are_found_at_once() -> None:
    outcome = run(records(patient={"number": "04-007"}, hct={"donor": "cb", "hct_no": 2}, ino_cycle={"resp": None}))
    assert {finding.check_id for finding in outcome.findings} == {"C01", "C57", "C73", "C76"}


def test_a_draft_without_any_answer_is_not_evaluable_and_never_a_crash() -> None:
    for model in PATIENT_FORMS:
        empty = dict.fromkeys((field.name for field in model._meta.concrete_fields if hasattr(field, "crf")), None)
        run(records(**{model.form: empty}))


def test_missing_stands_for_a_reason_and_not_for_a_value() -> None:
    baseline = records(baseline={"hb": Missing("ND")}).one("baseline")
    assert (baseline.hb, baseline.missing) == (None, {"hb": "ND"})


def test_every_case_names_what_it_changes() -> None:
    assert all(isinstance(case, Case) and case.raised and case.passed for case in HARD_CASES.values())


@pytest.mark.parametrize(("key", "limits"), HARD_LIMITS.items())
def test_the_possible_doses_of_a_drug_include_their_limits(key: tuple[str, str, str], limits: tuple[str, str]) -> None:
    drug, unit, detail = key
    purpose = "ptcy" if detail == "ptcy" else "cond"
    given = {"drug": drug, "dose_unit": unit, "purpose": purpose, "route": "po" if detail == "po" else "iv"}

    def is_possible(dose: Decimal) -> bool:
        return not found(run(records(conditioning_drug=given | {"total_dose": dose})), "C33")

    low, high = map(Decimal, limits)
    assert is_possible(low)
    assert is_possible(high)
    assert not is_possible(low - Decimal("0.01"))
    assert not is_possible(high + Decimal("0.01"))
