"""Two people change one record: nobody's values are lost, and each field can be chosen."""

import pytest

from registry.access.context import scope, system
from registry.models import Baseline
from tests.pages import save

pytestmark = pytest.mark.django_db


def stored():
    with scope(system("test", read="all")):
        return Baseline.objects.get()


@pytest.fixture
def address(patient, people):
    save(Baseline(patient=patient, centre_id=3, ecog="0", bm_blasts=50), by=people.datamanager_03)
    record = stored()
    record.ecog = "2"
    save(record, by=people.investigator_03, expected_version=1)
    return f"/patients/{patient.public_id}/baseline/"


@pytest.fixture
def client(open_as, people):
    return open_as(people.datamanager_03)


MINE = {"ecog": "0", "bm_blasts": "60", "hb": "9", "hb_unit": "gdl", "version": "1", "step": "draft"}


def test_a_stale_save_shows_both_values_and_saves_nothing(client, address):
    response = client.post(address, MINE)
    assert response.status_code == 409
    shown = {each.name: (each.yours, each.stored) for each in response.context["differences"]}
    assert shown["ecog"] == ("0", "2")
    assert shown["bm_blasts"] == ("60 %", "50 %")
    assert shown["hb"] == ("9 g/dL", "")
    assert stored().bm_blasts == 50


def test_the_page_says_who_saved_meanwhile(client, address):
    assert "investigator-03" in client.post(address, MINE).content.decode()


def test_what_only_the_other_changed_is_preselected_as_stored_and_the_rest_as_yours(client, address):
    differences = client.post(address, MINE).context["differences"]
    assert {each.name: each.preselected for each in differences} == {
        "ecog": "stored",
        "bm_blasts": "yours",
        "hb": "yours",
    }


def test_the_chosen_values_are_saved(client, address):
    merged = MINE | {"version": "2", "keep-ecog": "stored", "keep-bm_blasts": "yours", "keep-hb": "stored"}
    client.post(address, merged)
    record = stored()
    assert (record.ecog, record.bm_blasts, record.hb, record.hb_unit, record.version) == ("2", 60, None, None, 3)


def test_a_form_started_by_two_people_at_once_is_merged_too(client, address):
    response = client.post(address, MINE | {"version": "0"})
    assert response.status_code == 409


def test_a_missing_reason_is_chosen_together_with_its_value(client, address):
    client.post(address, MINE | {"ecog": "", "ecog_missing": "UNK", "version": "2", "keep-ecog": "stored"})
    assert (stored().ecog, stored().missing) == ("2", {})


def test_an_empty_stored_answer_can_be_chosen(client, address):
    client.post(address, MINE | {"emd_sites": ["node"], "version": "2", "keep-emd_sites": "stored"})
    assert (stored().emd_sites, stored().version) == (None, 3)
