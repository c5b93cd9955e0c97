"""Sections 1.1 and 1.2 of the CRF definitions: enrolment and dates."""

from decimal import Decimal
from typing import Any

from registry.checks.records import OtherPatient
from tests.registry.checks.case import UNK, Case
from tests.registry.checks.valid_patient import date, partial


def _another(
    *, number: str = "03-002", centre: int = 3, hct: str = "2019-07-25", ino: str = "2018-01-01"
) -> list[OtherPatient]:
    return [OtherPatient(number, centre, date(hct), date(ino))]


def _first_dose(day: str) -> dict[str, Any]:
    return {"ino_cycle": [{"d1_date": date(day)}]}


IDENTITY = {
    "C03": Case(
        "This text looks as if it contains a date of birth, a record number or an e-mail address. "
        "Remove it or confirm that it identifies nobody.",
        raised=(
            {"prior_treatment": {"regimen": "GMALL, born 03.04.1976"}},
            {"pre_hct_therapy": {"regimen": "ask Ward.3@hospital.example.ORG"}},
            {"conditioning_drug": {"drug_other": "MRN123456"}},
            {"death": {"cause_text": "record 20190401"}},
            {"cytogenetics": {"class_review_reason": "as of 1.2.1976"}},
        ),
        passed=({"prior_treatment": {"regimen": "GMALL 07/2003, 12345 units, 0.5.12 @ day 1"}},),
    ),
    "C04": Case(
        "The study is for adults (one adolescent of 16 was included). Confirm and give the reason.",
        raised=({"patient": {"age_rr": 17}},),
        passed=({"patient": {"age_rr": 18}},),
    ),
    "C06": Case(
        "A patient with the same sex, year of birth and treatment date is already registered (03-002). "
        "Confirm that this is another person.",
        raised=(
            {"other_patients": _another()},
            {"other_patients": _another(hct="2018-01-01", ino="2019-05-02")},
            {"other_patients": _another(centre=7)},
        ),
        passed=({}, {"other_patients": _another(hct="2019-07-26", ino="2019-05-03")}),
        left_open={"patient": {"birth_year": UNK}, "other_patients": _another()},
    ),
    "C09": Case(
        "All published patients were CD22-positive. Confirm the result.",
        raised=({"eligibility": {"cd22_pos": "0"}}, {"eligibility": {"cd22_pos": UNK}}),
    ),
    "C10": Case(
        "CD22 positive does not fit 19% positive blasts (20% is the usual limit).",
        raised=(
            {"eligibility": {"cd22_pct": Decimal(19)}},
            {"eligibility": {"cd22_pos": "0", "cd22_pct": Decimal(20)}},
        ),
        passed=(
            {},
            {"eligibility": {"cd22_pct": Decimal(20)}},
            {"eligibility": {"cd22_pos": "0", "cd22_pct": Decimal(19)}},
        ),
        left_open={"eligibility": {"cd22_pct": UNK}},
    ),
    "C11": Case(
        "INO was not yet approved on 2017-08-16. Compassionate use?",
        raised=(_first_dose("2017-08-16"), _first_dose("2017-06-28") | {"centre": {"country": "IT"}}),
        passed=(
            _first_dose("2017-08-17"),
            _first_dose("2017-06-29") | {"centre": {"country": "IT"}},
            _first_dose("2017-08-16") | {"eligibility": {"ino_programme": "cup"}},
            _first_dose("2017-08-16") | {"centre": {"date_policy": "shifted"}},
        ),
    ),
    "C12": Case(
        "INO start 2015-12-31 is outside 2016-2022. "
        "Allowed for the running registry, not part of the published cohort.",
        raised=(_first_dose("2015-12-31"), _first_dose("2023-01-01")),
        passed=(
            _first_dose("2016-01-01"),
            _first_dose("2022-12-31"),
            _first_dose("2015-12-31") | {"centre": {"date_policy": "shifted"}},
        ),
    ),
}

DATES = {
    "C16": Case(
        "91 days between relapse and INO. Is this the relapse that led to INO?",
        raised=({"baseline": {"rr_date": partial("2019-01")}},),
        passed=(
            {"baseline": {"rr_date": partial("2019-02-01")}},
            {"baseline": {"rr_date": partial("2019")}},
        ),
    ),
    "C17": Case(
        "Baseline values must be the last before the first INO dose; 2019-04-03 is 29 days away.",
        raised=({"baseline": {"lab_date": date("2019-04-03")}}, {"baseline": {"lab_date": date("2019-05-03")}}),
        passed=({"baseline": {"lab_date": date("2019-04-04")}}, {"baseline": {"lab_date": date("2019-05-02")}}),
        left_open={"baseline": {"lab_date": UNK}},
    ),
    "C20": Case(
        "Last contact was 401 days ago. Update, or mark as lost to follow-up.",
        raised=({"follow_up": [{}, {"visit_date": date("2022-05-25")}]},),
        passed=(
            {"follow_up": [{}, {"visit_date": date("2022-05-26")}]},
            {"follow_up": [{}, {"visit_date": date("2022-05-25"), "lost": True}]},
            {"follow_up": [{}, {"visit_date": date("2022-05-25")}], "death": {}},
        ),
    ),
}
