"""Possible and usual total doses of conditioning drugs in adults: definitions of the CRF, section 2.6.

From domain knowledge, not verified; they only guard against unit slips.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

Limits = Mapping[tuple[str, str, str], tuple[str, str]]

# (drug, unit of dose, route or purpose where it matters) -> lowest and highest possible total dose
HARD_LIMITS: Final[Limits] = {
    ("bu", "mgkg", "iv"): ("0.8", "16"),
    ("bu", "mgkg", "po"): ("1", "20"),
    ("cy", "mgkg", "cond"): ("5", "220"),
    ("cy", "mgm2", "cond"): ("200", "8000"),
    ("cy", "mgkg", "ptcy"): ("25", "120"),
    ("mel", "mgm2", ""): ("30", "220"),
    ("tt", "mgkg", ""): ("2", "20"),
    ("treo", "mgm2", ""): ("8000", "45000"),
    ("benda", "mgm2", ""): ("50", "600"),
    ("bcnu", "mgm2", ""): ("100", "600"),
    ("ifo", "mgm2", ""): ("1000", "16000"),
    ("flu", "mgm2", ""): ("30", "250"),
    ("clo", "mgm2", ""): ("30", "300"),
    ("clad", "mgm2", ""): ("5", "80"),
    ("arac", "mgm2", ""): ("100", "24000"),
    ("eto", "mgkg", ""): ("5", "80"),
    ("amsa", "mgm2", ""): ("50", "600"),
}
# The same, outside of which a query asks (C83).
SOFT_LIMITS: Final[Limits] = {
    ("bu", "mgkg", "iv"): ("3.2", "12.8"),
    ("bu", "mgkg", "po"): ("4", "16"),
    ("cy", "mgkg", "cond"): ("14", "120"),
    ("cy", "mgm2", "cond"): ("500", "4000"),
    ("cy", "mgkg", "ptcy"): ("50", "100"),
    ("mel", "mgm2", ""): ("70", "200"),
    ("tt", "mgkg", ""): ("5", "15"),
    ("treo", "mgm2", ""): ("30000", "42000"),
    ("benda", "mgm2", ""): ("130", "390"),
    ("bcnu", "mgm2", ""): ("150", "400"),
    ("ifo", "mgm2", ""): ("3000", "10000"),
    ("flu", "mgm2", ""): ("90", "180"),
    ("clo", "mgm2", ""): ("100", "200"),
    ("clad", "mgm2", ""): ("20", "50"),
    ("arac", "mgm2", ""): ("1000", "12000"),
    ("eto", "mgkg", ""): ("30", "60"),
    ("amsa", "mgm2", ""): ("200", "400"),
}


def limits_of(drug: Any, table: Limits) -> tuple[Decimal, Decimal] | None:
    """The limits for a conditioning drug as it is recorded; None where the table has none."""
    detail = {"bu": drug.route, "cy": drug.purpose}.get(drug.drug, "")
    limits = table.get((drug.drug, drug.dose_unit, detail))
    return None if limits is None else (Decimal(limits[0]), Decimal(limits[1]))
