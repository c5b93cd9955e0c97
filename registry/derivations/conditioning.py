"""Intensity of conditioning derived from the doses (D26; definitions 2.6). It raises a query, it never overwrites.

The cut-offs are those of EBMT as the CRF definitions give them, not verified there.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.crf.language import Message
from registry.derivations.patient import Patient, Record
from registry.derivations.statement import Statement, all_of, any_of, fact
from registry.derivations.transplant import alkylators

MYELOABLATIVE, REDUCED, UNCLEAR = "mac", "ric", "unclear"
BUSULFAN_ABOVE: Final = {"iv": Decimal("6.4"), "po": Decimal(8)}  # mg/kg
BUSULFAN_WITH_THIOTEPA: Final = Decimal("6.4")  # mg/kg
THIOTEPA_WITH_BUSULFAN: Final = Decimal(10)  # mg/kg
MELPHALAN_ABOVE: Final = Decimal(150)  # mg/m2
TREOSULFAN_ABOVE: Final = Decimal(36_000)  # mg/m2
TREOSULFAN_WITH_THIOTEPA_ABOVE: Final = Decimal(30_000)
IRRADIATION_IN_ONE_FRACTION: Final = Decimal(5)  # Gy
IRRADIATION_FRACTIONATED: Final = Decimal(8)


def derived_intensity(patient: Patient) -> str:
    """D26: mac, ric or unclear. Two alkylators at reduced doses, or a dose that is not known, are unclear."""
    doses = myeloablative_doses(patient)
    if doses.holds:
        return MYELOABLATIVE
    return UNCLEAR if doses.holds is None or len(alkylators(patient)) > 1 else REDUCED


def myeloablative_doses(patient: Patient) -> Statement:
    """Does any dose reach its cut-off? Not known while a dose that has one is missing or in a unit without one."""
    busulfan, thiotepa = _given(patient, "bu"), _given(patient, "tt")
    treosulfan_limit = TREOSULFAN_WITH_THIOTEPA_ABOVE if thiotepa else TREOSULFAN_ABOVE
    both = all_of(
        any_of(*(_dose(drug, "mgkg", THIOTEPA_WITH_BUSULFAN, reached=True) for drug in thiotepa)),
        any_of(*(_dose(drug, "mgkg", BUSULFAN_WITH_THIOTEPA, reached=True) for drug in busulfan)),
    )
    return any_of(
        _irradiation(patient.one("hct")),
        *(_dose(drug, "mgkg", BUSULFAN_ABOVE.get(drug.code("route") or "")) for drug in busulfan),
        *(_dose(drug, "mgm2", MELPHALAN_ABOVE) for drug in _given(patient, "mel")),
        both,
        *(_dose(drug, "mgm2", treosulfan_limit) for drug in _given(patient, "treo")),
    )


def _given(patient: Patient, name: str) -> list[Record]:
    """Entries of a drug as conditioning; post-transplant cyclophosphamide is none."""
    drugs: Iterable[Record] = patient.all("conditioning_drug")
    return [drug for drug in drugs if drug.code("purpose") == "cond" and drug.code("drug") == name]


def _dose(drug: Record, unit: str, limit: Decimal | None, *, reached: bool = False) -> Statement:
    """Is the limit exceeded, or with `reached` met? No limit where the route that decides on it is not known."""
    name, dose = drug.code("drug"), drug.decimal("total_dose")
    if dose is None or limit is None or drug.code("dose_unit") != unit:
        return Statement(None, Message("dose of {drug} not known", drug=name))
    holds = dose >= limit if reached else dose > limit
    found = {"drug": name, "dose": dose, "limit": limit}
    if reached:
        words = Message("{drug} {dose}, at least {limit}", **found), Message("{drug} {dose}, below {limit}", **found)
    else:
        words = Message("{drug} {dose}, above {limit}", **found), Message("{drug} {dose}, not above {limit}", **found)
    return fact(holds, *words, "")


def _irradiation(hct: Record) -> Statement:
    gray, fractions = hct.decimal("tbi_gy"), hct.integer("tbi_fractions")
    if hct.yes("tbi") is False:
        return Statement(False, "")
    if gray is None:
        return Statement(None, _("dose of irradiation not known"))
    if IRRADIATION_IN_ONE_FRACTION <= gray < IRRADIATION_FRACTIONATED:
        words = Message("irradiation {gray} Gy in {fractions} fractions", gray=gray, fractions=fractions)
        return fact(
            None if fractions is None else fractions == 1, words, words, _("fractions of irradiation not known")
        )
    words = Message("irradiation {gray} Gy", gray=gray)
    return fact(gray >= IRRADIATION_FRACTIONATED, words, words, "")
