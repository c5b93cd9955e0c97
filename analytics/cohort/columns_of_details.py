"""Columns for what the paper tells in words: doses, bridging, maintenance, the central nervous system.

They stand last and are optional: decision 0013.
"""

from analytics.cohort.column import Column

DETAILS = (
    Column("ino_dose_day1", "decimal", "INO on day 1 of the first cycle, mg/m2", "D14"),
    Column("ino_dose_day8", "decimal", "INO on day 8 of the first cycle, mg/m2", "D14"),
    Column("ino_dose_day15", "decimal", "INO on day 15 of the first cycle, mg/m2", "D14"),
    Column("ino_dose_after_cr", "decimal", "INO on day 1 of the first cycle after CR or CRi, mg/m2", "D14"),
    Column(
        "blina_response",
        "code",
        "Best response to the first blinatumomab before INO",
        "D10",
        {"cr": "CR", "cri": "CRi", "pr": "PR", "rd": "refractory", "pd": "progression", "ne": "not evaluable"},
    ),
    Column(
        "emd_imaging",
        "code",
        "Imaging of extramedullary response",
        codes={"ct": "CT", "petct": "PET-CT", "other": "other", "none": "none"},
    ),
    Column("cns_dx", "flag", "CNS involvement at first diagnosis", "D44"),
    Column("cns_rr", "flag", "CNS involvement at relapsed or refractory disease", "D44"),
    Column("cns_rr_therapy", "text", "CNS-directed treatment at relapsed or refractory disease", "D44"),
    Column("bcr_abl1_pcr_rr", "flag", "BCR::ABL1 by PCR at relapsed or refractory disease", "D08"),
    Column(
        "bridging_reason",
        "code",
        "Why treatment was given between INO and HCT",
        "D19",
        {
            "no_resp": "no response to INO",
            "relapse": "relapse after CR on INO",
            "mrd": "treatment of MRD",
            "maint": "maintenance in CR while waiting",
            "other": "other",
        },
    ),
    Column("bridging_given", "text", "Agents and cycles between INO and HCT", "D19"),
    Column(
        "mrd_method",
        "code",
        "Method of MRD before HCT",
        "D22",
        {
            "flow": "flow cytometry",
            "bcrabl": "PCR of BCR::ABL1",
            "igtr": "PCR of IG/TR",
            "dpcr": "digital PCR",
            "ngs": "sequencing of IG/TR",
            "other": "other",
        },
    ),
    Column("mrd_lod", "decimal", "Detection limit of MRD before HCT, % of cells", "D22"),
    Column("maintenance_given", "text", "Agents and courses of maintenance after HCT", "D43"),
    Column("maintenance_mrd", "code", "MRD at the start of maintenance", "D43", {"pos": "positive", "neg": "negative"}),
    Column(
        "maintenance_withheld",
        "code",
        "Main reason for no maintenance after HCT",
        "D43",
        {
            "agvhd": "acute GVHD",
            "relapse": "relapse",
            "death": "early death",
            "policy": "not planned or MRD-negative",
            "other": "other",
        },
    ),
)
