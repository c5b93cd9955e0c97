"""Intensity derived from the doses: CRF definitions, section 2.6."""

from typing import Any

import pytest

from registry.derivations.conditioning import derived_intensity, myeloablative_doses
from registry.derivations.patient import Patient
from tests.small_patients import patient


def drug(name: str, dose: str | None, unit: str = "mgkg", route: str | None = "iv") -> dict[str, Any]:
    return {"drug": name, "purpose": "cond", "total_dose": dose, "dose_unit": unit, "route": route}


def conditioned(*drugs: dict[str, Any], **hct: Any) -> Patient:
    return patient(hct={"tbi": False} | hct, conditioning_drug=list(drugs))


FLU = drug("flu", "150", "mgm2")


@pytest.mark.parametrize(
    ("drugs", "expected"),
    [
        ([drug("bu", "6.4"), FLU], "ric"),
        ([drug("bu", "6.5"), FLU], "mac"),
        ([drug("bu", "8", route="po"), FLU], "ric"),
        ([drug("bu", "8.1", route="po"), FLU], "mac"),
        ([drug("mel", "150", "mgm2"), FLU], "ric"),
        ([drug("mel", "151", "mgm2"), FLU], "mac"),
        ([drug("tt", "10"), drug("bu", "6.4")], "mac"),
        ([drug("tt", "9.9"), drug("bu", "6.4")], "unclear"),
        ([drug("tt", "10"), drug("mel", "140", "mgm2")], "unclear"),
        ([drug("treo", "36000", "mgm2"), FLU], "ric"),
        ([drug("treo", "36001", "mgm2"), FLU], "mac"),
        ([drug("treo", "30001", "mgm2"), drug("tt", "5")], "mac"),
        ([drug("treo", "30000", "mgm2"), drug("tt", "5")], "unclear"),
        ([FLU, drug("cy", "29")], "ric"),
    ],
)
def test_doses_above_a_cut_off_are_myeloablative(drugs: list[dict[str, Any]], expected: str) -> None:
    assert derived_intensity(conditioned(*drugs)) == expected


@pytest.mark.parametrize(
    ("gray", "fractions", "expected"),
    [("5", 1, "mac"), ("4.9", 1, "ric"), ("7.9", 4, "ric"), ("8", 4, "mac"), ("12", None, "mac"), ("2", None, "ric")],
)
def test_irradiation(gray: str, fractions: int | None, expected: str) -> None:
    assert derived_intensity(conditioned(FLU, tbi=True, tbi_gy=gray, tbi_fractions=fractions)) == expected


@pytest.mark.parametrize(
    ("drugs", "hct"),
    [
        ([drug("bu", None)], {}),
        ([drug("bu", "7", route=None)], {}),
        ([drug("mel", "4", "mgkg")], {}),
        ([FLU], {"tbi": True}),
        ([FLU], {"tbi": True, "tbi_gy": "6"}),
    ],
)
def test_a_dose_that_is_not_known_is_unclear(drugs: list[dict[str, Any]], hct: dict[str, Any]) -> None:
    someone = conditioned(*drugs, **hct)
    assert derived_intensity(someone) == "unclear"
    assert myeloablative_doses(someone).holds is None


def test_a_dose_without_a_cut_off_may_be_missing() -> None:
    assert derived_intensity(conditioned(drug("flu", None, "mgm2"), drug("mel", "140", "mgm2"))) == "ric"


def test_one_myeloablative_dose_decides_whatever_else_is_missing() -> None:
    assert derived_intensity(conditioned(drug("bu", None), FLU, tbi=True, tbi_gy="12", tbi_fractions=6)) == "mac"


def test_post_transplant_cyclophosphamide_is_no_second_alkylator() -> None:
    ptcy = drug("cy", "100") | {"purpose": "ptcy"}
    assert derived_intensity(conditioned(drug("mel", "140", "mgm2"), ptcy)) == "ric"
