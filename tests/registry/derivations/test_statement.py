import pytest

from registry.derivations.statement import Statement, all_of, any_of, at_least

YES, NO, OPEN = Statement(True, "yes"), Statement(False, "no"), Statement(None, "open")


@pytest.mark.parametrize(
    ("statements", "holds", "words"),
    [
        ((YES, YES), True, "yes; yes"),
        ((YES, NO, OPEN), False, "no"),
        ((YES, OPEN), None, "open"),
    ],
)
def test_all_of_says_what_fails_or_is_not_known(
    statements: tuple[Statement, ...], holds: bool | None, words: str
) -> None:
    assert all_of(*statements) == Statement(holds, words)


@pytest.mark.parametrize(
    ("statements", "holds", "words"),
    [
        ((NO, YES, OPEN), True, "yes"),
        ((NO, OPEN), None, "open"),
        ((NO, NO), False, "no; no"),
        ((), False, ""),
    ],
)
def test_any_of_says_what_is_true(statements: tuple[Statement, ...], holds: bool | None, words: str) -> None:
    assert any_of(*statements) == Statement(holds, words)


@pytest.mark.parametrize(
    ("signs", "holds"),
    [((YES, YES, OPEN), True), ((YES, OPEN, NO), None), ((YES, NO, NO), False), ((OPEN, NO, NO), False)],
)
def test_enough_signs_decide_whatever_is_not_known(signs: tuple[Statement, ...], holds: bool | None) -> None:
    assert at_least(2, *signs).holds is holds


def test_signs_are_counted_in_words() -> None:
    assert at_least(2, YES, NO).words == "1 of the signs, 2 needed (yes, no)"
