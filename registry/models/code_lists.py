"""Code lists that several forms share. A list used by one form stands in its field."""

YES_NO = {"1": "yes", "0": "no"}
CNS_THERAPY = {
    "it_mtx": "intrathecal methotrexate",
    "it_arac": "intrathecal cytarabine",
    "it_dex": "intrathecal dexamethasone",
    "hd_mtx": "high-dose methotrexate",
    "hd_arac": "high-dose cytarabine",
    "rt": "CNS radiation",
    "other": "other",
}
KARYOTYPE_CLASSES = {
    "normal": "normal",
    "t922": "translocation 9-22 (Philadelphia chromosome)",
    "complex": "complex (3 or more abnormalities)",
    "other": "other abnormality",
}
INO_RESPONSES = {
    "cr": "complete remission",
    "cri": "CR with incomplete count recovery",
    "pr": "partial remission",
    "rd": "refractory / no response",
    "pd": "progression or relapse",
    "ne": "not evaluable",
}
MRD_METHODS = {
    "flow": "multiparameter flow cytometry",
    "bcrabl": "RT-qPCR for BCR::ABL1",
    "igtr": "RQ-PCR for IG/TR",
    "dpcr": "digital PCR",
    "ngs": "NGS for IG/TR",
    "other": "other",
}
MRD_RESULTS = {"neg": "negative", "pos": "positive and quantifiable", "dnq": "detectable but not quantifiable"}
CELL_COUNT_UNITS = {"e9": "10^9/L", "ul": "cells/uL", "kul": "10^3/uL"}
SMALL_MOLECULE_UNITS = {"mgdl": "mg/dL", "umol": "umol/L"}
IMAGING_RESULTS = {"pos": "positive / suggestive", "neg": "negative", "nd": "not done"}
POSITIVE_NEGATIVE = {"1": "positive", "0": "negative"}
