from decimal import Decimal

import pytest

from registry.derivations import disease
from registry.derivations.patient import Patient
from tests.small_patients import patient

PHILADELPHIA = "46,XY,t(9;22)(q34;q11)[15]/46,XY[5]"
COMPLEX = "49,XX,+X,+14,+21[12]/46,XX[8]"
NORMAL = "46,XX[20]"


def with_karyotypes(dx: str | None = None, rr: str | None = None) -> Patient:
    samples = [{"timepoint": "dx", "iscn": dx}, {"timepoint": "rr", "iscn": rr}]
    return patient(cytogenetics=[sample | {"banding": "done" if sample["iscn"] else "nd"} for sample in samples])


@pytest.mark.parametrize(
    ("value", "unit", "standard"), [("5900", "ul", "5.9"), ("5.9", "e9", "5.9"), ("0.25", "kul", "0.25")]
)
def test_white_cells_are_given_in_the_standard_unit(value: str, unit: str, standard: str) -> None:
    found = disease.standard_laboratory_value(patient(baseline={"wbc": value, "wbc_unit": unit}), "wbc")
    assert str(found) == standard


def test_haemoglobin_keeps_every_digit_of_the_conversion() -> None:
    someone = patient(baseline={"hb": "7.3", "hb_unit": "mmol"})
    assert disease.standard_laboratory_value(someone, "hb") == Decimal("11.7603")


def test_a_laboratory_value_that_is_not_known_stays_missing() -> None:
    assert disease.standard_laboratory_value(patient(baseline={}), "ldh") is None
    assert disease.standard_laboratory_value(patient(), "ldh") is None


def test_the_karyotype_class_is_derived_from_the_string_of_its_time_point() -> None:
    someone = with_karyotypes(dx=NORMAL, rr=COMPLEX)
    assert disease.karyotype_class(someone, "dx") == "normal"
    assert disease.karyotype_class(someone, "rr") == "complex"


def test_central_review_overrides_the_string() -> None:
    sample = {"timepoint": "dx", "banding": "done", "iscn": NORMAL, "class_review": "other"}
    assert disease.karyotype_class(patient(cytogenetics=[sample]), "dx") == "other"


def test_no_class_without_banding_or_without_a_readable_string() -> None:
    failed = {"timepoint": "dx", "banding": "failed", "iscn": NORMAL}
    unreadable = {"timepoint": "dx", "banding": "done", "iscn": "t(9;22) positive"}
    assert disease.karyotype_class(patient(cytogenetics=[failed]), "dx") is None
    assert disease.karyotype_class(patient(cytogenetics=[unreadable]), "dx") is None
    assert disease.karyotype_class(patient(), "dx") is None


def test_one_cell_with_t922_counts_if_bcr_abl1_is_positive() -> None:
    sample = {"timepoint": "dx", "banding": "done", "iscn": "46,XX,t(9;22)(q34;q11)[1]/46,XX[19]"}
    assert disease.karyotype_class(patient(cytogenetics=[sample | {"bcr_abl1": "1"}]), "dx") == "t922"
    assert disease.karyotype_class(patient(cytogenetics=[sample | {"bcr_abl1": "0"}]), "dx") == "normal"


@pytest.mark.parametrize(
    ("dx", "rr", "expected"),
    [
        (NORMAL, PHILADELPHIA, "t922"),
        (PHILADELPHIA, COMPLEX, "t922"),
        (NORMAL, COMPLEX, "complex"),
        (NORMAL, "47,XX,+5[10]", "normal"),
        (None, "47,XX,+5[10]", "other"),
        (None, None, None),
    ],
)
def test_the_patient_has_one_class_over_both_time_points(dx: str | None, rr: str | None, expected: str | None) -> None:
    assert disease.karyotype_class_of_patient(with_karyotypes(dx, rr)) == expected


def test_ph_positive_by_karyotype_by_pcr_or_by_blast_crisis() -> None:
    assert disease.ph_positive(with_karyotypes(rr=PHILADELPHIA)) is True
    assert disease.ph_positive(patient(cytogenetics=[{"timepoint": "dx", "bcr_abl1": "1"}])) is True
    assert disease.ph_positive(patient(diagnosis={"dx_entity": "cml_lbc"})) is True


def test_ph_negative_needs_a_negative_result() -> None:
    assert disease.ph_positive(with_karyotypes(dx=NORMAL)) is False
    assert disease.ph_positive(patient(cytogenetics=[{"timepoint": "dx", "bcr_abl1": "0"}])) is False
    assert disease.ph_positive(patient()) is None


def test_age_is_taken_as_entered() -> None:
    assert disease.age(patient(patient={"age_rr": 43})) == 43
