"""Sections 1.6 to 1.9 of the CRF definitions: inotuzumab, MRD, bridging, transplant."""

from decimal import Decimal
from typing import Any

from tests.registry.checks.case import UNK, Case
from tests.registry.checks.hard_cases.ino_to_transplant import PTCY
from tests.registry.checks.soft_cases.before_ino import GENETICS_UNKNOWN
from tests.registry.checks.valid_patient import date

TWO_ALKYLATORS = [
    {"total_dose": Decimal("6.4")},
    {"drug": "mel", "total_dose": Decimal(140), "dose_unit": "mgm2"},
]


def _cycles(*responses: str) -> dict[str, Any]:
    return {
        "ino_cycle": [
            {"cycle_no": number, "resp": response, "d1_dose": Decimal("0.8")}
            for number, response in enumerate(responses, start=1)
        ]
    }


def _doses(d8: str, d15: str) -> dict[str, Any]:
    return {"ino_cycle": {"d8_date": date(d8), "d15_date": date(d15)}}


def _second_cycle(**change: Any) -> dict[str, Any]:
    return {"ino_cycle": [{}, change]}


INOTUZUMAB = {
    "C52": Case(
        "5 days between doses (label: 7 days, +/- 2, at least 6).",
        raised=(_doses("2019-05-07", "2019-05-14"), _doses("2019-05-09", "2019-05-20")),
        passed=(
            _doses("2019-05-08", "2019-05-14"),
            _doses("2019-05-12", "2019-05-22"),
            {"ino_cycle": {"d8_given": False, "d8_date": None, "d8_dose": None}},
        ),
    ),
    "C53": Case(
        "18 days from cycle to cycle (label: 21-28 for the first, 28 for later cycles).",
        raised=(_second_cycle(d1_date=date("2019-05-20")), _second_cycle(d1_date=date("2019-06-14"))),
        passed=(_second_cycle(d1_date=date("2019-05-21")), _second_cycle(d1_date=date("2019-06-13"))),
    ),
    "C54": Case(
        "Day 1 dose 0.8 mg/m2: 0.8 before and 0.5 after CR/CRi expected. Dose reduction?",
        raised=(
            _second_cycle(d1_dose=Decimal("0.8")),
            {"ino_cycle": {"d1_dose": Decimal("0.5")}},
            {"ino_cycle": [{"resp": "rd"}, {}]},
        ),
        passed=(
            {"ino_cycle": {"d1_dose": Decimal("0.85")}},
            {"ino_cycle": {"d1_dose": Decimal("0.75")}},
            _second_cycle(d1_dose=Decimal("0.45")),
            {"ino_cycle": [{"resp": "pr"}, {"d1_dose": Decimal("0.8")}]},
        ),
    ),
    "C55": Case(
        "0.56 mg/m2 on day 8: 0.5 expected.",
        raised=({"ino_cycle": {"d8_dose": Decimal("0.56")}}, {"ino_cycle": {"d15_dose": Decimal("0.44")}}),
        passed=({"ino_cycle": {"d8_dose": Decimal("0.55"), "d15_dose": Decimal("0.45")}},),
    ),
    "C56": Case(
        "Label: at most six cycles; stop after three without CR/CRi. Confirm.",
        raised=(
            _cycles("rd", "pr", "rd", "rd"),
            _cycles("rd", "pr", "rd", "cr"),
            _cycles("cr", "cr", "cr", "cr", "cr", "cr", "cr"),
        ),
        passed=(_cycles("rd", "rd", "rd"), _cycles("rd", "rd", "cri", "cr"), _cycles("cr", *["cr"] * 5)),
    ),
    "C58": Case(
        "This response date lies in the next cycle.",
        raised=({"ino_cycle": {"resp_date": date("2019-05-29")}},),
        passed=({"ino_cycle": {"resp_date": date("2019-05-28")}},),
    ),
    "C59": Case(
        "complete remission does not fit 5% blasts.",
        raised=tuple(
            {"ino_cycle": {"resp": response, "resp_bm_blasts": Decimal(blasts)}}
            for response, blasts in (("cr", "5"), ("cri", "30"), ("pr", "4.9"), ("pr", "25.1"), ("rd", "4.9"))
        ),
        passed=(
            {},
            *(
                {"ino_cycle": {"resp": response, "resp_bm_blasts": Decimal(blasts)}}
                for response, blasts in (("cr", "4.9"), ("pr", "5"), ("pr", "25"), ("rd", "5"), ("rd", "100"))
            ),
            {"ino_cycle": {"resp": "ne", "resp_bm_blasts": Decimal(0)}},
        ),
        left_open={"ino_cycle": {"resp_bm_blasts": UNK}},
    ),
    "C60": Case(
        "A loss of CR needs a relapse record.",
        raised=(
            _second_cycle(resp="rd"),
            _second_cycle(resp="pd") | {"relapse": {"rel_date": date("2019-06-25")}},
            _cycles("cr", "ne", "pr"),
        ),
        passed=(
            _second_cycle(resp="pd") | {"relapse": {"rel_date": date("2019-06-24")}},
            _second_cycle(resp="cri"),
            _cycles("pr", "rd"),
        ),
    ),
}

