"""Status and laboratory values at relapsed or refractory disease, before INO."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.checks.rules import Rule
from registry.crf import fields as crf
from registry.models import code_lists
from registry.models.base import OncePerPatient


class Baseline(OncePerPatient):
    """Status and laboratory values at relapsed or refractory disease, before INO."""

    form = "baseline"
    sections = {
        "rr_date": _("Relapse and performance status"),
        "wbc": _("Laboratory values"),
        "bm_blasts": _("Bone marrow and extramedullary disease"),
        "cns_rr": _("Central nervous system"),
    }

    rr_date = crf.PartialDate("Date of relapsed/refractory disease that led to INO", item="BAS-01", required=True)
    lab_date = crf.Date("Date of baseline laboratory values", item="BAS-02", required=True, missing=True)
    ecog = crf.Choice(
        "ECOG performance status",
        item="BAS-03",
        required=True,
        missing=True,
        choices={"0": "0", "1": "1", "2": "2", "3": "3", "4": "4"},
    )
    wbc = crf.Decimal(
        "White blood cells",
        item="BAS-04",
        unit="10^9/L",
        quantity="wbc",
        unit_field="wbc_unit",
        hard=("0", "1000"),
        soft=("0.1", "200"),
        required=True,
        missing=True,
    )
    wbc_unit = crf.Choice(
        "Unit of WBC", item="BAS-05", required=Q(wbc__isnull=False), choices=code_lists.CELL_COUNT_UNITS
    )
    plt = crf.Decimal(
        "Platelets",
        item="BAS-06",
        unit="10^9/L",
        quantity="plt",
        unit_field="plt_unit",
        hard=("0", "2000"),
        soft=("2", "600"),
        required=True,
        missing=True,
    )
    plt_unit = crf.Choice(
        "Unit of platelets", item="BAS-07", required=Q(plt__isnull=False), choices=code_lists.CELL_COUNT_UNITS
    )
    hb = crf.Decimal(
        "Hemoglobin",
        item="BAS-08",
        unit="g/dL",
        quantity="hb",
        unit_field="hb_unit",
        hard=("2", "25"),
        soft=("5", "18"),
        required=True,
        missing=True,
    )
    hb_unit = crf.Choice(
        "Unit of hemoglobin",
        item="BAS-09",
        required=Q(hb__isnull=False),
        choices={"gdl": "g/dL", "gl": "g/L", "mmol": "mmol/L (monomer)"},
    )
    ldh = crf.Decimal(
        "Lactate dehydrogenase",
        item="BAS-10",
        unit="U/L",
        quantity="ldh",
        unit_field="ldh_unit",
        hard=("20", "50000"),
        soft=("80", "6000"),
        required=True,
        missing=True,
    )
    ldh_unit = crf.Choice(
        "Unit of LDH", item="BAS-11", required=Q(ldh__isnull=False), choices={"ul": "U/L", "ukat": "ukat/L"}
    )
    bm_blasts = crf.Decimal(
        "Bone marrow blasts", item="BAS-12", unit="%", hard=("0", "100"), soft=("5", "100"), required=True, missing=True
    )
    emd = crf.Choice(
        "Extramedullary disease other than CNS", item="BAS-13", required=True, missing=True, choices=code_lists.YES_NO
    )
    emd_sites = crf.MultiChoice(
        "Sites of extramedullary disease",
        item="BAS-14",
        source="CIBMTR/EBMT",
        required=Q(emd="1"),
        missing=True,
        choices={
            "node": "lymph node/mediastinum",
            "visceral": "liver, spleen, kidney mass",
            "skin": "skin",
            "bone": "bone/soft tissue",
            "gonad": "testis/ovary",
            "other": "other",
        },
    )
    emd_imaging = crf.Choice(
        "Imaging used for extramedullary response",
        item="BAS-15",
        required=Q(emd="1"),
        missing=True,
        choices={"ct": "CT", "petct": "PET-CT", "other": "other", "none": "none"},
    )
    cns_rr = crf.Choice(
        "CNS involvement at relapsed/refractory disease",
        item="BAS-16",
        required=True,
        missing=True,
        choices=code_lists.YES_NO,
    )
    cns_rr_therapy = crf.MultiChoice(
        "CNS-directed treatment at relapsed/refractory disease",
        item="BAS-17",
        required=Q(cns_rr="1"),
        missing=True,
        choices=code_lists.CNS_THERAPY,
    )

    class Meta:
        verbose_name = "Baseline"
        verbose_name_plural = "Baseline"
        constraints = [
            Rule(
                "C39",
                form="baseline",
                violates=Q(emd_sites__isnull=False, emd="0") | Q(cns_rr_therapy__isnull=False, cns_rr="0"),
                message='Details are given although the parent question is not "yes".',
            ),
        ]
