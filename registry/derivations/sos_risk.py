"""Risk factors of SOS/VOD that raise a mild or moderate one by a class (definitions 3.4).

Prior INO is left out: everybody here has had it. Sirolimus, an addition of the CIBMTR, is not one of them.
"""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.crf.language import Message, Words
from registry.derivations.liver_kidney import bilirubin_before_conditioning
from registry.derivations.patient import Patient
from registry.derivations.response import in_remission_at_hct
from registry.derivations.statement import Statement, fact
from registry.derivations.transplant import myeloablative
from registry.derivations.treatment import relapses_before_ino

UNRELATED: Final = ("mud", "mmud")
MISMATCHED: Final = ("mmrel", "mmud", "haplo", "cb")
HIGHEST_REDUCED_KARNOFSKY: Final = 80
ALT_TIMES_NORMAL: Final = Decimal("2.5")
BILIRUBIN_MG_DL: Final = Decimal("1.8")  # 1.5 times the upper limit of normal, taken as 1.2 mg/dL


def risk_factors(patient: Patient) -> tuple[Statement, ...]:
    """Each factor: present, absent or not known."""
    hct = patient.one("hct")
    donor, number, karnofsky = hct.code("donor"), hct.integer("hct_no"), hct.integer("kps")
    bilirubin = bilirubin_before_conditioning(patient)
    return (
        _factor(None if donor is None else donor in UNRELATED, _("unrelated donor")),
        _factor(None if donor is None else donor in MISMATCHED, _("HLA mismatch")),
        _factor(myeloablative(patient), _("myeloablative conditioning")),
        _factor(_busulfan(patient), _("busulfan")),
        _factor(hct.yes("tbi"), _("total body irradiation")),
        _factor(None if number is None else number > 1, _("second or later allo-HCT")),
        _factor(None if karnofsky is None else karnofsky <= HIGHEST_REDUCED_KARNOFSKY, _("Karnofsky below 90")),
        _factor(_beyond_second_remission(patient), _("not in first or second CR")),
        _factor(_high_alt(patient), _("ALT above 2.5 x ULN")),
        _factor(None if bilirubin is None else bilirubin > BILIRUBIN_MG_DL, _("bilirubin above 1.5 x ULN")),
        _factor(hct.yes("liver_disease"), _("liver disease")),
    )


def _factor(holds: bool | None, name: Words) -> Statement:
    return fact(holds, name, Message("not: {factor}", factor=name), Message("not known: {factor}", factor=name))


def _busulfan(patient: Patient) -> bool | None:
    drugs = [drug for drug in patient.all("conditioning_drug") if drug.code("purpose") == "cond"]
    if not drugs and not patient.one("hct").yes("tbi"):
        return None  # the drug list is not yet entered
    return any(drug.code("drug") == "bu" for drug in drugs)


def _beyond_second_remission(patient: Patient) -> bool | None:
    """D12: the number of the remission is one more than the relapses before INO."""
    in_remission, relapses = in_remission_at_hct(patient), relapses_before_ino(patient)
    if in_remission and relapses is not None:
        return relapses > 1
    return None if in_remission is not False else True


def _high_alt(patient: Patient) -> bool | None:
    alt, normal = patient.one("hct").decimal("alt"), patient.one("hct").decimal("alt_uln")
    return None if alt is None or normal is None else alt > ALT_TIMES_NORMAL * normal
