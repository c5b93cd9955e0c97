from datetime import date
from typing import Any

import pytest

from registry.derivations import outcome, relapses, response
from registry.derivations.patient import Patient
from tests.small_patients import patient

INO = {"cycle_no": 1, "d1_date": "2019-01-01", "resp_assessed": True, "resp": "cr", "resp_date": "2019-01-21"}
VISITS = [{"visit_date": "2019-06-01", "alive": True}, {"visit_date": "2020-01-01", "alive": True}]


def someone(**more: Any) -> Patient:
    answers = {"ino_cycle": [INO], "hct": {"hct_date": "2019-03-01", "status": "cr"}, "follow_up": VISITS}
    return patient(**answers | more)


def test_the_last_contact_is_the_latest_visit_alive() -> None:
    late = [*VISITS, {"visit_date": "2020-05-01", "alive": False}]
    assert outcome.last_contact(someone(follow_up=late)) == date(2020, 1, 1)
    assert outcome.is_dead(someone()) is False


def test_the_last_contact_of_a_dead_patient_is_the_day_of_death() -> None:
    dead = someone(death={"death_date": "2019-12-01"})
    assert outcome.last_contact(dead) == date(2019, 12, 1)
    assert outcome.is_dead(dead) is True


def test_survival_counts_whole_days_from_the_first_dose_and_from_hct() -> None:
    assert outcome.survival_from_ino(someone()) == 365
    assert outcome.survival_from_hct(someone()) == 306
    assert outcome.survival_from_ino(someone(follow_up=[])) is None


def test_incidence_starts_at_remission_on_ino_else_at_hct() -> None:
    refractory = INO | {"resp": "rd"}
    assert outcome.start_of_incidence(someone()) == date(2019, 1, 21)
    assert outcome.start_of_incidence(someone(ino_cycle=[refractory])) == date(2019, 3, 1)


def test_only_the_first_haematological_relapse_after_hct_counts() -> None:
    events = [
        {"rel_date": "2019-02-10", "rel_type": "marrow"},
        {"rel_date": "2019-04-01", "rel_type": "mol"},
        {"rel_date": "2019-09-01", "rel_type": "cns"},
        {"rel_date": "2019-08-01", "rel_type": "prog"},
    ]
    assert relapses.after_hct(someone(relapse=events)) == date(2019, 8, 1)
    assert outcome.hct_to_relapse(someone(relapse=events)) == 153
    assert relapses.after_hct(someone(relapse=events[:2])) is None


def test_a_relapse_on_the_day_of_hct_is_one_before_it() -> None:
    relapse = [{"rel_date": "2019-03-01", "rel_type": "marrow"}]
    assert relapses.after_hct(someone(relapse=relapse)) is None
    assert response.response_before_hct(someone(relapse=relapse)) == "rel"


def test_a_patient_alive_without_relapse_is_censored() -> None:
    assert outcome.first_event(someone()) == (date(2020, 1, 1), "0")
    assert outcome.days_to_first_event(someone()) == 345


def test_death_in_remission_is_the_competing_event() -> None:
    died = someone(death={"death_date": "2019-07-01", "in_remission": "1"})
    assert outcome.first_event(died) == (date(2019, 7, 1), "2")
    not_answered = someone(death={"death_date": "2019-07-01"})
    assert outcome.first_event(not_answered) == (date(2019, 7, 1), "2")


@pytest.mark.parametrize("died_on", ["2019-07-01", "2019-06-15"])
def test_relapse_comes_before_death_and_wins_a_tie(died_on: str) -> None:
    relapse = [{"rel_date": "2019-06-15", "rel_type": "marrow"}]
    relapsed = someone(relapse=relapse, death={"death_date": died_on, "in_remission": "0"})
    assert outcome.first_event(relapsed) == (date(2019, 6, 15), "1")


def test_death_outside_remission_without_a_relapse_record_is_progression_on_that_day() -> None:
    died = someone(death={"death_date": "2019-07-01", "in_remission": "0"})
    assert outcome.first_event(died) == (date(2019, 7, 1), "1")


def test_the_response_day_counts_from_the_first_dose() -> None:
    assert outcome.response_day(someone()) == 20
    assert outcome.response_day(someone(ino_cycle=[INO | {"resp": "pr"}])) is None
