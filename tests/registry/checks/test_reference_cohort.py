"""The checks over the reference cohort: no hard finding, and each soft one for a cause that is stated here.

The same checks restated in plain Python over the CSV files (tests/fixtures) must agree patient by patient.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from registry.checks.engine import Outcome, run
from registry.checks.finding import Severity
from registry.checks.records import OtherPatient, PatientRecords
from registry.derivations import treatment
from registry.models import Centre
from registry.transfer.form_csv import read_form, read_patients
from tests.fixtures import soft_checks_from_hct, soft_checks_until_hct
from tests.fixtures.charts import Chart, charts
from tests.registry.checks.valid_patient import TODAY

COHORT: Path = settings.BASE_DIR / "fixtures" / "reference_cohort"
RESTATED: dict[str, Callable[[Chart], int]] = {
    name.upper(): check
    for module in (soft_checks_until_hct, soft_checks_from_hct)
    for name, check in vars(module).items()
    if re.fullmatch(r"c\d{2}", name)
}

BLASTS = "fewer than 5 % marrow blasts (published minimum 0 %), with extramedullary relapse"
REMISSION_AFTER_DAY_21 = "remission dated after day 21, although the next cycle began on day 22"
REDUCED_ALKYLATORS = "two alkylators at reduced doses: the derived intensity is unclear by definition"
EXPECTED = {
    ("10-002", "C04"): "the published patient of 16 years",
    ("05-002", "C34"): BLASTS,
    ("09-002", "C34"): BLASTS,
    ("02-005", "C56"): "four cycles without CR in the patient rescued by blinatumomab",
    **{
        (patient, "C58"): REMISSION_AFTER_DAY_21
        for patient in (
            *("01-002", "01-007", "01-010", "02-008", "03-001", "03-002", "03-003"),
            *("04-001", "05-001", "07-001", "07-002", "10-001", "10-002"),
        )
    },
    ("02-001", "C71"): "15 days from the last dose to HCT (Table 2, patient 9)",
    ("11-002", "C71"): "183 days from the last dose to HCT, in remission without treatment in between",
    ("07-003", "C71"): "210 days from the last dose to HCT, with treatment of MRD in between",
    ("06-001", "C71"): "225 days from the last dose to HCT, with maintenance in between",
    ("02-005", "C71"): "374 days from the last dose to HCT, the published maximum, after rescue of a non-responder",
    **{
        (patient, "C80"): REDUCED_ALKYLATORS
        for patient in (
            *("01-003", "01-005", "02-001", "02-002", "02-006"),
            *("02-009", "04-003", "05-001", "09-001", "10-002"),
        )
    },
}  # fmt: skip


@cache
def outcomes() -> dict[str, Outcome]:
    centres = {centre.centre_no: centre for _, centre in read_form(Centre, COHORT / "centre.csv")}
    everybody = {
        patient.number: PatientRecords(patient, centres[patient.centre_id], tuple(records), TODAY, TODAY)
        for patient, records in read_patients(COHORT)
    }
    return {number: run(_beside(everybody, number)) for number in everybody}


def _beside(everybody: dict[str, PatientRecords], number: str) -> PatientRecords:
    """One patient, with a way to the others of the cohort."""
    one = everybody[number]

    def others(sex: str, birth_year: int) -> list[OtherPatient]:
        alike = [each for key, each in everybody.items() if key != number and each.patient.birth_year == birth_year]
        return [_other(each) for each in alike if each.patient.sex == sex]

    return PatientRecords(one.patient, one.centre, one.forms, one.today, one.data_cut_off, others)


def _other(records: PatientRecords) -> OtherPatient:
    hct, first = records.one("hct"), treatment.first_dose(records.answers)
    return OtherPatient(records.patient.number, records.patient.centre_id, hct.hct_date, first)


@pytest.mark.slow
def test_no_hard_finding() -> None:
    assert len(outcomes()) == 58
    hard = [finding for outcome in outcomes().values() for finding in outcome.findings]
    assert [finding for finding in hard if finding.severity is Severity.HARD] == []


@pytest.mark.slow
def test_exactly_the_soft_findings_that_have_a_cause() -> None:
    found = [(number, finding.check_id) for number, outcome in outcomes().items() for finding in outcome.findings]
    assert sorted(found) == sorted(EXPECTED)
    assert Counter(check_id for _, check_id in found) == {
        "C58": 13, "C80": 10, "C71": 5, "C34": 2, "C04": 1, "C56": 1,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("check_id", sorted(RESTATED))
def test_the_engine_finds_what_the_plain_restatement_finds(check_id: str) -> None:
    restated = {chart.patient_id: int(RESTATED[check_id](chart)) for chart in charts()}
    of_engine = {
        number: sum(finding.check_id == check_id for finding in outcome.findings)
        for number, outcome in outcomes().items()
    }
    assert of_engine == restated
    assert len(RESTATED) == 59