MRD = {
    "C62": Case(
        "Level 0.005% against a detection limit of 0.01%.",
        raised=(
            {"hct": {"mrd_result": "pos", "mrd_value": Decimal("0.005")}},
            {"hct": {"mrd_result": "dnq", "mrd_value": Decimal("0.02")}},
            {"ino_cycle": {"mrd_lod": Decimal("0.01"), "mrd_value": Decimal("0.005")}},
            {"follow_up": {"mrd_lod": Decimal("0.01"), "mrd_value": Decimal("0.005")}},
        ),
        passed=({}, {"hct": {"mrd_result": "pos", "mrd_value": Decimal("0.01")}}),
        left_open={"hct": {"mrd_result": "pos", "mrd_value": Decimal("0.02"), "mrd_lod": UNK}},
    ),
    "C63": Case(
        "Negative at a sensitivity of 0.1%: ELN/EuroMRD does not call this MRD-negative.",
        raised=({"hct": {"mrd_lod": Decimal("0.1")}},),
        passed=({"hct": {"mrd_lod": Decimal("0.01")}}, {"hct": {"mrd_lod": Decimal("0.1"), "mrd_result": "dnq"}}),
        left_open={"hct": {"mrd_lod": UNK}},
    ),
    "C64": Case(
        "BCR::ABL1 PCR although no BCR::ABL1 is recorded.",
        raised=(
            {"hct": {"mrd_method": "bcrabl"}},
            {"ino_cycle": {"mrd_method": "bcrabl"}},
            {"follow_up": {"mrd_method": "bcrabl"}},
        ),
        passed=({"hct": {"mrd_method": "bcrabl"}, "cytogenetics": {"bcr_abl1": "1"}}, GENETICS_UNKNOWN),
        left_open=GENETICS_UNKNOWN | {"hct": {"mrd_method": "bcrabl"}},
    ),
    "C65": Case(
        "MRD is defined in CR/CRi. It will not enter the MRD table.",
        raised=(
            {"hct": {"status": "pr"}},
            {"ino_cycle": {"resp": "pr", "mrd_done": True}},
            {"ino_cycle": {"resp_assessed": False, "resp": None, "resp_date": None, "mrd_done": True}},
        ),
        passed=({}, {"hct": {"status": "pr", "mrd_done": False}}, {"ino_cycle": {"resp": "cri", "mrd_done": True}}),
    ),
}

BRIDGING = {
    "C67": Case(
        "2019-06-11 is before the last INO dose. Given together with INO?",
        raised=({"pre_hct_therapy": {"start_date": date("2019-06-11")}},),
        passed=({"pre_hct_therapy": {"start_date": date("2019-06-12")}},),
    ),
    "C69": Case(
        "The reason does not fit the response to INO (complete remission).",
        raised=(
            {"pre_hct_therapy": {"reason": "no_resp"}},
            _cycles("rd", "pr"),
            _cycles("rd", "pr") | {"pre_hct_therapy": {"reason": "maint"}},
            _second_cycle(mrd_done=True, mrd_result="neg", mrd_date=date("2019-06-26")),
        ),
        passed=(
            {"pre_hct_therapy": {"reason": "relapse"}},
            _cycles("rd", "pr") | {"pre_hct_therapy": {"reason": "no_resp"}},
            _cycles("rd", "pr") | {"pre_hct_therapy": [{"reason": "no_resp"}, {"course_no": 2, "reason": "maint"}]},
            _second_cycle(mrd_done=True, mrd_result="pos", mrd_date=date("2019-06-24")),
            _second_cycle(mrd_done=True, mrd_result="neg", mrd_date=date("2019-06-27")),
        ),
        left_open=_cycles("rd", "pr")
        | {"pre_hct_therapy": [{"reason": "no_resp", "resp": UNK}, {"course_no": 2, "reason": "maint"}]},
    ),
    "C70": Case(
        "0.7 cycles? Use steps of 0.5.",
        raised=({"pre_hct_therapy": {"n_cycles": Decimal("0.7")}},),
        passed=({"pre_hct_therapy": {"n_cycles": Decimal("1.5")}}, {"pre_hct_therapy": {"n_cycles": Decimal(2)}}),
        left_open={"pre_hct_therapy": {"n_cycles": UNK}},
    ),
}

