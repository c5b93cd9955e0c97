"""Dates and numbers on the pages of an Italian data manager: read as the page says, shown as it reads them."""

import datetime as dt
from decimal import Decimal

import pytest

from registry.access.context import scope, system
from registry.models import Baseline, Eligibility
from tests.registry.web.work import count, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(open_as, people):
    client = open_as(people.datamanager_03)
    client.post("/language/", {"language": "it"})
    return client


@pytest.fixture
def address(patient):
    return f"/patients/{patient.public_id}/baseline/"


def post(client, address, **typed):
    return client.post(address, {"version": "0", "step": "draft"} | typed, follow=True)


def the_only(model):
    with scope(system("test", read="all")):
        return model.objects.get()


def reading(response, name):
    lines = {line.name: line for line in response.context["whole"].lines}
    return lines[name].reading.standard


def test_the_day_comes_first_and_the_comma_is_a_decimal_sign(client, address):
    response = post(client, address, wbc="5,9", wbc_unit="kul", lab_date="20/03/2021", rr_date="03/2021")
    record = the_only(Baseline)
    assert (record.wbc, record.lab_date, str(record.rr_date)) == (Decimal("5.9"), dt.date(2021, 3, 20), "2021-03")
    assert "salvata come bozza" in text_of(response)


def test_what_the_page_shows_is_read_again_without_a_change(client, address):
    post(client, address, wbc="1,234", wbc_unit="kul", lab_date="20/03/2021")
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in ("wbc", "wbc_unit", "lab_date")}
    assert shown == {"wbc": "1,234", "wbc_unit": "kul", "lab_date": "2021-03-20"}
    assert "nessuna modifica" in text_of(post(client, address, version="1", **shown))


def test_the_page_says_how_it_read_what_was_typed(client, address):
    response = client.post(address, {"version": "0", "step": "draft", "wbc": "1,234", "ecog": "?"})
    assert reading(response, "wbc").startswith("letto come 1,234, non come 1234")
    response = client.post(address, {"version": "0", "step": "draft", "lab_date": "20/3/2021", "ecog": "?"})
    assert reading(response, "lab_date") == "= 2021-03-20"


def test_a_point_that_may_be_meant_for_thousands_is_refused_with_both_readings(client, address):
    response = client.post(address, {"version": "0", "step": "draft", "wbc": "1.234"})
    assert "“1.234” si può leggere in due modi. Scrivere 1,234 o 1234." in text_of(response)
    assert count(Baseline.objects) == 0


def test_a_draft_kept_in_italian_says_the_same_in_english(client, address):
    post(client, address, wbc="5,9", wbc_unit="kul")
    client.post(f"{address}keep/", {"version": "1", "wbc": "5,9", "wbc_unit": "kul", "plt": "31,5"})
    client.post("/language/", {"language": "en-gb"})
    response = client.get(address)
    assert response.context["restored"].changed == {"plt"}
    assert response.context["form"]["wbc"].value() == "5,9"
    assert "1 input differs from what is stored" in text_of(response)


def test_two_versions_are_shown_and_merged_with_the_comma(client, patient):
    address = f"/patients/{patient.public_id}/eligibility/"
    post(client, address, cd22_pct="80,5")
    merge = client.post(address, {"version": "0", "step": "draft", "cd22_pct": "95,5"})
    assert merge.status_code == 409
    assert "Inserito qui: 95,5 %" in text_of(merge)
    assert "Salvato ora: 80,5 %" in text_of(merge)
    post(client, address, version="1", cd22_pct="95,5", **{"keep-cd22_pct": "stored"})
    assert the_only(Eligibility).cd22_pct == Decimal("80.5")


def test_the_days_of_a_history_are_typed_as_on_the_forms(client, patient):
    address = f"/patients/{patient.public_id}/history/"
    assert [chip.value for chip in client.get(address, {"since": "20/03/2021"}).context["chips"]] == ["2021-03-20"]
    assert "anno ha quattro cifre" in client.get(address, {"until": "20/03/21"}).content.decode()


def test_a_file_has_the_point(client, address, patient):
    post(client, address, wbc="5,9", wbc_unit="kul")
    assert ",5.9," in client.get(f"/patients/{patient.public_id}/history/changes.csv").content.decode()
