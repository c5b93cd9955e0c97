"""For every hard check: changes of the valid patient that raise it, do not, and leave it open.

Messages are those of the CRF definitions, section 1, with the values filled in.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.registry.checks.valid_patient import FORMS, NOT_STARTED, Missing, date, partial

UNK = Missing("UNK")
Changes = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """`raised` by each of these; `passed` by these, which come close; `left_open` where an operand is missing."""

    message: str
    raised: tuple[Changes, ...]
    passed: tuple[Changes, ...] = ({},)
    left_open: Changes | None = None


DEAD = {"in_remission": "0", "cause": "relapse"}
PTCY = {"drug": "cy", "purpose": "ptcy", "total_dose": Decimal(100), "first_day": 3}

IDENTITY = {
    "C01": Case(
        "The patient number must be the two-digit centre number, a hyphen and three digits (for example 03-007).",
        raised=(
            {"patient": {"number": "04-007"}},
            {"patient": {"number": "3-007"}},
            {"patient": {"number": "03-07"}},
            {"patient": {"number": "03-007a"}},
        ),
        passed=({}, {"patient": {"number": "11-120"}, "centre": {"centre_no": 11}}),
    ),
    "C02": Case(
        "This centre cannot enter patients: it is inactive, only coordinates, or has no ethics approval date.",
        raised=(
            {"centre": {"active": False}},
            {"centre": {"role": "coord"}},
            {"centre": {"irb_approval_date": None}},
            {"centre": {"irb_approval_date": date("2023-07-01")}},
        ),
        passed=({"centre": {"role": "both", "irb_approval_date": date("2023-06-30")}},),
    ),
    "C05": Case(
        "Age 42 and year of birth 1979 do not fit the date of relapse 2019-04.",
        raised=({"patient": {"birth_year": 1979}},),
        passed=(
            {"patient": {"birth_year": 1978}},
            {"patient": {"birth_year": 1979}, "centre": {"date_policy": "shifted"}},
            {"patient": {"birth_year": None}},
            {"patient": {"birth_year": 1925, "age_rr": 90}},
        ),
        left_open={"patient": {"birth_year": UNK}},
    ),
    "C07": Case(
        "Not eligible: confirmed B-ALL and an allogeneic HCT after INO are required. "
        "The record stays a draft (screening failure) and is excluded from analysis.",
        raised=({"eligibility": {"ball_confirmed": False}}, {"eligibility": {"hct_after_ino": False}}),
    ),
    "C08": Case(
        '"HCT after INO" and the HCT form contradict each other.',
        raised=({"eligibility": {"hct_after_ino": False}}, {"hct": {"hct_date": None}}),
        passed=({}, {"eligibility": {"hct_after_ino": False}, "hct": NOT_STARTED}),
    ),
}

DATES = {
    "C13": Case(
        "Date of contact is in the future.",
        raised=({"follow_up": {"visit_date": date("2023-07-01")}},),
        passed=({"follow_up": {"visit_date": date("2023-06-30")}}, {"diagnosis": {"dx_date": partial("2023")}}),
        left_open={"baseline": {"lab_date": UNK}},
    ),
    "C15": Case(
        "Dates must run: diagnosis, relapsed/refractory disease, first INO dose, last INO dose before HCT. "
        "Found diagnosis 2019-05 after relapsed/refractory disease 2019-04.",
        raised=({"diagnosis": {"dx_date": partial("2019-05")}},),
        passed=({"diagnosis": {"dx_date": partial("2019")}}, {"baseline": {"rr_date": partial("2019-05")}}),
        left_open={"diagnosis": {"dx_date": UNK}},
    ),
    "C18": Case(
        "Onset of acute GVHD is later than the date of death 2023-02-01.",
        raised=({"death": {}, "gvhd": {"agvhd_date": date("2023-02-02")}},),
        passed=({"death": {}, "gvhd": {"agvhd_date": date("2023-02-01")}},),
        left_open={"death": {}, "gvhd": {"agvhd_date": UNK}},
    ),
    "C19": Case(
        "Follow-up and death form contradict each other.",
        raised=(
            {"death": {"death_date": date("2022-11-14")}},
            {"death": {"death_date": None}, "follow_up": [{"alive": False, "disease": None}]},
        ),
        passed=({"death": {}, "follow_up": [{}, {"alive": False, "disease": None}]},),
    ),
}

GENETICS = {
    "C21": Case(
        "There is already a row for this time point.",
        raised=({"cytogenetics": [{}, {"timepoint": "dx"}]},),
    ),
    "C22": Case(
        'Enter the ISCN string, or change "banding".',
        raised=(
            {"cytogenetics": {"iscn": None}},
            {"cytogenetics": {"banding": "failed"}},
            {"cytogenetics": {"banding": "nd"}},
        ),
        passed=({"cytogenetics": {"banding": "failed", "iscn": None}},),
    ),
    "C23": Case(
        'Not readable as ISCN at "+23". Example: 46,XY,t(9;22)(q34;q11)[15]/46,XY[5]',
        raised=({"cytogenetics": {"iscn": "47,XX,+23[20]"}},),
        passed=({"cytogenetics": {"iscn": "47,XX,+22[20]"}},),
    ),
}

LABORATORY = {
    "C33": Case(
        "25 mg/kg = 25 mg/kg is not possible. Check the unit.",
        raised=({"conditioning_drug": {"total_dose": Decimal(25)}},),
        passed=(
            {"conditioning_drug": {"total_dose": Decimal(16)}},
            {"conditioning_drug": {"total_dose": Decimal(20), "route": "po"}},
            {"conditioning_drug": {"drug": "other", "total_dose": Decimal(3000)}},
        ),
        left_open={"conditioning_drug": {"total_dose": UNK}},
    ),
    "C35": Case(
        "118 g/dL? This looks like g/L.",
        raised=({"baseline": {"hb": Decimal(118)}},),
        passed=({"baseline": {"hb": Decimal(118), "hb_unit": "gl"}}, {"baseline": {"hb": Decimal(25)}}),
        left_open={"baseline": {"hb": UNK}},
    ),
    "C39": Case(
        'Details are given although the parent question is not "yes".',
        raised=(
            {"baseline": {"emd_sites": ["node"]}},
            {"baseline": {"cns_rr_therapy": ["rt"]}},
            {"diagnosis": {"dx_cns_therapy": ["it_mtx"]}},
        ),
        passed=({"baseline": {"emd": "1", "emd_sites": ["node"], "emd_imaging": "ct"}},),
        left_open={"baseline": {"emd": UNK, "emd_sites": ["node"]}},
    ),
}

PRIOR_TREATMENT = {
    "C40": Case(
        "Number the lines 1, 2, 3 ... in order of start.",
        raised=(
            {"prior_treatment": [{}, {"line_no": 3}]},
            {"prior_treatment": [{"line_no": 2}]},
            {"prior_treatment": {"start_date": partial("2019-01")}},
        ),
        passed=({"prior_treatment": {"start_date": partial("2018")}},),
        left_open={"prior_treatment": {"start_date": UNK}},
    ),
    "C41": Case(
        "There must be exactly one first-line record of ALL treatment.",
        raised=(
            {"prior_treatment": [{}, {"setting": "first"}]},
            {"prior_treatment": {"setting": "antecedent"}},
            {"prior_treatment": [{"setting": "relapse"}, {"setting": "first"}]},
        ),
        passed=(
            {"prior_treatment": [{"setting": "antecedent"}, {"setting": "first"}]},
            {"prior_treatment": {"setting": "antecedent"}, "diagnosis": {"dx_entity": "cml_lbc"}},
        ),
    ),
    "C43": Case(
        "The earlier allo-HCT must lie between diagnosis and INO. The transplant after INO belongs to the HCT form.",
        raised=(
            {"prior_treatment": {"allohct_date": date("2017-02-28")}},
            {"prior_treatment": {"allohct_date": date("2019-05-02")}},
        ),
        passed=(
            {"prior_treatment": {"allohct_date": date("2017-03-01")}},
            {"prior_treatment": {"allohct_date": date("2019-05-01")}},
        ),
        left_open={"prior_treatment": {"allohct_date": UNK}},
    ),
    "C48": Case(
        'Relapse date contradicts "relapse after this line" or lies before the line.',
        raised=(
            {"prior_treatment": {"relapsed_after": "0"}},
            {"prior_treatment": {"relapse_date": partial("2017-02")}},
        ),
        passed=({"prior_treatment": {"relapse_date": partial("2017")}},),
        left_open={"prior_treatment": {"relapsed_after": UNK}},
    ),
}

INOTUZUMAB = {
    "C49": Case(
        "Number the INO cycles 1, 2, 3 ...",
        raised=({"ino_cycle": [{}, {"cycle_no": 3}]}, {"ino_cycle": [{"cycle_no": 2}]}),
        passed=({}, {"ino_cycle": [{}]}),
    ),
    "C50": Case(
        "INO doses must be in date order; cycle 1 day 8 (2019-05-09) is not before cycle 1 day 15 (2019-05-09).",
        raised=({"ino_cycle": {"d15_date": date("2019-05-09")}},),
        passed=({"ino_cycle": {"d15_date": date("2019-05-10")}},),
    ),
    "C51": Case(
        "Give date and dose for every dose that was given, and none for an omitted dose.",
        raised=tuple(
            {"ino_cycle": change}
            for day in ("d8", "d15")
            for change in (
                {f"{day}_date": None},
                {f"{day}_dose": None},
                {f"{day}_given": False, f"{day}_date": None},
                {f"{day}_given": False, f"{day}_dose": None},
            )
        ),
        passed=({"ino_cycle": {"d15_given": False, "d15_date": None, "d15_dose": None}},),
    ),
    "C57": Case(
        "Response and response date belong together and cannot precede the cycle.",
        raised=(
            {"ino_cycle": {"resp": None}},
            {"ino_cycle": {"resp_assessed": False}},
            {"ino_cycle": {"resp_date": date("2019-05-01")}},
        ),
        passed=(
            {"ino_cycle": {"resp_date": date("2019-05-02")}},
            {"ino_cycle": {"resp_assessed": False, "resp": None, "resp_date": None}},
        ),
    ),
    "C61": Case(
        'MRD details contradict "MRD assessed" or the result.',
        raised=(
            {"hct": {"mrd_done": False}},
            {"hct": {"mrd_value": Decimal("0.02")}},
            {"ino_cycle": {"mrd_result": "neg"}},
            {"ino_cycle": {"mrd_method": "flow"}},
            {"ino_cycle": {"mrd_value": Decimal("0.02")}},
            {"follow_up": {"mrd_date": date("2020-01-20")}},
        ),
        passed=({"hct": {"mrd_result": "pos", "mrd_value": Decimal("0.02")}},),
        left_open={"hct": {"mrd_result": "dnq", "mrd_value": UNK}},
    ),
}

BRIDGING = {
    "C66": Case(
        "Treatment between INO and HCT must lie between these dates.",
        raised=(
            {"pre_hct_therapy": {"course_no": 2}},
            {"pre_hct_therapy": {"start_date": date("2019-05-01")}},
            {"pre_hct_therapy": {"end_date": date("2019-07-25")}},
            {"pre_hct_therapy": {"end_date": date("2019-06-25")}},
        ),
        passed=(
            {"pre_hct_therapy": {"start_date": date("2019-05-02"), "end_date": date("2019-07-24")}},
            {"pre_hct_therapy": {"end_date": date("2019-06-26")}},
        ),
        left_open={"pre_hct_therapy": {"end_date": UNK}},
    ),
    "C68": Case(
        "Enter the relapse that this treatment was given for.",
        raised=({"pre_hct_therapy": {"reason": "relapse"}, "relapse": {"rel_date": date("2019-07-25")}},),
        passed=({"pre_hct_therapy": {"reason": "relapse"}, "relapse": {"rel_date": date("2019-07-24")}},),
    ),
}

TRANSPLANT = {
    "C72": Case(
        "Conditioning must lie between the last INO dose and HCT.",
        raised=(
            {"hct": {"cond_start": date("2019-06-11")}},
            {"hct": {"cond_start": date("2019-07-26")}},
            {"hct": {"cond_start": date("2019-06-24")}},
        ),
        passed=({"hct": {"cond_start": date("2019-06-25")}}, {"hct": {"cond_start": date("2019-07-25")}}),
        left_open={"hct": {"cond_start": UNK}},
    ),
    "C73": Case(
        "Transplant number 1 does not fit 1 earlier allo-HCT.",
        raised=({"prior_treatment": {"modalities": ["allohct", "chemo_int"]}},),
        passed=({"prior_treatment": {"modalities": ["allohct", "chemo_int"]}, "hct": {"hct_no": 2}},),
    ),
    "C76": Case(
        "Donor type and stem-cell source contradict each other.",
        raised=({"hct": {"donor": "cb"}}, {"hct": {"cell_source": "cb"}}),
        passed=({"hct": {"donor": "cb", "cell_source": "cb"}},),
    ),
    "C77": Case(
        "10 matched of 8 typed is not possible.",
        raised=({"hct": {"hla_tested": "8"}},),
        passed=({"hct": {"hla_tested": "10"}}, {"hct": {"hla_tested": "12"}}),
        left_open={"hct": {"hla_matched": UNK}},
    ),
    "C79": Case(
        "Give dose and fractions with TBI; conditioning needs TBI or at least one drug.",
        raised=(
            {"hct": {"tbi": True}},
            {"hct": {"tbi_gy": Decimal(12)}},
            {"conditioning_drug": [PTCY]},
        ),
        passed=({"hct": {"tbi": True, "tbi_gy": Decimal(12)}, "conditioning_drug": [PTCY]},),
        left_open={"hct": {"tbi": True, "tbi_gy": UNK}},
    ),
    "C81": Case(
        "Check purpose and first day: post-transplant cyclophosphamide is not conditioning.",
        raised=(
            {"conditioning_drug": {"first_day": 1}},
            {"conditioning_drug": PTCY | {"drug": "bu"}},
            {"conditioning_drug": PTCY | {"first_day": 0}},
        ),
        passed=({"conditioning_drug": PTCY}, {"conditioning_drug": {"first_day": 0}}),
        left_open={"conditioning_drug": {"first_day": UNK}},
    ),
}

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
        passed=({"sos_vod": {"dx_date": date("2019-07-25"), "symptom_date": date("2019-07-25")}},),
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
            {"relapse": {"rel_date": date("2022-12-24")}, "death": {"death_date": None}},
        ),
        passed=(
            {"relapse": {}, "follow_up": [{}, {"disease": "rel"}]},
            {"relapse": {}, "death": {}},
            {"relapse": {"rel_type": "mol"}},
            {"relapse": {"rel_date": date("2019-07-20")}},
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
        ),
        left_open={"death": {"in_remission": UNK}},
    ),
}

# C14 is refused by the type of the field, before there is a record that the engine could read.
HARD_CASES: dict[str, Case] = (
    IDENTITY | DATES | GENETICS | LABORATORY | PRIOR_TREATMENT | INOTUZUMAB | BRIDGING | TRANSPLANT | SOS_VOD | OUTCOME
)
