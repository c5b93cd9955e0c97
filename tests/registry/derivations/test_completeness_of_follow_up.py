from datetime import date

import pytest

from registry.derivations.completeness_of_follow_up import Followed, completeness_of_follow_up

UNTIL = date(2020, 12, 31)
SEEN_TO_THE_END = Followed(date(2020, 1, 1), date(2020, 12, 31), is_dead=False)  # 365 of 365 days
LOST_HALF_WAY = Followed(date(2020, 1, 1), date(2020, 7, 1), is_dead=False)  # 182 of 365
DEAD = Followed(date(2020, 1, 1), date(2020, 4, 10), is_dead=True)  # 100 of 100


def test_it_is_observed_time_as_a_share_of_possible_time() -> None:
    share = completeness_of_follow_up([SEEN_TO_THE_END, LOST_HALF_WAY, DEAD], until=UNTIL)
    assert share == pytest.approx((365 + 182 + 100) / (365 + 365 + 100))


def test_the_dead_are_followed_to_the_end() -> None:
    assert completeness_of_follow_up([DEAD], until=UNTIL) == 1


def test_what_came_after_the_day_is_not_counted() -> None:
    later = Followed(date(2020, 1, 1), date(2022, 1, 1), is_dead=True)
    entered_later = Followed(date(2021, 3, 1), date(2021, 3, 1), is_dead=False)
    assert completeness_of_follow_up([later, entered_later], until=UNTIL) == 1


def test_an_earlier_last_contact_lowers_it() -> None:
    before = completeness_of_follow_up([SEEN_TO_THE_END, DEAD], until=UNTIL)
    after = completeness_of_follow_up([LOST_HALF_WAY, DEAD], until=UNTIL)
    assert before is not None
    assert after is not None
    assert after < before


def test_without_anybody_to_follow_there_is_none() -> None:
    assert completeness_of_follow_up([], until=UNTIL) is None
    assert completeness_of_follow_up([Followed(UNTIL, UNTIL, is_dead=False)], until=UNTIL) is None
