"""Sections 1.3 to 1.5 of the CRF definitions: genetics, baseline, earlier treatment."""

from decimal import Decimal
from typing import Any

from tests.registry.checks.case import UNK, Case
from tests.registry.checks.valid_patient import partial

PHILADELPHIA = "46,XX,t(9;22)(q34;q11)[15]/46,XX[5]"
# Neither a karyotype nor a BCR::ABL1 result: whether the disease is Ph-positive is not known (D07).
GENETICS_UNKNOWN: dict[str, Any] = {
    "cytogenetics": [{"banding": "nd", "iscn": None, "metaphases": None, "bcr_abl1": UNK}, {"bcr_abl1": UNK}]
}

GENETICS = {
    "C24": Case(
        "The listed gains and losses give 47 chromosomes, the string says 46.",
        raised=({"cytogenetics": {"iscn": "46,XX,+8[20]"}},),
        passed=({"cytogenetics": {"iscn": "47,XX,+8[20]"}}, {"cytogenetics": {"iscn": "46~48,XX,+8[cp20]"}}),
    ),
    "C25": Case(
        "Sex chromosomes XY in a patient of sex female. Donor cells after an earlier HCT, or wrong patient?",
        raised=({"cytogenetics": {"iscn": "46,XY[20]"}}, {"patient": {"sex": "M"}}),
        passed=(
            {"patient": {"sex": "M"}, "cytogenetics": {"iscn": "46,XY[20]"}},
            {"patient": {"sex": "M"}, "cytogenetics": {"iscn": "45,X,-Y[20]"}},
            {"patient": {"sex": "M"}, "cytogenetics": {"iscn": "46,U[20]"}},
        ),
    ),
    "C26": Case(
        'The string gives "normal", you stated "complex (3 or more abnormalities)". '
        "Correct one, or ask for central review.",
        raised=(
            {"cytogenetics": {"lab_class": "complex"}},
            {"cytogenetics": {"lab_class": "normal", "class_review": "complex"}},
        ),
        passed=(
            {},
            {"cytogenetics": {"lab_class": "normal"}},
            {"cytogenetics": {"lab_class": "complex", "class_review": "complex"}},
        ),
        left_open={"cytogenetics": {"lab_class": UNK}},
    ),
    "C27": Case(
        "Karyotype and BCR::ABL1 result disagree (cryptic fusion or remission sample?). Confirm both.",
        raised=({"cytogenetics": {"iscn": PHILADELPHIA}}, {"cytogenetics": {"bcr_abl1": "1"}}),
        passed=(
            {"cytogenetics": {"iscn": PHILADELPHIA, "bcr_abl1": "1"}},
            {"cytogenetics": {"banding": "failed", "iscn": None, "bcr_abl1": "1"}},
        ),
        left_open={"cytogenetics": {"bcr_abl1": UNK}},
    ),
    "C28": Case(
        "The karyotype has an 11q23 break but KMT2A is reported absent.",
        raised=(
            {"cytogenetics": {"iscn": "46,XX,t(4;11)(q21;q23)[20]"}},
            {"cytogenetics": {"iscn": "46,XX,del(11)(q23)[20]"}},
        ),
        passed=(
            {"cytogenetics": {"iscn": "46,XX,t(4;11)(q21;q23)[20]", "kmt2a": "1"}},
            {"cytogenetics": {"iscn": "46,XX,del(11)(q14)[20]"}},
            {"cytogenetics": {"kmt2a": UNK}},
        ),
        left_open={"cytogenetics": {"iscn": "46,XX,t(4;11)(q21;q23)[20]", "kmt2a": UNK}},
    ),
    "C29": Case(
        "Normal on 19 metaphases; 20 are usually asked for.",
        raised=(
            {"cytogenetics": {"iscn": "46,XX[19]", "metaphases": 19}},
            {"cytogenetics": {"metaphases": UNK}},
        ),
        passed=({}, {"cytogenetics": {"iscn": "47,XX,+8[10]", "metaphases": 10}}),
    ),
    "C30": Case(
        "Bracket counts 20 against 25 metaphases, or a single-cell finding (not counted unless confirmed by FISH/PCR).",
        raised=(
            {"cytogenetics": {"metaphases": 25}},
            {"cytogenetics": {"iscn": "46,XX,del(5)(q13q33)[1]/46,XX[19]"}},
            {"cytogenetics": {"iscn": "45,XX,-7[2]/46,XX[18]"}},
        ),
        passed=(
            {"cytogenetics": {"iscn": "46,XX"}},
            {"cytogenetics": {"iscn": "45,XX,-7[3]/46,XX[17]"}},
            {"cytogenetics": {"iscn": "46,XX,t(9;22)(q34;q11)[1]/46,XX[19]", "bcr_abl1": "1"}},
        ),
        left_open={"cytogenetics": {"metaphases": UNK}},
    ),
    "C31": Case(
        "The relapse sample must be later than the diagnostic sample and not after the first INO dose.",
        raised=(
            {"cytogenetics": [{}, {"sample_date": partial("2017-02")}]},
            {"cytogenetics": [{}, {"sample_date": partial("2019-05-03")}]},
        ),
        passed=(
            {},
            {"cytogenetics": [{}, {"sample_date": partial("2017")}]},
            {"cytogenetics": [{}, {"sample_date": partial("2019-05")}]},
            {"cytogenetics": [{}, {"sample_date": partial("2019-05-02")}]},
        ),
        left_open={"cytogenetics": {"sample_date": UNK}},
    ),
    "C32": Case(
        "CML in blast crisis is BCR::ABL1-positive by definition. Confirm.",
        raised=({"diagnosis": {"dx_entity": "cml_lbc"}},),
        passed=({}, {"diagnosis": {"dx_entity": "cml_lbc"}, "cytogenetics": [{}, {"bcr_abl1": "1"}]}),
        left_open={"diagnosis": {"dx_entity": "cml_lbc"}, "cytogenetics": {"bcr_abl1": UNK}},
    ),
}

