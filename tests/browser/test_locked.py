"""A locked patient: refused on the page, to the loader and in psql; unlocked by who may, it can be corrected again."""

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.errors import RecordLocked
from registry.actions.import_patient import import_patient
from registry.models import Baseline, Death, Patient, User
from tests import databases, pages
from tests.browser import arranging, paper
from tests.browser.conftest import DATABASE
from tests.docs.operations import lines_between

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# No rule asks anything about this patient: nothing keeps it from being locked.
NUMBER = "03-005"
WEB_ROLE_AS_THE_PAGE_SAYS = lines_between("BEGIN;", "COMMIT;")


@pytest.fixture
def locked(open_as, in_registry, picture):
    """A patient that the monitor has locked."""
    with in_registry():
        patient = arranging.copy_of(NUMBER)
    page = open_as("monitor")
    page.goto(arranging.address_of(patient))
    page.get_by_role("link", name="Lock the patient …").click()
    assert "Nothing is missing." in page.inner_text("main")
    page.get_by_label("Why is the patient locked?").fill("monitoring visit of the autumn")
    page.get_by_role("button", name="Lock the patient").click()
    page.get_by_text(f"Patient {patient} is locked.").wait_for()
    picture(page, "story-locked")
    return patient


def test_the_page_of_a_locked_patient_takes_nothing(open_as, locked):
    page = open_as("datamanager-03")
    page.goto(f"{arranging.address_of(locked)}baseline/")
    assert "This record is locked." in page.inner_text("main")
    assert page.get_by_role("button", name="Save changes").count() == 0
    posted = page.evaluate(
        """address => fetch(address, {
            method: "POST",
            body: new URLSearchParams({wbc: "1", version: "2", step: "complete", reason: "typed in the console"}),
            headers: {"X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value},
        }).then(answer => answer.status)""",
        page.url,
    )
    assert posted == 422
    page.goto(arranging.address_of(locked))
    assert page.get_by_role("link", name="Unlock the patient …").count() == 0
    assert page.goto(f"{arranging.address_of(locked)}unlock/").status == 403


def test_the_loader_changes_nothing_of_a_locked_patient(in_registry, locked):
    with in_registry():
        by = User.objects.get(username="datamanager-03")
        patient, *records = paper.printed(NUMBER)
        patient.centre, patient.number = by.centre, locked.number
        with pytest.raises(ValidationError, match="number"), scope(claims_of(by)):
            import_patient(patient, records, by=by, reason="the file of the autumn", batch="autumn.csv")
        with pytest.raises(CommandError, match="loaded into an empty registry only"):
            call_command("load_demonstration")
        baseline = Baseline.objects.get(patient=locked)
        baseline.wbc = 1
        with pytest.raises(RecordLocked):
            pages.save(baseline, by=by, reason="the file of the autumn", channel="import", expected_version=2)
        death = Death(patient=Patient.objects.get(pk=locked.pk), centre=by.centre)
        with pytest.raises(RecordLocked):
            pages.save(death, by=by, reason="the file of the autumn", channel="import")


def test_psql_changes_nothing_of_a_locked_patient(in_registry, locked):
    written = WEB_ROLE_AS_THE_PAGE_SAYS.replace("03-001", str(locked))
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege, match="This record is locked")
    with psycopg.connect(databases.urls(DATABASE)["DATABASE_URL"], autocommit=True) as psql, refused:
        psql.execute(written)
    with in_registry():
        assert Baseline.objects.get(patient=locked).state == "locked"


def test_unlocked_by_the_coordinator_it_can_be_corrected(open_as, in_registry, locked):
    coordinator, centre = open_as("coordinator"), open_as("datamanager-03")
    coordinator.goto(arranging.address_of(locked))
    coordinator.get_by_role("link", name="Unlock the patient …").click()
    coordinator.get_by_label("Why is the patient unlocked?").fill("a late letter of the referring hospital")
    coordinator.get_by_role("button", name="Unlock the patient").click()
    coordinator.get_by_text(f"Patient {locked} is unlocked.").wait_for()
    centre.goto(f"{arranging.address_of(locked)}baseline/")
    centre.get_by_label("White blood cells").first.fill("7.7")
    centre.get_by_label("Reason for change").fill("as in the late letter")
    centre.get_by_role("button", name="Save changes").click()
    centre.get_by_text("Baseline is complete.").wait_for()
