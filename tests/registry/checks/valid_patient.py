"""One valid patient, in memory, and how a case changes her: no database is needed to run the checks.

The patient relapsed, had two cycles of INO and a course of blinatumomab, was transplanted, had SOS/VOD and is alive.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from registry.checks.records import OtherPatient, PatientRecords
from registry.crf.partial_dates import PartialDate
from registry.models import FORMS_BY_NAME, Centre, Patient

TODAY = dt.date(2023, 6, 30)


class Missing(NamedTuple):
    """Stands for a value that is missing for a reason."""

    reason: str


def date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


partial = PartialDate.parse

CENTRE: dict[str, Any] = {
    "centre_no": 3,
    "centre_name": "Hospital of Baltimore (demonstration)",
    "city": "Baltimore",
    "country": "US",
    "role": "contrib",
    "irb_approval_date": date("2015-01-01"),
    "irb_reference": "EC 03/2015",
    "date_policy": "real",
    "unit_profile": "us",
    "active": True,
}
PATIENT: dict[str, Any] = {
    "number": "03-007",
    "sex": "F",
    "age_rr": 42,
    "birth_year": 1976,
    "consent_basis": "written",
}
_CYCLE: dict[str, Any] = {
    "d1_dose": Decimal("0.8"),
    "d8_given": True,
    "d8_dose": Decimal("0.5"),
    "d15_given": True,
    "d15_dose": Decimal("0.5"),
    "concomitant": ["none"],
    "resp_assessed": True,
    "resp": "cr",
    "mrd_done": False,
}
FORMS: dict[str, list[dict[str, Any]]] = {
    "eligibility": [
        {
            "ball_confirmed": True,
            "rr_status": "relapsed",
            "cd22_pos": "1",
            "ino_programme": "label",
            "hct_after_ino": True,
        }
    ],
    "diagnosis": [{"dx_date": partial("2017-03"), "dx_entity": "ball", "dx_cns": "0"}],
    "cytogenetics": [
        {
            "timepoint": "dx",
            "sample_date": partial("2017-03"),
            "banding": "done",
            "iscn": "46,XX[20]",
            "metaphases": 20,
            "bcr_abl1": "0",
            "bcr_abl1_method": ["pcr"],
            "kmt2a": "0",
        },
        {"timepoint": "rr", "banding": "nd", "bcr_abl1": "0", "bcr_abl1_method": ["pcr"], "kmt2a": "0"},
    ],
    "baseline": [
        {
            "rr_date": partial("2019-04"),
            "lab_date": date("2019-04-29"),
            "ecog": "0",
            "wbc": Decimal("5.9"),
            "wbc_unit": "kul",
            "plt": Decimal(104),
            "plt_unit": "kul",
            "hb": Decimal("11.8"),
            "hb_unit": "gdl",
            "ldh": Decimal(327),
            "ldh_unit": "ul",
            "bm_blasts": Decimal(30),
            "emd": "0",
            "cns_rr": "0",
        }
    ],
    "prior_treatment": [
        {
            "line_no": 1,
            "setting": "first",
            "start_date": partial("2017-03"),
            "modalities": ["chemo_int"],
            "best_response": "cr",
            "relapsed_after": "1",
            "relapse_date": partial("2018-11"),
        },
        {
            "line_no": 2,
            "setting": "relapse",
            "start_date": partial("2018-12"),
            "modalities": ["blina"],
            "blina_cycles": Decimal(2),
            "best_response": "rd",
            "relapsed_after": "0",
        },
    ],
    "ino_cycle": [
        _CYCLE
        | {
            "cycle_no": 1,
            "d1_date": date("2019-05-02"),
            "d8_date": date("2019-05-09"),
            "d15_date": date("2019-05-16"),
            "resp_date": date("2019-05-24"),
        },
        _CYCLE
        | {
            "cycle_no": 2,
            "d1_date": date("2019-05-28"),
            "d1_dose": Decimal("0.5"),
            "d8_date": date("2019-06-04"),
            "d15_date": date("2019-06-11"),
            "resp_date": date("2019-06-24"),
        },
    ],
    "pre_hct_therapy": [
        {
            "course_no": 1,
            "reason": "mrd",
            "start_date": date("2019-06-26"),
            "end_date": date("2019-07-10"),
            "agents": ["blina"],
            "n_cycles": Decimal("0.5"),
            "resp": "cr",
            "resp_date": date("2019-07-12"),
        }
    ],
    "hct": [
        {
            "hct_date": date("2019-07-25"),
            "hct_no": 1,
            "status": "cr",
            "status_date": date("2019-07-12"),
            "mrd_done": True,
            "mrd_date": date("2019-07-12"),
            "mrd_method": "flow",
            "mrd_lod": Decimal("0.01"),
            "mrd_result": "neg",
            "donor": "mud",
            "hla_matched": 10,
            "hla_tested": "10",
            "cell_source": "pb",
            "intensity": "mac",
            "cond_start": date("2019-07-18"),
            "tbi": False,
            "gvhd_prophylaxis": ["csa", "mtx"],
            "sos_prophylaxis": ["udca"],
            "kps": "90",
            "hct_ci": 1,
            "liver_disease": "0",
            "bili": Decimal("0.7"),
            "bili_unit": "mgdl",
            "alt": Decimal(30),
            "alt_uln": Decimal(40),
            "creat": Decimal("0.8"),
            "creat_unit": "mgdl",
            "weight": Decimal(62),
            "engraftment": "yes",
            "engraftment_date": date("2019-08-12"),
        }
    ],
    "conditioning_drug": [
        {
            "drug": "bu",
            "purpose": "cond",
            "route": "iv",
            "total_dose": Decimal("12.8"),
            "dose_unit": "mgkg",
            "first_day": -7,
        },
        {
            "drug": "flu",
            "purpose": "cond",
            "route": "iv",
            "total_dose": Decimal(150),
            "dose_unit": "mgm2",
            "first_day": -6,
        },
    ],
    "sos_vod": [
        {
            "occurred": True,
            "symptom_date": date("2019-08-03"),
            "dx_date": date("2019-08-06"),
            "criteria": ["ebmt2016"],
            "bili_dx": Decimal("2.4"),
            "bili_max": Decimal("4.1"),
            "bili_unit": "mgdl",
            "bili_doubled": "0",
            "hepatomegaly": "1",
            "ruq_pain": "1",
            "weight_gain": Decimal(6),
            "ascites": "0",
            "doppler": "nd",
            "elastography": "nd",
            "biopsy": "nd",
            "other_cause_excluded": True,
            "alt_max": Decimal(90),
            "creat_max": Decimal("1.0"),
            "creat_unit": "mgdl",
            "mod_organs": ["none"],
            "grade": "3",
            "grade_scale": "ctcae4",
            "ebmt_severity": "3",
            "treatment": ["defi"],
            "defi_start": date("2019-08-06"),
            "outcome": "resolved",
            "resolution_date": date("2019-09-01"),
        }
    ],
    "gvhd": [{"agvhd": "1", "agvhd_date": date("2019-09-10"), "agvhd_grade": "2", "cgvhd": "0"}],
    "maintenance": [{"given": False, "not_given_reason": "agvhd"}],
    "follow_up": [
        {"visit_date": date("2020-01-20"), "alive": True, "disease": "cr", "mrd_done": False, "lost": False},
        {"visit_date": date("2022-11-15"), "alive": True, "disease": "cr", "mrd_done": False, "lost": False},
    ],
}
# Forms that this patient does not have; a case that names them starts them with these values.
OTHER_FORMS: dict[str, dict[str, Any]] = {
    "maintenance_course": {
        "indication": "prev",
        "agent": "blina",
        "start_date": date("2019-12-01"),
        "n_courses": Decimal(1),
        "mrd_at_start": "neg",
    },
    "relapse": {"rel_date": date("2021-03-01"), "rel_type": "marrow", "rel_bm_blasts": Decimal(40)},
    "death": {
        "death_date": date("2023-02-01"),
        "cause": "sepsis",
        "contributing": ["none"],
        "in_remission": "1",
    },
}

NOT_STARTED: list[dict[str, Any]] = []


def records(**changes: Any) -> PatientRecords:
    """The valid patient with these changes: a dict changes the first record of a form, a list all of them.

    `other_patients` are those registered with the same sex and year of birth.
    """
    others: list[OtherPatient] = changes.pop("other_patients", [])
    centre = Centre(**CENTRE | _first(changes.pop("centre", {})))
    patient = Patient(centre=centre, **_with_reasons(PATIENT | _first(changes.pop("patient", {}))))
    forms = [
        FORMS_BY_NAME[form](patient=patient, centre=centre, **_with_reasons(values), **_number(form, number))
        for form, rows in _changed(changes).items()
        for number, values in enumerate(rows, start=1)
    ]
    return PatientRecords(patient, centre, tuple(forms), TODAY, TODAY, other_patients=lambda sex, birth_year: others)


def _first(change: Any) -> dict[str, Any]:
    assert isinstance(change, dict)
    return change


def _changed(changes: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    forms = dict(FORMS)
    for form, change in changes.items():
        base = FORMS.get(form) or [OTHER_FORMS[form]]
        if isinstance(change, dict):
            forms[form] = [base[0] | change, *base[1:]]
        else:
            forms[form] = [base[min(row, len(base) - 1)] | values for row, values in enumerate(change)]
    return forms


def _with_reasons(values: dict[str, Any]) -> dict[str, Any]:
    reasons = {name: value.reason for name, value in values.items() if isinstance(value, Missing)}
    return {name: value for name, value in values.items() if name not in reasons} | {"missing": reasons}


def _number(form: str, number: int) -> dict[str, int]:
    has_no_number_of_its_own = any(field.name == "instance_no" for field in FORMS_BY_NAME[form]._meta.concrete_fields)
    return {"instance_no": number} if has_no_number_of_its_own else {}
