"""Patients of a few forms: what a test does not name is unanswered."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from analytics.cohort.forms import patients
from registry.derivations.patient import Patient

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


@cache
def fields(form: str) -> tuple[str, ...]:
    with (FIXTURES / "dictionary.csv").open(newline="", encoding="utf-8") as file:
        named = [line["field"] for line in csv.DictReader(file) if line["form"] == form]
    if form == "patient":
        named += ["excluded", "excluded_reason"]
    return (*named, "verified", "signed")


def rows(patient_id: str, form: str, answers: Any) -> list[dict[str, Any]]:
    """A form once (a dict of answers), or several times numbered from 1 (a list). An unknown field fails."""
    repeated = isinstance(answers, list)
    found = []
    for number, one in enumerate(answers if repeated else [answers], start=1):
        unknown = set(one) - set(fields(form)) - {"state", "missing"}
        assert not unknown, f"{form} has no field {unknown}"
        row = dict.fromkeys(fields(form)) | {"state": "complete", "missing": {}, "patient_id": patient_id}
        found.append(row | ({"instance_no": number} if repeated else {}) | one)
    return found


def forms(patient_id: str = "03-001", **answers: Any) -> dict[str, list[dict[str, Any]]]:
    """The rows of one patient by form."""
    return {form: rows(patient_id, form, given) for form, given in answers.items()}


def patient(**answers: Any) -> Patient:
    """One patient as the derivations see one."""
    return next(patients(forms(**{"patient": {}} | answers)))


COMPLETE: dict[str, Any] = {
    "patient": {"centre_no": 3, "sex": "F", "age_rr": 44, "excluded": False},
    "eligibility": {"ball_confirmed": True, "hct_after_ino": True, "cd22_pos": "1", "ino_programme": "label"},
    "diagnosis": {"dx_entity": "ball"},
    "baseline": {"ecog": "1", "wbc": "5900", "wbc_unit": "ul"},
    "prior_treatment": [{"line_no": 1, "setting": "first", "modalities": ["chemo_int"]}],
    "ino_cycle": [
        {
            "cycle_no": 1,
            "d1_date": "2019-01-01",
            "d8_given": True,
            "d8_date": "2019-01-08",
            "d15_given": True,
            "d15_date": "2019-01-15",
            "resp_assessed": True,
            "resp": "cri",
            "resp_date": "2019-01-22",
        }
    ],
    "hct": {"hct_date": "2019-03-01", "status": "cr", "donor": "mud", "intensity": "mac", "tbi": False},
    "conditioning_drug": [{"drug": "bu", "purpose": "cond"}, {"drug": "tt", "purpose": "cond"}],
    "sos_vod": {"occurred": False},
    "gvhd": {"agvhd": "0"},
    "maintenance": {"given": False},
    "follow_up": [{"visit_date": "2020-01-01", "alive": True}],
}
