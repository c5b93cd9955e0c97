"""Laboratory values: the number and unit as entered, and the standard value computed from them.

Factors: JAMA SI conversion table, as the CRF definitions give them in section 2.2. Values are computed with full
precision; rounding is a matter of display.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.crf.language import Words

ONE = Decimal(1)


@dataclass(frozen=True)
class Unit:
    label: Words
    multiply: Decimal = ONE
    divide: Decimal = ONE


@dataclass(frozen=True)
class Quantity:
    """`decimals` are those shown, by the derivations D03 (blood count, LDH) and D46 (liver, kidney)."""

    standard_unit: str
    decimals: int
    units: Mapping[str, Unit]


_CELL_COUNT_UNITS = {
    "e9": Unit("10^9/L"),
    "kul": Unit("10^3/uL"),
    "ul": Unit(_("cells/uL"), multiply=Decimal("0.001")),
}
QUANTITIES: Final[Mapping[str, Quantity]] = {
    "wbc": Quantity("10^9/L", 1, _CELL_COUNT_UNITS),
    "plt": Quantity("10^9/L", 0, _CELL_COUNT_UNITS),
    "hb": Quantity(
        "g/dL",
        1,
        {
            "gdl": Unit("g/dL"),
            "gl": Unit("g/L", multiply=Decimal("0.1")),
            "mmol": Unit(_("mmol/L (monomer)"), multiply=Decimal("1.611")),
        },
    ),
    "ldh": Quantity("U/L", 0, {"ul": Unit("U/L"), "ukat": Unit("ukat/L", multiply=Decimal(60))}),
    "bili": Quantity("mg/dL", 1, {"mgdl": Unit("mg/dL"), "umol": Unit("umol/L", divide=Decimal("17.1"))}),
    "creat": Quantity("mg/dL", 2, {"mgdl": Unit("mg/dL"), "umol": Unit("umol/L", divide=Decimal("88.4"))}),
}

# EBMT prints these limits side by side (factor 17.0). With the factor 17.1, 34 umol/L would be 1.988 mg/dL and fall one
# class too low: criteria compare bilirubin in the unit in which it was entered.
BILIRUBIN_LIMITS_UMOL: Final[Mapping[int, Decimal]] = {2: Decimal(34), 3: Decimal(51), 5: Decimal(85), 8: Decimal(136)}


def to_standard(quantity: str, value: Decimal, unit: str) -> Decimal:
    """The value in the standard unit of the quantity, not rounded."""
    entered = QUANTITIES[quantity].units[unit]
    return value * entered.multiply / entered.divide


def display(quantity: str, standard_value: Decimal) -> str:
    """A standard value as it is printed, without its unit."""
    return str(standard_value.quantize(ONE.scaleb(-QUANTITIES[quantity].decimals), rounding=ROUND_HALF_UP))


def bilirubin_limit(mg_dl: int, unit: str) -> Decimal:
    """The limit of 2, 3, 5 or 8 mg/dL in the unit of entry."""
    return BILIRUBIN_LIMITS_UMOL[mg_dl] if unit == "umol" else Decimal(mg_dl)


def bilirubin_at_least(value: Decimal, unit: str, mg_dl: int) -> bool:
    """Does bilirubin, compared in the unit of entry, reach the limit of 2, 3, 5 or 8 mg/dL?"""
    return value >= bilirubin_limit(mg_dl, unit)
