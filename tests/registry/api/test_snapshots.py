"""Snapshots by programs: what they are, not what they hold."""

import pytest

from registry.audit import changes
from tests.programs import program_of

pytestmark = pytest.mark.django_db


def test_a_snapshot_is_taken_and_told_of_without_its_rows(people, patient):
    statistician = program_of(people.statistician)
    taken = statistician.post("snapshots/", {"data_state": "all"})
    assert (taken.status_code, taken.json()["n_patients"], taken.json()["data_state"]) == (201, 1, "all")
    assert statistician.get("snapshots/").json()["results"] == [taken.json()]
    assert "03-001" not in taken.content.decode()


def test_who_may_not_take_one_may_read_of_it(people):
    program_of(people.coordinator).post("snapshots/")
    monitor = program_of(people.monitor)
    assert monitor.get("snapshots/").json()["count"] == 1
    assert monitor.post("snapshots/").status_code == 403


def test_a_registry_in_motion_is_a_conflict_to_try_again(people, monkeypatch):
    monkeypatch.setattr(changes, "changes_since", lambda moment, tables: "somebody saves all the time")
    answer = program_of(people.statistician).post("snapshots/")
    assert (answer.status_code, "quieter hour" in answer.json()["detail"]) == (409, True)


def test_a_centre_is_told_of_none(anna):
    assert anna.get("snapshots/").status_code == 403


def test_which_patients_it_holds_is_one_of_three(people):
    answer = program_of(people.statistician).post("snapshots/", {"data_state": "some"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "data_state")