LABORATORY = {
    "C34": Case(
        "201 10^9/L is unusual (plausible 0.1-200). Confirm or correct.",
        raised=(
            {"baseline": {"wbc": Decimal(201)}},
            {"baseline": {"wbc": Decimal(50), "wbc_unit": "ul"}},
            {"hct": {"weight": Decimal(39)}},
            {"sos_vod": {"bili_max": Decimal(17), "bili_unit": "umol"}},
        ),
        passed=(
            {"baseline": {"wbc": Decimal(200)}},
            {"baseline": {"wbc": Decimal(100), "wbc_unit": "ul"}},
            {"baseline": {"hb": Decimal(26)}},
            {"patient": {"age_rr": 17}},
        ),
        left_open={"baseline": {"wbc": UNK}},
    ),
    "C36": Case(
        "1.9 umol/L? This looks like mg/dL.",
        raised=(
            {"hct": {"bili": Decimal("1.9"), "bili_unit": "umol"}},
            {"hct": {"creat": Decimal("9.9"), "creat_unit": "umol"}},
            {"baseline": {"hb": Decimal("24.9"), "hb_unit": "gl"}},
            {"baseline": {"wbc": Decimal(49), "wbc_unit": "ul"}},
        ),
        passed=(
            {"hct": {"bili": Decimal(2), "bili_unit": "umol"}},
            {"hct": {"creat": Decimal(10), "creat_unit": "umol"}},
            {"baseline": {"hb": Decimal(25), "hb_unit": "gl"}},
            {"baseline": {"wbc": Decimal(50), "wbc_unit": "ul"}},
        ),
        left_open={"baseline": {"hb": UNK}},
    ),
    "C37": Case(
        "Blasts below 5%, no extramedullary and no CNS disease: what was the relapse (molecular)?",
        raised=({"baseline": {"bm_blasts": Decimal("4.9")}},),
        passed=(
            {"baseline": {"bm_blasts": Decimal(5)}},
            {"baseline": {"bm_blasts": Decimal(4), "emd": "1"}},
            {"baseline": {"bm_blasts": Decimal(4), "cns_rr": "1"}},
            {"baseline": {"emd": UNK}},
        ),
        left_open={"baseline": {"bm_blasts": Decimal(4), "emd": UNK}},
    ),
    "C38": Case(
        "ECOG 3 before INO and transplant is unusual. Confirm.",
        raised=({"baseline": {"ecog": "3"}}, {"baseline": {"ecog": "4"}}),
        passed=({"baseline": {"ecog": "2"}},),
        left_open={"baseline": {"ecog": UNK}},
    ),
}

