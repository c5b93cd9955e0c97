"""A registry with two full analyses, and between them one death that was moved: made once, copied for each test."""

import datetime as dt

from registry.access.context import scope
from registry.access.permissions import claims_of

REASON = "the letter of the ward names another day"
CHANGED = "03-001"


def publish_two_reports() -> None:
    from analytics import actions, publish
    from registry.models import User

    coordinator = User.objects.get(username="coordinator")
    publish.carry_out(actions.request_run(by=coordinator).pk)
    move_a_death()
    publish.carry_out(actions.request_run(by=coordinator).pk)


def move_a_death() -> None:
    from registry.actions.save_record import save_record
    from registry.models import Death, User

    user = User.objects.get(username="datamanager-03")
    with scope(claims_of(user)):
        death = Death.objects.select_related("patient").get(patient__number=CHANGED)
        death.death_date += dt.timedelta(days=40)
        save_record(death, by=user, expected_version=death.version, reason=REASON)
