import pytest

from analytics.reports.paper import rounding


@pytest.mark.parametrize(
    ("printed", "computed", "is_equal"),
    [("11.2", 11.249, True), ("11.2", 11.25, False), ("0.050", 0.0496, True), ("58", 58, True), ("5", None, False)],
)
def test_a_number_agrees_if_it_rounds_half_up_to_the_printed_digits(
    printed: str, computed: float | None, is_equal: bool
) -> None:
    assert rounding.agrees(printed, computed) is is_equal


def test_printed_digits_stand_for_all_that_rounds_to_them() -> None:
    assert rounding.stands_for("3.97") == pytest.approx((3.965, 3.975))
    assert rounding.stands_for("50") == (49.5, 50.5)


def test_a_log_interval_has_its_estimate_in_the_geometric_middle() -> None:
    assert rounding.middle(1.00, 15.39, is_log=True) == pytest.approx(3.923, abs=1e-3)
    assert rounding.opposite(50, 38.4, is_log=True) == pytest.approx(65.1, abs=0.01)
    assert rounding.opposite(37.6, 24.6, is_log=False) == pytest.approx(50.6)


def test_a_ratio_with_its_interval_implies_a_p_value() -> None:
    assert rounding.wald_p(4.74, 0.91, 24.65) == pytest.approx(0.0645, abs=1e-4)