PRIOR_TREATMENT = {
    "C42": Case(
        "Line 1 ends after INO started. Combination with INO belongs to the INO form.",
        raised=({"prior_treatment": {"end_date": partial("2019-06")}},),
        passed=(
            {},
            {"prior_treatment": {"end_date": partial("2019-05")}},
            {"prior_treatment": {"end_date": partial("2019-05-02")}},
        ),
        left_open={"prior_treatment": {"end_date": UNK}},
    ),
    "C44": Case(
        "TKI given but no t(9;22)/BCR::ABL1 recorded.",
        raised=({"prior_treatment": {"modalities": ["chemo_int", "tki"]}},),
        passed=(
            {"prior_treatment": {"modalities": ["chemo_int", "tki"]}, "cytogenetics": {"bcr_abl1": "1"}},
            GENETICS_UNKNOWN,
        ),
        left_open=GENETICS_UNKNOWN | {"prior_treatment": {"modalities": ["tki"]}},
    ),
    "C45": Case(
        "Ph-positive disease and no TKI in any line. Confirm.",
        raised=({"cytogenetics": {"bcr_abl1": "1"}}, {"diagnosis": {"dx_entity": "cml_lbc"}}),
        passed=({}, {"cytogenetics": {"bcr_abl1": "1"}, "prior_treatment": {"modalities": ["chemo_int", "tki"]}}),
        left_open=GENETICS_UNKNOWN,
    ),
    "C46": Case(
        "The setting of line 2 does not fit the earlier responses.",
        raised=(
            {"prior_treatment": [{}, {"setting": "primref"}]},
            {"prior_treatment": [{"best_response": "rd"}, {}]},
            {"prior_treatment": [{"best_response": "rd"}, {"setting": "mrd1"}]},
        ),
        passed=(
            {"prior_treatment": [{}, {"setting": "mrd1"}]},
            {"prior_treatment": [{"best_response": "rd"}, {"setting": "primref"}]},
            {"prior_treatment": [{"setting": "antecedent"}, {"setting": "first"}]},
            {
                "prior_treatment": [
                    {"setting": "antecedent"},
                    {"line_no": 2, "setting": "first", "best_response": "rd"},
                    {"line_no": 3, "setting": "primref"},
                ]
            },
        ),
        left_open={"prior_treatment": {"best_response": UNK}},
    ),
    "C47": Case(
        '"primary refractory (never in CR)" does not fit the best responses of the earlier lines.',
        raised=(
            {"eligibility": {"rr_status": "refractory"}},
            {"prior_treatment": {"best_response": "rd"}},
        ),
        passed=(
            {"eligibility": {"rr_status": "refractory"}, "prior_treatment": {"best_response": "rd"}},
            {
                "eligibility": {"rr_status": "refractory"},
                "prior_treatment": [{"setting": "antecedent"}, {"setting": "first"}],
            },
            {"prior_treatment": [{"setting": "antecedent"}, {"setting": "first"}]},
        ),
        left_open={"prior_treatment": {"best_response": UNK}},
    ),
}
