"""The index allogeneic transplant after INO."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.checks.rules import Rule
from registry.crf import fields as crf
from registry.models import code_lists
from registry.models.base import OncePerPatient
from registry.models.mrd import mrd_items_belong_together


class Transplant(OncePerPatient):
    """The index allogeneic transplant after INO."""

    form = "hct"
    sections = {
        "hct_date": _("Transplant and disease status"),
        "mrd_done": _("Measurable residual disease"),
        "donor": _("Donor and graft"),
        "intensity": _("Conditioning"),
        "gvhd_prophylaxis": _("Prophylaxis"),
        "kps": _("Condition and organs before conditioning"),
        "engraftment": _("Engraftment"),
    }

    hct_date = crf.Date("Date of index allo-HCT (day 0, first after INO)", item="HCT-01", required=True)
    hct_no = crf.Integer(
        "Which allo-HCT of this patient",
        item="HCT-02",
        source="EBMT/CIBMTR",
        hard=("1", "4"),
        soft=("1", "2"),
        required=True,
    )
    status = crf.Choice(
        "Disease status at HCT",
        item="HCT-03",
        required=True,
        choices={
            "cr": "complete remission",
            "cri": "CR with incomplete count recovery",
            "pr": "partial remission",
            "rd": "refractory",
            "rel": "relapse",
        },
    )
    status_date = crf.Date("Date of the last disease assessment before HCT", item="HCT-04", required=True, missing=True)
    mrd_done = crf.Bool("MRD assessed", item="HCT-05", required=True)
    mrd_date = crf.Date("Date of MRD sample", item="HCT-06", required=Q(mrd_done=True))
    mrd_method = crf.Choice("MRD method", item="HCT-07", required=Q(mrd_done=True), choices=code_lists.MRD_METHODS)
    mrd_lod = crf.Decimal(
        "Sensitivity (detection limit) of this assay",
        item="HCT-08",
        unit="% of cells",
        hard=("0.00001", "1"),
        soft=("0.0001", "0.01"),
        required=Q(mrd_done=True),
        missing=True,
    )
    mrd_result = crf.Choice("MRD result", item="HCT-09", required=Q(mrd_done=True), choices=code_lists.MRD_RESULTS)
    mrd_value = crf.Decimal(
        "MRD level",
        item="HCT-10",
        source="ELN",
        unit="% of cells",
        hard=("0.000001", "100"),
        soft=("0.0001", "20"),
        required=Q(mrd_result="pos"),
        missing=True,
    )
    donor = crf.Choice(
        "Donor type",
        item="HCT-11",
        required=True,
        choices={
            "mrel": "HLA-matched related",
            "mmrel": "HLA-mismatched related, not haploidentical",
            "mud": "HLA-matched unrelated",
            "mmud": "HLA-mismatched unrelated",
            "haplo": "haploidentical related",
            "cb": "cord blood",
            "syn": "syngeneic",
        },
    )
    hla_matched = crf.Integer(
        "HLA alleles matched",
        item="HCT-12",
        source="EBMT/CIBMTR",
        unit="alleles",
        hard=("0", "12"),
        soft=("3", "12"),
        required=~Q(donor__in=("syn",)),
        missing=True,
    )
    hla_tested = crf.Choice(
        "HLA alleles typed",
        item="HCT-13",
        source="EBMT/CIBMTR",
        required=Q(hla_matched__isnull=False),
        choices={"6": "6", "8": "8", "10": "10", "12": "12"},
    )
    cell_source = crf.Choice(
        "Stem-cell source",
        item="HCT-14",
        source="EBMT/CIBMTR",
        required=True,
        choices={
            "bm": "bone marrow",
            "pb": "peripheral blood",
            "cb": "cord blood",
            "bm_pb": "bone marrow and peripheral blood",
        },
    )
    intensity = crf.Choice(
        "Conditioning intensity as classified by the centre",
        item="HCT-15",
        required=True,
        choices={"mac": "myeloablative", "ric": "reduced intensity", "nma": "non-myeloablative"},
    )
    cond_start = crf.Date("First day of conditioning", item="HCT-16", source="EBMT/CIBMTR", required=True, missing=True)
    tbi = crf.Bool("Total body irradiation", item="HCT-17", source="EBMT/CIBMTR", required=True)
    tbi_gy = crf.Decimal(
        "TBI total dose",
        item="HCT-18",
        source="EBMT/CIBMTR",
        unit="Gy",
        hard=("0.5", "16"),
        soft=("2", "14.4"),
        required=Q(tbi=True),
        missing=True,
    )
    tbi_fractions = crf.Integer(
        "TBI fractions",
        item="HCT-19",
        source="EBMT/CIBMTR",
        unit="fractions",
        hard=("1", "15"),
        soft=("1", "12"),
        required=Q(tbi=True),
        missing=True,
    )
    gvhd_prophylaxis = crf.MultiChoice(
        "GVHD prophylaxis",
        item="HCT-20",
        source="EBMT/CIBMTR",
        required=True,
        missing=True,
        choices={
            "csa": "cyclosporine",
            "tac": "tacrolimus",
            "mtx": "methotrexate",
            "mmf": "mycophenolate",
            "siro": "sirolimus",
            "ptcy": "post-transplant cyclophosphamide",
            "atg": "anti-thymocyte globulin",
            "alem": "alemtuzumab",
            "abat": "abatacept",
            "tcd": "ex vivo T-cell depletion",
            "other": "other",
            "none": "none",
        },
    )
    sos_prophylaxis = crf.MultiChoice(
        "SOS/VOD prophylaxis",
        item="HCT-21",
        source="EBMT/CIBMTR",
        required=True,
        missing=True,
        choices={
            "none": "none",
            "udca": "ursodeoxycholic acid",
            "defi": "defibrotide",
            "hep": "heparin",
            "other": "other",
        },
    )
    kps = crf.Choice(
        "Karnofsky performance status before conditioning",
        item="HCT-22",
        source="EBMT/CIBMTR",
        required=True,
        missing=True,
        choices={
            "100": "100",
            "90": "90",
            "80": "80",
            "70": "70",
            "60": "60",
            "50": "50",
            "40": "40",
            "30": "30",
            "20": "20",
            "10": "10",
        },
    )
    hct_ci = crf.Integer(
        "HCT-CI (Sorror) total",
        item="HCT-23",
        source="EBMT/CIBMTR",
        unit="points",
        hard=("0", "26"),
        soft=("0", "8"),
        required=True,
        missing=True,
    )
    liver_disease = crf.Choice(
        "Liver disease before conditioning (cirrhosis, fibrosis, active viral hepatitis)",
        item="HCT-24",
        source="EBMT",
        required=True,
        missing=True,
        choices=code_lists.YES_NO,
    )
    bili = crf.Decimal(
        "Bilirubin before conditioning",
        item="HCT-25",
        source="EBMT",
        unit="mg/dL",
        quantity="bili",
        unit_field="bili_unit",
        hard=("0.05", "50"),
        soft=("0.1", "3"),
        required=True,
        missing=True,
    )
    bili_unit = crf.Choice(
        "Unit of bilirubin",
        item="HCT-26",
        source="EBMT",
        required=Q(bili__isnull=False),
        choices=code_lists.SMALL_MOLECULE_UNITS,
    )
    alt = crf.Decimal(
        "ALT before conditioning",
        item="HCT-27",
        source="EBMT",
        unit="U/L",
        hard=("1", "10000"),
        soft=("5", "500"),
        required=True,
        missing=True,
    )
    alt_uln = crf.Decimal(
        "Upper limit of normal of ALT",
        item="HCT-28",
        source="EBMT",
        unit="U/L",
        hard=("10", "120"),
        soft=("30", "60"),
        required=Q(alt__isnull=False),
        missing=True,
    )
    creat = crf.Decimal(
        "Creatinine before conditioning",
        item="HCT-29",
        source="EBMT",
        unit="mg/dL",
        quantity="creat",
        unit_field="creat_unit",
        hard=("0.1", "20"),
        soft=("0.3", "2"),
        required=True,
        missing=True,
    )
    creat_unit = crf.Choice(
        "Unit of creatinine",
        item="HCT-30",
        source="EBMT",
        required=Q(creat__isnull=False),
        choices=code_lists.SMALL_MOLECULE_UNITS,
    )
    weight = crf.Decimal(
        "Body weight before conditioning",
        item="HCT-31",
        source="EBMT",
        unit="kg",
        hard=("25", "250"),
        soft=("40", "130"),
        required=True,
        missing=True,
    )
    engraftment = crf.Choice(
        "Neutrophil engraftment (ANC >= 0.5 x 10^9/L, 3 days)",
        item="HCT-32",
        source="EBMT/CIBMTR",
        required=True,
        missing=True,
        choices={
            "yes": "engrafted",
            "no": "not engrafted",
            "dead": "died before engraftment",
            "lost": "engrafted, later lost",
        },
    )
    engraftment_date = crf.Date(
        "Date of neutrophil engraftment",
        item="HCT-33",
        source="EBMT/CIBMTR",
        required=Q(engraftment__in=("yes", "lost")),
        missing=True,
    )

    class Meta:
        verbose_name = "Allo-HCT"
        verbose_name_plural = "Allo-HCT"
        constraints = [
            mrd_items_belong_together("hct"),
            Rule(
                "C76",
                form="hct",
                violates=(Q(donor="cb") & ~Q(cell_source="cb")) | (Q(cell_source="cb") & ~Q(donor="cb")),
                message="Donor type and stem-cell source contradict each other.",
            ),
            Rule(
                "C77",
                form="hct",
                violates=Q(hla_tested="6", hla_matched__gt=6)
                | Q(hla_tested="8", hla_matched__gt=8)
                | Q(hla_tested="10", hla_matched__gt=10)
                | Q(hla_tested="12", hla_matched__gt=12),
                message="{hla_matched} matched of {hla_tested} typed is not possible.",
            ),
        ]
