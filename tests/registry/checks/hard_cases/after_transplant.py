"""Sections 1.10 and 1.11 of the CRF definitions: SOS/VOD, outcome."""

from decimal import Decimal

from tests.registry.checks.case import UNK, Case
from tests.registry.checks.valid_patient import FORMS, NOT_STARTED, date

DEAD = {"in_remission": "0", "cause": "relapse"}
NO_SOS_VOD = dict.fromkeys(FORMS["sos_vod"][0]) | {"occurred": False}

SOS_VOD = {
    "C85": Case(
        'With SOS/VOD "yes": date, grade and outcome are needed. With "no": all other items must be empty.',
        raised=(
            {"sos_vod": {"dx_date": None}},
            {"sos_vod": {"grade": None}},
            {"sos_vod": {"outcome": None}},
            {"sos_vod": {"occurred": False}},
            {"sos_vod": NO_SOS_VOD | {"hvpg": Decimal(4)}},
        ),
        passed=({}, {"sos_vod": NO_SOS_VOD}),
        left_open={"sos_vod": NO_SOS_VOD | {"ascites": UNK}},
    ),
    "C86": Case(
        "The form is for SOS/VOD after the index HCT; first symptom cannot be after diagnosis.",
        raised=(
            {"sos_vod": {"dx_date": date("2019-07-24"), "symptom_date": date("2019-07-24")}},
            {"sos_vod": {"symptom_date": date("2019-08-07")}},
        ),
        passed=(
            {"sos_vod": {"dx_date": date("2019-07-25"), "symptom_date": date("2019-07-25")}},
            {"sos_vod": NO_SOS_VOD, "hct": NOT_STARTED},
        ),
        left_open={"sos_vod": {"symptom_date": UNK}},
    ),
    "C88": Case(
        'Grade 5, outcome "died of SOS/VOD" and primary cause of death "SOS/VOD" must all be true or all be false.',
        raised=(
            {"sos_vod": {"grade": "5"}},
            {"sos_vod": {"outcome": "fatal"}},
            {"sos_vod": {"grade": "5", "outcome": "fatal"}, "death": {}},
            {"death": {"cause": "sos"}},
        ),
        passed=({"sos_vod": {"grade": "5", "outcome": "fatal"}, "death": {"cause": "sos"}}, {"death": {}}),
        left_open={"sos_vod": {"grade": "5", "outcome": "fatal"}, "death": {"cause": UNK}},
    ),
    "C93": Case(
        'Every criteria set requires that other causes are excluded. Answer "no SOS/VOD", or confirm exclusion.',
        raised=({"sos_vod": {"other_cause_excluded": False}},),
    ),
}

OUTCOME = {
    "C95": Case(
        'These events must follow the index HCT, and "given" needs at least one course.',
        raised=(
            {"gvhd": {"agvhd_date": date("2019-07-24")}},
            {"gvhd": {"cgvhd": "1", "cgvhd_date": date("2019-07-24")}},
            {"maintenance": {"given": True}, "maintenance_course": {"start_date": date("2019-07-24")}},
            {"maintenance_course": {}},
            {"maintenance": {"given": True}, "maintenance_course": {"agent": None}},
        ),
        passed=(
            {"maintenance": {"given": True}, "maintenance_course": {}, "gvhd": {"agvhd_date": date("2019-07-25")}},
        ),
        left_open={"gvhd": {"agvhd_date": UNK}},
    ),
    "C97": Case(
        "Relapse record and follow-up contradict each other.",
        raised=(
            {"relapse": {}},
            {"relapse": {"rel_date": date("2022-11-16")}, "follow_up": [{}, {"disease": "rel"}]},
            {"relapse": {"rel_date": date("2022-11-15")}},
            {"relapse": {"rel_date": date("2022-12-24")}, "death": {"death_date": None}},
        ),
        passed=(
            {"relapse": {}, "follow_up": [{}, {"disease": "rel"}]},
            {"relapse": {}, "death": {}},
            {"relapse": {"rel_type": "mol"}},
            {"relapse": {"rel_date": date("2019-07-25")}},
            {"relapse": {"rel_date": date("2022-11-15")}, "follow_up": [{}, {"disease": "rel"}]},
            {"follow_up": [{}, {"visit_date": None}]},
        ),
    ),
    "C98": Case(
        "Cause of death, remission status and relapse record contradict each other.",
        raised=(
            {"death": DEAD, "relapse": {"rel_type": "mol"}},
            {"death": DEAD | {"in_remission": "1"}, "relapse": {}},
            {"death": {}, "relapse": {}, "follow_up": [{}, {"disease": "rel"}]},
        ),
        passed=(
            {"death": DEAD, "relapse": {}},
            {"death": DEAD, "relapse": {"rel_type": "mol"}, "hct": {"status": "rd"}},
            {"death": {}, "relapse": {}, "follow_up": [{"disease": "rel"}, {}]},
            {"death": {}, "follow_up": [{}, {"visit_date": None}]},
        ),
        left_open={"death": {"in_remission": UNK}},
    ),
}
