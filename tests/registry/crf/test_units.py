"""Factors of the CRF definitions, section 2.2."""

from decimal import Decimal

import pytest

from registry.crf.units import QUANTITIES, bilirubin_at_least, bilirubin_limit, display, to_standard


@pytest.mark.parametrize(
    ("quantity", "value", "unit", "standard"),
    [
        ("wbc", "5.9", "e9", "5.9"),
        ("wbc", "5.9", "kul", "5.9"),
        ("wbc", "5900", "ul", "5.9"),
        ("plt", "104500", "ul", "104.5"),
        ("hb", "11.8", "gdl", "11.8"),
        ("hb", "118", "gl", "11.8"),
        ("hb", "7.3", "mmol", "11.7603"),
        ("ldh", "327", "ul", "327"),
        ("ldh", "5.45", "ukat", "327"),
        ("bili", "1.2", "mgdl", "1.2"),
        ("bili", "17.1", "umol", "1"),
        ("creat", "88.4", "umol", "1"),
    ],
)
def test_a_value_is_converted_to_its_standard_unit(quantity: str, value: str, unit: str, standard: str) -> None:
    assert to_standard(quantity, Decimal(value), unit) == Decimal(standard)


def test_the_standard_value_keeps_full_precision() -> None:
    assert abs(to_standard("bili", Decimal(34), "umol") - Decimal("1.98830409356725146")) < Decimal("1e-17")


@pytest.mark.parametrize(
    ("quantity", "value", "shown"),
    [
        ("wbc", "5.85", "5.9"),
        ("hb", "11.7603", "11.8"),
        ("plt", "104.5", "105"),
        ("ldh", "327.49", "327"),
        ("creat", "1", "1.00"),
    ],
)
def test_a_standard_value_is_shown_with_its_decimals(quantity: str, value: str, shown: str) -> None:
    assert display(quantity, Decimal(value)) == shown


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_each_quantity_has_exactly_the_standard_unit_unconverted(quantity: str) -> None:
    units = QUANTITIES[quantity].units.values()
    assert QUANTITIES[quantity].standard_unit in {unit.label for unit in units if unit.multiply == unit.divide == 1}


@pytest.mark.parametrize(("mg_dl", "umol"), [(2, 34), (3, 51), (5, 85), (8, 136)])
def test_bilirubin_is_compared_in_the_unit_of_entry(mg_dl: int, umol: int) -> None:
    assert bilirubin_limit(mg_dl, "umol") == umol
    assert bilirubin_at_least(Decimal(umol), "umol", mg_dl)
    assert not bilirubin_at_least(Decimal(umol) - Decimal("0.1"), "umol", mg_dl)
    assert bilirubin_at_least(Decimal(mg_dl), "mgdl", mg_dl)
    assert not bilirubin_at_least(Decimal(mg_dl) - Decimal("0.01"), "mgdl", mg_dl)
    assert to_standard("bili", Decimal(umol), "umol") < mg_dl, "converted first, it would fall one class too low"
