"""The timeline of a patient: which events, in which order, and where they are drawn."""

import datetime as dt
from itertools import pairwise

import pytest

from registry.crf.partial_dates import PartialDate
from registry.models import FORMS_BY_NAME
from registry.web.patient.scale import scale_of
from registry.web.patient.timeline import timeline_of
from tests.registry.checks.valid_patient import NOT_STARTED, date, records

DAY = dt.date(2019, 5, 2)


def row(timeline, title):
    return next(each for each in timeline.rows if each.event.title.startswith(title))


def test_the_events_stand_in_the_order_of_their_dates_with_their_days_from_ino_and_hct():
    rows = timeline_of(records()).rows
    assert [(each.event.title, each.from_ino, each.from_hct) for each in rows[2:6]] == [
        ("INO cycle 1, 3 doses", "0, 7, 14", "−84, −77, −70"),
        ("INO cycle 2, 3 doses", "26, 33, 40", "−58, −51, −44"),
        ("Allo-HCT", "84", "0"),
        ("SOS/VOD", "96", "12"),
    ]
    assert [each.event.kind for each in rows[:2]] == ["diagnosis", "refractory"]


def test_each_event_leads_to_its_field():
    assert row(timeline_of(records()), "SOS/VOD").event.url.endswith("/sos_vod/#line-dx_date")


def test_a_date_known_to_the_month_is_a_range_of_days_and_a_bar():
    relapse = row(timeline_of(records()), "Relapsed")
    assert (relapse.event.date, relapse.from_ino) == ("2019-04", "−31 to −2")
    assert relapse.marks[0].width > 0
    assert relapse.marks[0].left < relapse.marks[0].x < relapse.marks[0].left + relapse.marks[0].width


def test_an_omitted_dose_is_not_drawn():
    cycles = [{"d8_given": False, "d8_date": None, "d8_dose": None}, {}]
    cycle = row(timeline_of(records(ino_cycle=cycles)), "INO cycle 1")
    assert (cycle.event.title, len(cycle.marks)) == ("INO cycle 1, 2 doses", 2)


def test_death_takes_the_place_of_the_last_contact():
    titles = [each.event.title for each in timeline_of(records(death={"death_date": date("2023-02-01")})).rows]
    assert ("Death" in titles, "Last contact, alive" in titles) == (True, False)


def test_relapses_before_and_after_hct_are_drawn_with_their_kind():
    found = timeline_of(records(relapse=[{"rel_date": date("2019-06-30")}, {"rel_date": date("2021-03-01")}]))
    days = [each.from_hct for each in found.rows if each.event.kind == "relapse"]
    assert (days, row(found, "Relapse:").event.title) == (["−25", "585"], "Relapse: bone marrow")


def test_a_date_that_cannot_be_stays_visible_where_it_puts_the_event_and_says_so():
    found = timeline_of(records(hct={"hct_date": date("2001-06-01")}))
    hct = row(found, "Allo-HCT")
    assert (found.rows[0], hct.warning) == (hct, "before first diagnosis")
    assert hct.marks[0].x == 2


def test_what_lies_after_death_says_so():
    found = timeline_of(records(death={"death_date": date("2019-08-01")}))
    assert row(found, "SOS/VOD").warning == "after death"


def test_without_any_date_there_is_no_timeline():
    forms = [form for form in FORMS_BY_NAME if form not in ("patient", "centre")]
    assert timeline_of(records(**dict.fromkeys(forms, NOT_STARTED))) is None


def test_a_history_of_months_is_drawn_on_one_scale():
    scale = scale_of(DAY, DAY + dt.timedelta(days=90), ino=DAY + dt.timedelta(days=9), hct=DAY + dt.timedelta(days=80))
    assert (scale.place(DAY), scale.place(DAY + dt.timedelta(days=45)), scale.compressed) == (2, 50, [])


def test_years_before_ino_and_after_hct_leave_most_of_the_width_to_the_treatment():
    last, hct = DAY + dt.timedelta(days=10 * 365), DAY + dt.timedelta(days=84)
    scale = scale_of(DAY - dt.timedelta(days=10 * 365), last, ino=DAY, hct=hct)
    assert [round(stretch.width) for stretch in scale.stretches] == [21, 48, 27]
    assert [stretch.start for stretch in scale.compressed] == [scale.stretches[0].start, hct + dt.timedelta(days=100)]


@pytest.mark.parametrize("years", [0.25, 1, 5, 20])
def test_the_labels_of_the_axis_are_neither_crowded_nor_missing(years):
    last = DAY + dt.timedelta(days=round(years * 365))
    ticks = scale_of(DAY, last, ino=DAY, hct=DAY + dt.timedelta(days=60)).ticks
    distances = [later.x - tick.x for tick, later in pairwise(ticks)]
    assert 2 <= len(ticks) <= 11
    assert min(distances) >= 9


@pytest.mark.parametrize("dates", [(DAY, DAY), (dt.date.min, dt.date.max)])
@pytest.mark.parametrize("ino", [None, DAY, dt.date.max])
def test_no_date_of_the_calendar_is_too_much(dates, ino):
    scale = scale_of(*dates, ino=ino, hct=ino)
    assert 2 <= scale.place(dates[0]) <= scale.place(dates[1]) <= 98
    assert len(scale.ticks) <= 12


def test_a_year_alone_is_drawn_from_new_year_to_its_end():
    mark = row(timeline_of(records(diagnosis={"dx_date": PartialDate(2010)})), "First diagnosis")
    assert mark.from_hct == "−3492 to −3128"
