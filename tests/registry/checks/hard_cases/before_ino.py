"""Sections 1.1 to 1.5 of the CRF definitions: identity, dates, genetics, baseline, earlier treatment."""

from decimal import Decimal

from tests.registry.checks.case import UNK, Case
from tests.registry.checks.valid_patient import NOT_STARTED, date, partial

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
        raised=(
            {"diagnosis": {"dx_date": partial("2019-05")}},
            {"baseline": {"rr_date": partial("2019-05-03")}},
            {"hct": {"hct_date": date("2019-06-11")}},
        ),
        passed=(
            {"diagnosis": {"dx_date": partial("2019")}},
            {"baseline": {"rr_date": partial("2019-05")}},
            {"baseline": {"rr_date": partial("2019-05-02")}},
            {"hct": {"hct_date": date("2019-06-12")}},
        ),
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
        passed=(
            {"death": {}, "follow_up": [{}, {"alive": False, "disease": None}]},
            {"death": {"death_date": date("2022-11-15")}},
        ),
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
            {"conditioning_drug": {"total_dose": Decimal("0.8")}},
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
