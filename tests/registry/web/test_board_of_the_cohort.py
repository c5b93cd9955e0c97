"""The status board of the reference cohort: every number is the length of the list behind it."""

import pytest

from registry.access.context import scope, system
from registry.models import User
from tests.pages import log_in

pytestmark = pytest.mark.slow


def test_every_count_is_the_length_of_its_list(cohort_registry):
    with scope(system("login", read="all")):
        user = User.objects.get(username="monitor")
    monitor = log_in(user)
    found = []
    for line in monitor.get("/board/").context["lines"]:
        found += [line.patients, *line.forms, line.queries, line.contacts]
    for name in ("by_centre", "by_form"):
        found += [cell for line in monitor.get("/states/").context[name] for cell in line.cells]
    differ = [(count, url) for count, url in found if monitor.get(url).context["page"].paginator.count != count]
    assert differ == []
    assert len(found) > 250
