"""Sections 1.6 to 1.9 of the CRF definitions: inotuzumab, MRD, bridging, transplant."""

from decimal import Decimal

from tests.registry.checks.case import UNK, Case
from tests.registry.checks.valid_patient import NOT_STARTED, date

PTCY = {"drug": "cy", "purpose": "ptcy", "total_dose": Decimal(100), "first_day": 3}

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
        passed=(
            {"pre_hct_therapy": {"reason": "relapse"}, "relapse": {"rel_date": date("2019-07-24")}},
            {"hct": NOT_STARTED},
        ),
    ),
}

TRANSPLANT = {
    "C72": Case(
        "Conditioning must lie between the last INO dose and HCT.",
        raised=(
            {"hct": {"cond_start": date("2019-06-11"), "hct_date": date("2019-06-20")}},
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
