"""When the outcomes page is computed again: by changes of the registry, of the code and of the cut-off."""

import datetime as dt
import threading
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from analytics.live import compute, watch
from analytics.models import LiveOutcomes, LiveRun
from analytics.reports.software import code_version
from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.save_record import save_record
from registry.actions.take_snapshot import take_live_snapshot
from registry.audit.changes import Changes, changes_since, this_moment
from registry.models import Baseline, Centre, RegistrySettings, User
from tests.people import make_people

pytestmark = pytest.mark.slow
NOW = timezone.now()


@pytest.fixture
def computed(coordinator, settings):
    """The page is as new as the registry; changes count as soon as they are made."""
    settings.LIVE_QUIET = dt.timedelta(0)
    nothing = {"headline": {}, "sections": {}, "by_group": {}, "problems": []}
    LiveOutcomes.objects.create(snapshot=take_live_snapshot(), code_version=code_version(), **nothing)
    return coordinator


def correct_a_blast_count():
    user = User.objects.get(username="datamanager-03")
    with scope(claims_of(user)):
        baseline = Baseline.objects.filter(bm_blasts__gt=10).first()
        baseline.bm_blasts += 1
        save_record(baseline, by=user, expected_version=baseline.version, reason="read the source again")


def test_a_registry_without_outcomes_gets_them(coordinator):
    assert watch.look().state == LiveRun.State.QUEUED


def test_without_a_change_nothing_is_computed(computed):
    assert watch.look() is None


def test_a_change_of_a_form_is_followed_by_a_computation(computed, undrawn):
    correct_a_blast_count()
    run = watch.look()
    before = LiveOutcomes.objects.get().snapshot.sha256
    compute.carry_out(run.pk)
    assert LiveOutcomes.objects.get().snapshot.sha256 != before
    assert watch.look() is None


def test_a_change_waits_until_nothing_more_is_changed(computed, settings):
    settings.LIVE_QUIET = settings.LIVE_LONGEST_WAIT = dt.timedelta(minutes=1)
    correct_a_blast_count()
    assert watch.look() is None


@pytest.mark.parametrize(
    ("first", "last", "have_settled"), [(8, 8, True), (8, 2, False), (31, 2, True)], ids=["quiet", "busy", "busy long"]
)
def test_changes_settle_when_nothing_follows_or_the_first_has_waited_long_enough(first, last, have_settled):
    changes = Changes(NOW - dt.timedelta(seconds=first), NOW - dt.timedelta(seconds=last), NOW)
    waits = {"quiet": dt.timedelta(seconds=5), "longest": dt.timedelta(seconds=30)}
    assert changes.have_settled(**waits) is have_settled


def test_a_change_during_a_computation_makes_another_when_it_has_ended(computed):
    correct_a_blast_count()
    assert watch.look() is not None
    LiveRun.objects.update(state=LiveRun.State.RUNNING)
    correct_a_blast_count()
    assert watch.look() is None
    LiveRun.objects.update(state=LiveRun.State.DONE)
    assert watch.look() is not None


def test_two_schedulers_and_a_person_queue_one_computation(computed):
    first = watch.ask(by=computed)
    assert watch.queue() == first
    assert LiveRun.objects.filter(state=LiveRun.State.QUEUED).count() == 1


def test_who_takes_no_snapshots_asks_for_no_computation(computed):
    with pytest.raises(PermissionDenied):
        watch.ask(by=User.objects.get(username="monitor"))


def test_another_cut_off_is_followed_by_a_computation(computed):
    with scope(system("install")):
        RegistrySettings.objects.update(data_cut_off=dt.date(2023, 7, 1))
    assert watch.look() is not None


def test_other_code_is_followed_by_a_computation(computed):
    LiveOutcomes.objects.update(code_version="of last year")
    assert watch.look() is not None


def test_what_failed_is_tried_again_after_a_change_only(computed):
    LiveOutcomes.objects.update(code_version="of last year")
    LiveRun.objects.create(state=LiveRun.State.FAILED)
    assert watch.look() is None
    correct_a_blast_count()
    assert watch.look() is not None


def test_a_transaction_that_began_before_a_moment_and_ended_after_it_is_a_change_since(committed_registry):
    """Its entry of the trail has a lower number than one that could be seen already."""
    make_people()
    mover = replace(system("test", read="all"), reason="the hospital moved")
    begun, may_end = threading.Event(), threading.Event()

    def slow_change():
        with scope(mover):
            Centre.objects.filter(centre_no=3).update(city="First")
            begun.set()
            may_end.wait(20)
        connection.close()

    slow = threading.Thread(target=slow_change)
    slow.start()
    assert begun.wait(20)
    with scope(mover):
        Centre.objects.filter(centre_no=7).update(city="Second")
    with scope(mover):
        moment = this_moment()
        assert changes_since(moment, ["registry_centre"]) is None
    may_end.set()
    slow.join(20)
    with scope(mover):
        assert changes_since(moment, ["registry_centre"]) is not None
        assert changes_since(this_moment(), ["registry_centre"]) is None
