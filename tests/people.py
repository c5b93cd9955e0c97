"""Who the tests are about: a data manager, her colleague of another centre who must see nothing, and the others."""

import datetime as dt
from types import SimpleNamespace

from registry.access.context import scope, system
from registry.access.roles import Role
from registry.models import Centre, CrfForm, User


def make_centre(number: int, *, city: str, country: str = "IT") -> Centre:
    return Centre.objects.create(
        centre_no=number,
        centre_name=f"Hospital of {city} (demonstration)",
        city=city,
        country=country,
        role="contrib",
        irb_approval_date=dt.date(2015, 1, 1),
        irb_reference=f"EC {number:02d}/2015",
        date_policy="real",
        unit_profile="us" if country == "US" else "conv",
        active=True,
        state=CrfForm.State.COMPLETE,
    )


def make_people() -> SimpleNamespace:
    with scope(system("install", read="all")):
        baltimore, brescia = make_centre(3, city="Baltimore", country="US"), make_centre(7, city="Brescia")
        return SimpleNamespace(
            baltimore=baltimore,
            brescia=brescia,
            datamanager_03=_user("datamanager-03", Role.DATA_MANAGER, baltimore),
            datamanager_07=_user("datamanager-07", Role.DATA_MANAGER, brescia),
            investigator_03=_user("investigator-03", Role.CENTRE_INVESTIGATOR, baltimore),
            monitor=_user("monitor", Role.MONITOR),
            coordinator=_user("coordinator", Role.COORDINATING_INVESTIGATOR),
            statistician=_user("statistician", Role.STATISTICIAN),
            administrator=_user("administrator", Role.ADMINISTRATOR),
        )


def _user(username: str, role: Role, centre: Centre | None = None) -> User:
    return User.objects.create_user(username, password=None, name=username, role=role, centre=centre)
