"""From a claimed run to what the outcomes page shows."""

import datetime as dt

import pytest
from django.utils import timezone

from analytics import actions, publish
from analytics.live import compute, content, watch
from analytics.live.lists import rows_of
from analytics.models import LiveList, LiveOutcomes, LivePatients, LiveRun, Report
from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions import leases
from registry.actions.take_snapshot import take_live_snapshot, take_snapshot
from registry.models import Death, Snapshot, User

pytestmark = pytest.mark.slow


@pytest.fixture
def compute_again(coordinator, undrawn):
    def compute_now():
        run = watch.ask(by=coordinator)
        compute.carry_out(run.pk)
        return LiveOutcomes.objects.get()

    return compute_now


def patients_of(centre=None):
    with scope(system("test", read="all" if centre is None else (centre,))):
        return list(LivePatients.objects.all())


def test_the_newest_outcomes_replace_those_before_with_their_lists_and_their_snapshot(compute_again):
    first, second = compute_again(), compute_again()
    assert first.pk != second.pk
    assert set(LiveList.objects.values_list("outcomes", flat=True)) == {second.pk}
    assert list(Snapshot.objects.filter(is_live=True)) == [second.snapshot]
    assert LiveRun.objects.count() == 1


def test_a_snapshot_that_somebody_took_is_never_deleted(compute_again, coordinator):
    taken = take_snapshot(by=coordinator)
    compute_again()
    assert taken in Snapshot.objects.filter(is_live=False)


def test_a_live_snapshot_stays_where_a_report_was_made_of_it(compute_again, coordinator):
    live = compute_again().snapshot
    run = actions.request_run(by=coordinator, snapshot=live)
    compute_again()
    assert live in Snapshot.objects.all()  # the run has yet to read it
    publish.carry_out(run.pk)
    compute_again()
    assert Report.objects.get().snapshot == live


def test_a_live_snapshot_is_taken_by_nobody(coordinator):
    snapshot = take_live_snapshot()
    assert (snapshot.taken_by, snapshot.is_live, snapshot.n_patients) == (None, True, 58)


def test_a_failure_is_written_on_the_run_and_the_page_stays_as_it_was(compute_again, coordinator, monkeypatch):
    before = compute_again()
    monkeypatch.setattr(content, "build_cohort", lambda *_, **__: 1 / 0)
    run = watch.ask(by=coordinator)
    for _ in range(leases.MAXIMUM_ATTEMPTS):
        compute.carry_out(run.pk)
    run.refresh_from_db()
    assert (run.state, run.problem) == (LiveRun.State.FAILED, "ZeroDivisionError: division by zero")
    assert LiveOutcomes.objects.get() == before


def test_a_computation_whose_worker_died_is_taken_over_and_shown_once(compute_again, coordinator):
    compute_again()
    run = watch.ask(by=coordinator)
    assert leases.claim(LiveRun.objects, run.pk)
    LiveRun.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    watch.reap(now=timezone.now())
    compute.carry_out(run.pk)
    compute.carry_out(run.pk)
    assert LiveRun.objects.get().state == LiveRun.State.DONE
    assert LiveOutcomes.objects.count() == 1


def test_the_lists_name_patients_of_the_own_centre_only(compute_again):
    compute_again()
    assert sum(len(each.numbers) for each in patients_of()) == 58
    assert [each.centre_id for each in patients_of(centre=3)] == [3]
    with scope(claims_of(User.objects.get(username="statistician"))):
        assert not LivePatients.objects.exists()


def test_every_list_has_as_many_patients_as_its_number_and_the_deaths_are_those_who_died(compute_again):
    compute_again()
    lists = {found.place: rows_of(bytes(found.members), 58) for found in LiveList.objects.all()}
    assert [place for place, n in LiveList.objects.values_list("place", "n") if len(lists[place]) != n] == []
    numbers = {row: number for each in patients_of() for row, number in zip(each.rows, each.numbers, strict=True)}
    listed = {numbers[row] for row in lists["top.survival_median.events.0"]}
    with scope(system("test", read="all")):
        assert listed == set(Death.objects.values_list("patient__number", flat=True))
