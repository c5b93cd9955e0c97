"""Columns of the analysis data set: name, kind, label, codes and the definition each follows.

The listed columns come first and in this order; the optional ones follow them in the text that a database run writes
and may be absent from a file.
"""

from collections.abc import Mapping

from analytics.cohort.column import Column
from analytics.cohort.columns_of_details import DETAILS

CYTO_CLASSES = {"normal": "normal", "t922": "t(9;22)", "complex": "complex", "other": "other abnormality"}


def _codes(*codes: str) -> dict[str, str]:
    return {code: code for code in codes}


LISTED = (
    Column("patient_id", "text", "Registry number of the patient", required=True),
    Column("centre_no", "integer", "Centre"),
    Column("age", "integer", "Age at relapsed or refractory disease, completed years", "D01"),
    Column("sex", "code", "Sex", codes={"F": "female", "M": "male"}),
    Column("ecog", "code", "ECOG performance status", codes=_codes("0", "1", "2", "3", "4")),
    Column("wbc", "decimal", "White blood cells, 10^9/L", "D03"),
    Column("plt", "decimal", "Platelets, 10^9/L", "D03"),
    Column("hb", "decimal", "Haemoglobin, g/dL", "D03"),
    Column("ldh", "decimal", "Lactate dehydrogenase, U/L", "D03"),
    Column("bm_blasts", "decimal", "Bone marrow blasts, %"),
    Column("cyto_class", "code", "Karyotype class at first diagnosis", "D04", CYTO_CLASSES),
    Column("ph_positive", "flag", "Philadelphia chromosome or BCR::ABL1", "D07"),
    Column("emd", "flag", "Extramedullary disease other than CNS"),
    Column("blina_before", "flag", "Blinatumomab before INO", "D10"),
    Column("allo_first_line", "flag", "Allogeneic HCT during first-line therapy", "D11"),
    Column("heavily_pretreated", "flag", "Intensive chemotherapy with or without TKI before INO", "D09"),
    Column("ino_cycles", "decimal", "INO cycles, doses divided by three", "D15"),
    Column("ino_gt2", "flag", "More than two INO cycles", "D16"),
    Column(
        "resp_c1",
        "code",
        "Response after the first INO cycle, CR with CRi",
        "D17",
        {"cr": "CR or CRi", "pr": "PR", "rd": "refractory", "pd": "progression"},
    ),
    Column(
        "best_resp_ino",
        "code",
        "Best response to INO",
        "D18",
        {"cr": "CR", "cri": "CRi", "pr": "PR", "rd": "refractory", "pd": "progression"},
    ),
    Column("ino_responder", "flag", "CR or CRi on INO", "D18"),
    Column(
        "resp_before_hct",
        "code",
        "Response before HCT, relapse between INO and HCT kept apart",
        "D21",
        {"cr": "CR or CRi", "pr": "PR", "rd": "refractory", "rel": "relapsed"},
    ),
    Column("cr_at_hct", "flag", "CR or CRi on the day of HCT", "D20"),
    Column(
        "mrd_pre_hct",
        "code",
        "MRD before HCT, patients in CR or CRi",
        "D22",
        {"neg": "negative", "pos": "positive", "dnq": "detectable, not quantifiable"},
    ),
    Column("mac", "flag", "Myeloablative conditioning", "D47"),
    Column("dual_alkylators", "flag", "Two or more alkylating agents in the conditioning", "D25"),
    Column(
        "donor3",
        "code",
        "Donor",
        "D27",
        {
            "mrel": "matched related",
            "mud": "matched unrelated",
            "haplo_cb": "haploidentical or cord blood",
            "other": "mismatched",
        },
    ),
    Column("donor_matched", "flag", "Matched related or unrelated donor", "D27"),
    Column("ino_last_to_hct", "days", "Last INO dose to HCT", "D23", required=True),
    Column("ino_first_to_hct", "days", "First INO dose to HCT", "D24", required=True),
    Column("sos", "flag", "SOS/VOD after HCT", "D28"),
    Column("sos_grade", "code", "Grade of SOS/VOD", codes=_codes("1", "2", "3", "4", "5")),
    Column("sos_fatal", "flag", "Fatal SOS/VOD", "D28"),
    Column("ino_last_to_sos", "days", "Last INO dose to SOS/VOD", "D29"),
    Column("hct_to_sos", "days", "HCT to SOS/VOD", "D30"),
    Column("os_days", "days", "First INO dose to death or last contact", "D35", required=True),
    Column("os_event", "flag", "Dead at last contact", "D34", required=True),
    Column("os_hct_days", "days", "HCT to death or last contact", "D36", required=True),
    Column("ci_days", "days", "First CR or CRi on INO, else HCT, to first event or last contact", "D40", required=True),
    Column(
        "ci_status",
        "code",
        "First event of the incidence curves",
        "D40",
        {"0": "censored", "1": "relapse or progression", "2": "death in remission"},
        required=True,
    ),
    Column("maintenance", "flag", "Maintenance or pre-emptive treatment after HCT", "D43"),
    Column(
        "death_cause",
        "code",
        "Primary cause of death",
        codes={
            "relapse": "relapse or progression",
            "sos": "SOS/VOD",
            "gvhd": "GVHD",
            "covid": "SARS-CoV-2",
            "sepsis": "other infection",
            "mof": "multi-organ failure",
            "graft": "graft failure",
            "second": "secondary malignancy",
            "other": "other",
        },
    ),
)

OPTIONAL = (
    Column("cyto_class_rr", "code", "Karyotype class at relapsed or refractory disease", "D04", CYTO_CLASSES),
    Column("cyto_class_patient", "code", "Karyotype class of the patient, both time points", "D06", CYTO_CLASSES),
    Column("cd22_pos", "flag", "CD22 positive"),
    Column("ino_programme", "code", "How INO was obtained", codes={"cup": "compassionate use", "label": "in label"}),
    Column(
        "dx_entity",
        "code",
        "Disease at first diagnosis",
        codes={"ball": "de novo B-ALL", "cml_lbc": "CML, later B-lymphoid blast crisis", "other": "other"},
    ),
    Column(
        "blina_context",
        "code",
        "Setting of the first blinatumomab before INO",
        "D10",
        {
            "first": "first line",
            "primref": "primary refractory",
            "mrd1": "MRD after first line",
            "relapse": "relapse",
            "antecedent": "antecedent CML",
        },
    ),
    Column("tki_with_ino", "flag", "TKI together with INO"),
    Column("entry_date", "date", "First INO dose", "D13"),
    Column("last_contact_date", "date", "Death or last contact alive", "D34"),
    Column("cutoff_date", "date", "Data cut-off of the registry"),
    Column("response_day", "integer", "Day of the first CR or CRi after the first INO dose", "D39"),
    Column("hct_to_relapse", "days", "HCT to relapse or progression", "D38"),
    *DETAILS,
)

COLUMNS: Mapping[str, Column] = {column.name: column for column in LISTED + OPTIONAL}
