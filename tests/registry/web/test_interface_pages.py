"""The programming interface on the pages: what there is, by resource, and the description as a file."""

from html import unescape

import pytest

from registry.web.interface.description import resources

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(open_as, people):
    return open_as(people.datamanager_03)


def test_every_resource_has_a_page_with_all_its_operations(client):
    for resource in resources().values():
        page = client.get(f"/interface/of/{resource.slug}/").content.decode()
        assert all(f'id="{operation.anchor}"' in page for operation in resource.operations)


def test_resources_stand_in_the_order_of_the_paper(client):
    page = client.get("/interface/").content.decode()
    places = [page.index(f"/interface/of/{slug}/") for slug in ("patient", "baseline", "allo-hct", "death", "queries")]
    assert places == sorted(places)


def test_a_page_tells_items_codes_and_an_example(client):
    page = client.get("/interface/of/follow-up/").content.decode()
    assert "FOL-01" in page
    assert "&quot;visit_date&quot;: &quot;2019-04-03&quot;" in page


def test_the_description_is_a_file_for_programs(client):
    answer = client.get("/interface/openapi.json")
    assert (answer.json()["openapi"], answer["Content-Disposition"]) == ("3.1.0", 'attachment; filename="openapi.json"')


def test_what_there_is_not_is_not_found(client):
    assert client.get("/interface/of/nothing/").status_code == 404


def test_refusals_are_told_by_number_with_an_example(client):
    page = unescape(client.get("/interface/").content.decode())
    assert '<th scope="row">422 Unprocessable Entity</th>' in page
    assert '"check_id": "C33"' in page


def test_a_member_tells_that_it_may_be_null_and_what_a_list_holds(client):
    page = client.get("/interface/of/exports/").content.decode()
    assert "date-time / null" in page
    assert "array of string" in page


def test_the_page_of_a_list_tells_how_many_it_answers(client):
    assert "1 to 1000; 100 unless it is sent." in client.get("/interface/of/follow-up/").content.decode()


def test_a_visit_is_shown_as_it_is_accepted(client):
    assert '"mrd_method": "igtr"' in unescape(client.get("/interface/of/follow-up/").content.decode())
