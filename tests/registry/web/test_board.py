"""The status board: every number is the length of the list behind it, within one's rights."""

import datetime as dt

import pytest

from registry.access.context import scope, system
from registry.audit.acting import acting_as
from registry.models import Query, Verification
from tests.registry.web.work import text_of

pytestmark = pytest.mark.django_db


def counts(response):
    """Every count of the page with its address."""
    for line in response.context["lines"]:
        yield from (line.patients, *line.forms, line.queries, line.contacts)


def length(client, url):
    return client.get(url).context["page"].paginator.count


class TestTheCentres:
    def test_each_centre_has_its_line_and_all_have_theirs(self, open_as, people, registry):
        lines = open_as(people.monitor).get("/board/").context["lines"]
        assert [str(line.centre) for line in lines] == ["03 Baltimore", "07 Brescia", "None"]
        assert [line.patients[0] for line in lines] == [1, 1, 2]

    def test_every_count_is_the_length_of_its_list(self, open_as, people, registry):
        monitor = open_as(people.monitor)
        found = list(counts(monitor.get("/board/")))
        assert all(length(monitor, url) == count for count, url in found)
        assert len([count for count, _ in found if count]) > 10

    def test_a_centre_sees_itself_only(self, open_as, people, registry):
        response = open_as(people.datamanager_03).get("/board/")
        assert [str(line.centre) for line in response.context["lines"]] == ["03 Baltimore"]
        assert "Brescia" not in text_of(response)

    def test_a_last_contact_that_is_old_is_counted_and_completeness_falls(self, open_as, people, registry):
        line = open_as(people.datamanager_03).get("/board/").context["lines"][0]
        assert line.contacts[0] == 1
        observed = (dt.date(2021, 1, 1) - dt.date(2020, 1, 1)).days
        assert line.summary.completeness == pytest.approx(
            observed / (dt.date.today() - dt.date(2020, 1, 1)).days, abs=1e-3
        )

    def test_what_due_and_overdue_mean_stands_on_the_page(self, open_as, people, registry):
        text = text_of(open_as(people.datamanager_03).get("/board/"))
        assert "100 days after the event that the form documents" in text


class TestTheForms:
    def test_each_row_leads_to_its_form(self, open_as, people, registry):
        client = open_as(people.datamanager_03)
        lines = client.get("/board/forms/", {"form": "ino_cycle", "kind": "in progress"}).context["lines"]
        assert [line.title for line in lines] == ["INO cycle 1", "INO cycle 2"]
        for line in [*lines, *client.get("/board/forms/", {"kind": "empty"}).context["lines"]]:
            assert client.get(line.url).status_code == 200

    def test_without_a_filter_it_shows_what_is_overdue_and_since_when(self, open_as, people, registry):
        line = open_as(people.datamanager_03).get("/board/forms/").context["lines"][0]
        assert line.days_late == (dt.date.today() - dt.date(2020, 4, 10)).days

    def test_records_chosen_here_are_asked_about(self, open_as, people, registry):
        monitor = open_as(people.monitor)
        lines = monitor.get("/board/forms/", {"form": "ino_cycle", "kind": "in progress"}).context["lines"]
        about = [line.token for line in lines]
        monitor.post("/queries/raise/", {"about": about, "message": "Is this cycle complete?"})
        with scope(system("test", read="all")):
            asked = Query.objects.filter(check_id="", form_name="ino_cycle").order_by("instance_no")
            assert list(asked.values_list("instance_no", flat=True)) == [1, 2]


class TestTheStates:
    def test_every_count_is_the_length_of_its_list(self, open_as, people, registry):
        monitor = open_as(people.monitor)
        for address in ("/states/", "/states/?centre=3", "/states/?form=gvhd"):
            response = monitor.get(address)
            found = [
                cell for name in ("by_centre", "by_form") for line in response.context[name] for cell in line.cells
            ]
            assert all(length(monitor, url) == count for count, url in found if count), address

    def test_what_was_changed_since_it_was_verified_is_found(self, open_as, people, registry):
        with acting_as(people.datamanager_03, "letter of the clinic", centre=3):
            Verification.objects.all().delete()
        monitor = open_as(people.monitor)
        changed = [line.cells[-1] for line in monitor.get("/states/").context["by_form"] if line.title == "GVHD"]
        assert changed[0][0] == 1
        assert [line.title for line in monitor.get(changed[0][1]).context["lines"]] == ["GVHD"]

    def test_the_states_of_a_centre_add_up_to_its_forms(self, open_as, people, registry):
        line = open_as(people.datamanager_07).get("/states/").context["by_centre"][0]
        assert [count for count, _ in line.cells][:4] == [10, 1, 1, 0]  # empty, in progress, complete, locked

    def test_only_the_coordinator_is_led_to_the_freeze(self, open_as, people, registry):
        assert b"/freeze/" in open_as(people.coordinator).get("/states/").content
        assert b"/freeze/" not in open_as(people.monitor).get("/states/").content


@pytest.mark.parametrize("address", ["/board/", "/board/forms/", "/states/"])
@pytest.mark.parametrize("who", ["statistician", "administrator"])
def test_roles_without_patients_have_no_board(open_as, people, address, who):
    assert open_as(getattr(people, who)).get(address).status_code == 403