TRANSPLANT = {
    "C71": Case(
        "20 days from the last INO dose to HCT. (Published range 25-374; Table 2 implies 15 and 22.) "
        "Confirm both dates.",
        raised=({"hct": {"hct_date": date("2019-07-01")}}, {"hct": {"hct_date": date("2019-12-09")}}),
        passed=({"hct": {"hct_date": date("2019-07-02")}}, {"hct": {"hct_date": date("2019-12-08")}}),
    ),
    "C74": Case(
        "Status at HCT partial remission but last response complete remission on 2019-07-12.",
        raised=(
            {"hct": {"status": "pr"}},
            {"pre_hct_therapy": {"resp": "rd"}},
            {"hct": {"status": "rel"}},
            {"hct": {"status": "rel"}, "relapse": {"rel_date": date("2019-07-11")}},
            {"hct": {"status": "rel"}, "pre_hct_therapy": {"resp": "rd"}},
        ),
        passed=(
            {"hct": {"status": "cri"}},
            {"hct": {"status": "rd"}, "pre_hct_therapy": {"resp": "rd"}},
            {"hct": {"status": "rel"}, "relapse": {"rel_date": date("2019-07-12")}},
            {
                "hct": {"status": "rel"},
                "pre_hct_therapy": {"resp": "rd"},
                "relapse": {"rel_date": date("2019-06-25")},
            },
            {"pre_hct_therapy": {"resp": "ne", "resp_date": None}},
        ),
        left_open={"pre_hct_therapy": {"resp": UNK, "resp_date": None}},
    ),
    "C75": Case(
        "Last assessment 46 days before HCT.",
        raised=({"hct": {"status_date": date("2019-06-09")}}, {"hct": {"status_date": date("2019-07-26")}}),
        passed=({"hct": {"status_date": date("2019-06-10")}}, {"hct": {"status_date": date("2019-07-25")}}),
        left_open={"hct": {"status_date": UNK}},
    ),
    "C78": Case(
        "9/10 does not fit donor type HLA-matched unrelated.",
        raised=({"hct": {"hla_matched": 9}}, {"hct": {"donor": "haplo"}}, {"hct": {"donor": "mmud"}}),
        passed=(
            {"hct": {"donor": "mrel"}},
            {"hct": {"donor": "mmud", "hla_matched": 9}},
            {"hct": {"donor": "cb", "hla_matched": 4, "hla_tested": "6"}},
            {"hct": {"donor": "syn", "hla_matched": None, "hla_tested": None}},
        ),
        left_open={"hct": {"hla_matched": UNK, "hla_tested": None}},
    ),
    "C80": Case(
        "Doses suggest myeloablative, you classified reduced intensity. Confirm.",
        raised=(
            {"hct": {"intensity": "ric"}},
            {"conditioning_drug": {"total_dose": Decimal("6.4")}},
            {"hct": {"intensity": "ric"}, "conditioning_drug": TWO_ALKYLATORS},
        ),
        passed=(
            {"hct": {"intensity": "nma"}, "conditioning_drug": {"total_dose": Decimal("6.4")}},
            {"hct": {"tbi": True, "tbi_gy": Decimal(12), "tbi_fractions": 6}},
        ),
        left_open={"conditioning_drug": {"total_dose": UNK}},
    ),
    "C82": Case(
        "PTCy must appear both in GVHD prophylaxis and in the drug list.",
        raised=({"hct": {"gvhd_prophylaxis": ["ptcy", "tac"]}}, {"conditioning_drug": [{}, PTCY]}),
        passed=({}, {"hct": {"gvhd_prophylaxis": ["ptcy", "tac"]}, "conditioning_drug": [{}, PTCY]}),
        left_open={"hct": {"gvhd_prophylaxis": UNK}},
    ),
    "C83": Case(
        "13 mg/kg of busulfan [A] is unusual (expected 3.2-12.8).",
        raised=(
            {"conditioning_drug": {"total_dose": Decimal(13)}},
            {"conditioning_drug": {"total_dose": Decimal("3.1")}},
            {"conditioning_drug": [{}, {"drug": "bu", "total_dose": Decimal(8), "dose_unit": "mgkg"}]},
            {"conditioning_drug": [{"drug": "other", "drug_other": "nimustine"}] * 2},
        ),
        passed=(
            {"conditioning_drug": {"total_dose": Decimal("3.2")}},
            {"conditioning_drug": {"total_dose": Decimal(16), "route": "po"}},
            {"conditioning_drug": {"drug": "other", "drug_other": "nimustine", "total_dose": Decimal(3000)}},
            {"conditioning_drug": [{"drug": "cy", "total_dose": Decimal(120)}, PTCY | {"dose_unit": "mgkg"}]},
        ),
        left_open={"conditioning_drug": {"total_dose": UNK}},
    ),
    "C84": Case(
        "Engraftment on day 6. Confirm.",
        raised=(
            {"hct": {"engraftment_date": date("2019-07-31")}},
            {"hct": {"engraftment_date": date("2019-09-24")}},
            {"hct": {"engraftment": "no"}},
        ),
        passed=(
            {"hct": {"engraftment_date": date("2019-08-01")}},
            {"hct": {"engraftment_date": date("2019-09-23"), "engraftment": "lost"}},
            {"hct": {"engraftment": "dead", "engraftment_date": None}},
        ),
        left_open={"hct": {"engraftment_date": UNK}},
    ),
}
