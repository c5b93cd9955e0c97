from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from registry.derivations import treatment
from registry.derivations.patient import Patient
from tests.small_patients import patient


def lines(*given: tuple[str, list[str]]) -> Patient:
    numbered = [
        {"line_no": number, "setting": setting, "modalities": modalities}
        for number, (setting, modalities) in enumerate(given, start=1)
    ]
    return patient(prior_treatment=numbered)


def cycle(start: str, *, d8: str | None = None, d15: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "d1_date": start,
        "d8_given": d8 is not None,
        "d8_date": d8,
        "d15_given": d15 is not None,
        "d15_date": d15,
    } | more


FULL = cycle("2019-01-01", d8="2019-01-08", d15="2019-01-15")
SECOND = cycle("2019-01-22", d8="2019-01-29", d15="2019-02-05")


def test_intensive_chemotherapy_in_any_line_is_heavily_pretreated() -> None:
    assert treatment.heavily_pretreated(lines(("first", ["tki"]), ("relapse", ["chemo_int", "tki"]))) is True
    assert treatment.heavily_pretreated(lines(("first", ["tki", "steroid"]))) is False


def test_treatment_of_antecedent_cml_does_not_count_as_pretreatment() -> None:
    assert treatment.heavily_pretreated(lines(("antecedent", ["chemo_int"]))) is False


def test_nothing_is_known_of_earlier_treatment_without_a_line() -> None:
    nobody = patient()
    assert treatment.heavily_pretreated(nobody) is None
    assert treatment.blinatumomab_before_ino(nobody) is None
    assert treatment.allo_first_line(nobody) is None


def test_the_context_of_blinatumomab_is_that_of_its_first_line() -> None:
    someone = lines(("first", ["chemo_int"]), ("mrd1", ["blina"]), ("relapse", ["blina"]))
    assert treatment.blinatumomab_before_ino(someone) is True
    assert treatment.blinatumomab_context(someone) == "mrd1"
    assert treatment.blinatumomab_context(lines(("first", ["chemo_int"]))) is None


@pytest.mark.parametrize(
    ("setting", "expected"), [("first", True), ("mrd1", True), ("relapse", False), ("primref", False)]
)
def test_allogeneic_hct_counts_at_first_line_only(setting: str, expected: bool) -> None:
    assert treatment.allo_first_line(lines((setting, ["allohct"]))) is expected


def test_first_and_last_dose_leave_out_omitted_doses() -> None:
    omitted = cycle("2019-01-22", d8="2019-01-29")
    someone = patient(ino_cycle=[FULL, omitted])
    assert treatment.first_dose(someone) == date(2019, 1, 1)
    assert treatment.last_dose(someone) == date(2019, 1, 29)


def test_a_date_left_beside_an_omitted_dose_is_no_dose() -> None:
    someone = patient(ino_cycle=[FULL | {"d15_given": False}])
    assert treatment.last_dose(someone) == date(2019, 1, 8)
    assert treatment.ino_doses(someone) == 2


def test_five_doses_are_1_67_cycles() -> None:
    someone = patient(ino_cycle=[FULL, cycle("2019-01-22", d8="2019-01-29")])
    assert treatment.ino_cycles(someone) == Decimal("1.67")
    assert treatment.more_than_two_cycles(someone) is False


def test_more_than_two_cycles_begins_with_the_seventh_dose() -> None:
    assert treatment.more_than_two_cycles(patient(ino_cycle=[FULL, SECOND])) is False
    assert treatment.more_than_two_cycles(patient(ino_cycle=[FULL, SECOND, cycle("2019-02-12")])) is True


def test_no_cycles_before_the_first_dose() -> None:
    assert treatment.ino_cycles(patient()) is None
    assert treatment.more_than_two_cycles(patient()) is None
    assert treatment.first_dose(patient()) is None


def test_a_tki_in_any_cycle_is_a_tki_with_ino() -> None:
    nothing = FULL | {"concomitant": ["none"]}
    assert treatment.tki_with_ino(patient(ino_cycle=[nothing, SECOND | {"concomitant": ["it", "tki"]}])) is True
    assert treatment.tki_with_ino(patient(ino_cycle=[nothing])) is False
    assert treatment.tki_with_ino(patient(ino_cycle=[FULL])) is None


def test_relapses_of_an_antecedent_cml_are_not_counted() -> None:
    def lines_with(*relapsed: tuple[str, str | None]) -> Patient:
        return patient(prior_treatment=[{"setting": setting, "relapsed_after": after} for setting, after in relapsed])

    assert treatment.relapses_before_ino(lines_with(("antecedent", "1"), ("first", "1"), ("relapse", "0"))) == 1
    assert treatment.relapses_before_ino(lines_with(("first", "1"), ("relapse", None))) is None


def test_the_first_dose_is_the_earliest_day_1() -> None:
    assert treatment.first_dose(patient(ino_cycle=[FULL | {"d8_date": "2018-12-31"}])) == date(2019, 1, 1)
