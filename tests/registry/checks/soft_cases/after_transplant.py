"""Sections 1.10 and 1.11 of the CRF definitions: SOS/VOD, maintenance, cause of death."""

from decimal import Decimal
from typing import Any

from tests.registry.checks.case import UNK, Case
from tests.registry.checks.valid_patient import date

NO_SIGNS: dict[str, Any] = {
    "bili_dx": Decimal("1.0"),
    "hepatomegaly": "0",
    "ruq_pain": "0",
    "weight_gain": Decimal(1),
    "ascites": "0",
}
NO_GVHD = {"agvhd": "0", "agvhd_date": None, "agvhd_grade": None}


def _died(day: str, cause: str, **more: Any) -> dict[str, Any]:
    return {"death": {"death_date": date(day), "cause": cause} | more}


SOS_VOD = {
    "C87": Case(
        "SOS/VOD on day 61 (published range 5-42). Confirm.",
        raised=({"sos_vod": {"dx_date": date("2019-09-24")}},),
        passed=({"sos_vod": {"dx_date": date("2019-09-23")}}, {"sos_vod": {"occurred": False, "dx_date": None}}),
    ),
    "C89": Case(
        "The items meet neither modified Seattle, Baltimore, EBMT 2016 nor EBMT 2023. Complete them or explain.",
        raised=({"sos_vod": NO_SIGNS}, {"sos_vod": {"other_cause_excluded": False}}),
        passed=(
            {},
            {"sos_vod": NO_SIGNS | {"biopsy": "pos"}},
            {"sos_vod": {"weight_gain": UNK}},
            {"sos_vod": NO_SIGNS | {"occurred": False}},
        ),
        left_open={"sos_vod": NO_SIGNS | {"bili_dx": Decimal("2.4"), "weight_gain": UNK}},
    ),
    "C90": Case(
        "You ticked Baltimore, but the items do not meet it: bilirubin 1.6 mg/dL is below 2.",
        raised=(
            {"sos_vod": {"criteria": ["baltimore"], "bili_dx": Decimal("1.6")}},
            {"sos_vod": {"criteria": ["biopsy"]}},
            {"sos_vod": {"criteria": ["ebmt2023", "inovate"]} | NO_SIGNS},
        ),
        passed=(
            {"sos_vod": {"criteria": ["inovate"]} | NO_SIGNS},
            {"sos_vod": {"criteria": ["biopsy"], "biopsy": "pos"}},
            {"sos_vod": {"criteria": ["baltimore", "ebmt2016", "ebmt2023", "seattle"]}},
        ),
        left_open={"sos_vod": {"criteria": ["baltimore"], "hepatomegaly": UNK}},
    ),
    "C91": Case(
        "Items give severe, you classified moderate.",
        raised=({"sos_vod": {"ebmt_severity": "2"}}, {"sos_vod": {"mod_organs": ["renal"]}}),
        passed=(
            {},
            {"sos_vod": {"mod_organs": ["renal"], "ebmt_severity": "4", "creat_max": UNK}},
            {"sos_vod": {"occurred": False, "ebmt_severity": None}},
        ),
        left_open={"sos_vod": {"ebmt_severity": "2", "creat_max": UNK}},
    ),
    "C92": Case(
        "Grade 4 does not fit the organ dysfunction or the scale.",
        raised=(
            {"sos_vod": {"grade": "4"}},
            {"sos_vod": {"grade": "2", "mod_organs": ["renal"]}},
            {"sos_vod": {"grade": "1", "grade_scale": "ctcae5"}},
        ),
        passed=(
            {"sos_vod": {"grade": "4", "treatment": ["defi", "dial"]}},
            {"sos_vod": {"grade": "5", "mod_organs": ["renal"], "treatment": UNK}},
            {"sos_vod": {"grade": "3", "mod_organs": ["renal"]}},
            {"sos_vod": {"grade": "1", "grade_scale": "ctcae4"}},
        ),
        left_open={"sos_vod": {"grade": "4", "mod_organs": UNK}},
    ),
    "C94": Case(
        "Defibrotide start 2019-08-02 or resolution does not fit the onset. Prophylaxis belongs to the HCT form.",
        raised=(
            {"sos_vod": {"defi_start": date("2019-08-02")}},
            {"sos_vod": {"defi_start": date("2019-08-21")}},
            {"sos_vod": {"resolution_date": date("2019-08-05")}},
        ),
        passed=(
            {"sos_vod": {"defi_start": date("2019-08-03")}},
            {"sos_vod": {"defi_start": date("2019-08-20")}},
            {"sos_vod": {"resolution_date": date("2019-08-06")}},
            {"sos_vod": {"treatment": ["supp"], "defi_start": None}},
        ),
        left_open={"sos_vod": {"symptom_date": UNK}},
    ),
}

OUTCOME = {
    "C96": Case(
        "Agent or indication does not fit BCR::ABL1, MRD or relapse.",
        raised=(
            {"maintenance_course": {"agent": "pon"}},
            {"maintenance_course": {"indication": "mrd_pre"}},
            {"maintenance_course": {"mrd_at_start": "pos"}},
            {"maintenance_course": {}, "relapse": {"rel_date": date("2019-11-30")}},
        ),
        passed=(
            {"maintenance_course": {}},
            {"maintenance_course": {"agent": "pon"}, "cytogenetics": {"bcr_abl1": "1"}},
            {"maintenance_course": {"indication": "mrd_pre"}, "hct": {"mrd_result": "dnq"}},
            {"maintenance_course": {"indication": "mrd_post", "mrd_at_start": "pos"}},
            {"maintenance_course": {}, "relapse": {"rel_date": date("2019-12-01")}},
            {"maintenance_course": {}, "relapse": {"rel_date": date("2019-11-30"), "rel_type": "mol"}},
        ),
        left_open={"maintenance_course": {"mrd_at_start": UNK}},
    ),
    "C99": Case(
        "Cause GVHD: no such event recorded, or an overlapping one. Is it SOS-related?",
        raised=(
            _died("2023-02-01", "gvhd") | {"gvhd": NO_GVHD},
            _died("2019-10-05", "mof"),
            _died("2019-12-31", "covid"),
            _died("2023-02-01", "gvhd", contributing=["gvhd", "infection"]),
        ),
        passed=(
            {},
            _died("2023-02-01", "gvhd"),
            _died("2019-10-06", "mof"),
            _died("2019-10-05", "mof") | {"sos_vod": {"occurred": False, "dx_date": None}},
            _died("2020-01-01", "covid"),
            _died("2019-12-31", "covid") | {"centre": {"date_policy": "shifted"}},
        ),
        left_open=_died("2023-02-01", "gvhd") | {"gvhd": NO_GVHD | {"cgvhd": UNK}},
    ),
}
