import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.crf.partial_dates import PartialDate, certainly_after, certainly_before

YEAR, MONTH, DAY = (PartialDate.parse(text) for text in ("2019", "2019-04", "2019-04-03"))


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest", "midpoint"),
    [
        ("2019", "year", dt.date(2019, 1, 1), dt.date(2019, 12, 31), dt.date(2019, 7, 1)),
        ("2019-04", "month", dt.date(2019, 4, 1), dt.date(2019, 4, 30), dt.date(2019, 4, 15)),
        ("2020-02", "month", dt.date(2020, 2, 1), dt.date(2020, 2, 29), dt.date(2020, 2, 15)),
        ("2019-04-03", "day", dt.date(2019, 4, 3), dt.date(2019, 4, 3), dt.date(2019, 4, 3)),
    ],
)
def test_a_date_keeps_its_precision(
    text: str, precision: str, earliest: dt.date, latest: dt.date, midpoint: dt.date
) -> None:
    date = PartialDate.parse(f" {text} ")
    assert (str(date), date.precision) == (text, precision)
    assert (date.earliest(), date.latest(), date.midpoint()) == (earliest, latest, midpoint)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19",
        "19-04",
        "19-04-03",
        "2019-4",
        "2019-04-3",
        "03.04.2019",
        "201904",
        "2019-",
        "2019-04-",
        "2019--03",
        "today",
    ],
)
def test_what_is_not_written_as_a_date_is_refused_with_the_remedy(text: str) -> None:
    with pytest.raises(ValueError, match="Enter year, year-month or a full date") as refusal:
        PartialDate.parse(text)
    assert f"“{text}”" in str(refusal.value)


@pytest.mark.parametrize("text", ["2019-13", "2019-00", "2019-02-29", "2019-04-31", "2019-04-00", "0000"])
def test_a_date_that_the_calendar_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date of the calendar"):
        PartialDate.parse(text)


def test_a_day_without_a_month_is_refused() -> None:
    with pytest.raises(ValueError, match="A day without a month"):
        PartialDate(2019, None, 3)


def test_after_is_certain_only_if_no_reading_says_otherwise() -> None:
    assert certainly_after(PartialDate.parse("2020"), YEAR)
    assert certainly_after(PartialDate.parse("2019-05"), MONTH)
    assert certainly_after(dt.date(2019, 5, 1), MONTH)
    assert not certainly_after(dt.date(2019, 4, 30), MONTH)
    assert not certainly_after(DAY, MONTH)
    assert not certainly_after(MONTH, YEAR)
    assert not certainly_after(YEAR, DAY)
    assert certainly_before(MONTH, dt.date(2019, 5, 1))
    assert not certainly_before(MONTH, dt.date(2019, 4, 30))


def test_partial_dates_have_no_order_of_their_own() -> None:
    with pytest.raises(TypeError):
        YEAR < MONTH  # type: ignore[operator]  # noqa: B015


@given(st.dates())
def test_every_day_survives_the_round_trip(day: dt.date) -> None:
    date = PartialDate.parse(day.isoformat())
    assert date.earliest() == date.latest() == date.midpoint() == day
    assert str(date) == day.isoformat()


@given(st.text() | st.from_regex(r"\d{4}(-\d{2}){0,2}", fullmatch=True))
def test_no_text_is_read_as_another_date(text: str) -> None:
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return
    assert str(date) == text.strip()
