"""A snapshot is of one moment, also while data managers save."""

from threading import Thread

import pytest
from django.db import connections

from registry.actions import take_snapshot as module
from registry.actions.take_snapshot import RegistryInMotion, take_snapshot
from registry.models import Death, Snapshot, User
from tests.published import move_a_death

pytestmark = pytest.mark.slow


@pytest.fixture
def coordinator(cohort_registry):
    return User.objects.get(username="coordinator")


@pytest.fixture
def saved_while_reading(monkeypatch):
    """Somebody saves, on a connection of one's own, while a form is read: as often as said. Tells how often it was."""
    happened = []

    def arrange(times):
        read = module.frozen_rows

        def read_slowly(model, *rest):
            if model is Death and len(happened) < times:
                happened.append(1)
                thread = Thread(target=save)
                thread.start()
                thread.join()
            return read(model, *rest)

        monkeypatch.setattr(module, "frozen_rows", read_slowly)
        return happened

    return arrange


def save():
    try:
        move_a_death()
    finally:
        connections.close_all()


def test_the_forms_are_read_again_after_a_save_in_the_middle(coordinator, saved_while_reading):
    happened = saved_while_reading(1)
    taken = take_snapshot(by=coordinator)
    assert len(happened) == 1
    assert taken.sha256 == take_snapshot(by=coordinator).sha256


def test_a_registry_that_never_rests_is_said_to_be_in_motion_and_nothing_is_kept(coordinator, saved_while_reading):
    happened = saved_while_reading(99)
    with pytest.raises(RegistryInMotion, match="quieter hour"):
        take_snapshot(by=coordinator)
    assert len(happened) == module.READINGS
    assert not Snapshot.objects.exists()
