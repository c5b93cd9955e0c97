"""Exports by programs: asked for, waited for, fetched; by those who may, at the levels that they may."""

import datetime as dt

import pytest
from django.utils import timezone

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.models import Export, ExportEvent, ExportFile
from tests.programs import program_of

pytestmark = pytest.mark.django_db
WISH = {"format": "csv", "level": "full"}


@pytest.fixture
def asked(anna):
    answer = anna.post("exports/", WISH)
    assert answer.status_code == 202, answer.content
    return answer.json()


def made(people, asked, *, days=7):
    """As the worker leaves it; what is in the file has tests of its own."""
    with scope(claims_of(people.datamanager_03)):
        export = Export.objects.get(public_id=asked["id"])
        export.state, export.expires_at = Export.State.DONE, timezone.now() + dt.timedelta(days=days)
        export.save()
        ExportFile.objects.create(export=export, content=b"PK")
    return f"exports/{asked['id']}/file/"


def test_an_export_is_a_job_that_is_asked_for_and_polled(anna, asked):
    assert (asked["state"], asked["forms"][0], asked["asked_by"]) == ("queued", "centre", "datamanager-03")
    assert anna.get(f"exports/{asked['id']}/").json() == asked
    assert anna.get("exports/", {"state": "queued"}).json()["count"] == 1


def test_the_file_is_there_when_it_is_made_and_fetching_it_is_logged(anna, people, asked):
    assert anna.get(f"exports/{asked['id']}/file/").status_code == 409
    answer = anna.get(made(people, asked))
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "application/zip", b"PK")
    with scope(claims_of(people.datamanager_03)):
        assert ExportEvent.objects.get(kind=ExportEvent.Kind.DOWNLOADED).by == people.datamanager_03


def test_the_file_is_gone_after_its_time(anna, people, asked):
    assert anna.get(made(people, asked, days=-1)).status_code == 410


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"format": "pdf"}, "format"),
        ({"level": "everything"}, "level"),
        ({"forms": ["users"]}, "forms"),
        ({"centres": [99]}, "centres"),
        ({"centres": ["3"]}, "centres"),
        ({"data_state": "some"}, "data_state"),
        ({"with_audit": 1}, "with_audit"),
        ({"password": "x"}, "password"),
    ],
)
def test_what_cannot_be_exported_is_refused_by_its_name(anna, change, field):
    answer = anna.post("exports/", WISH | change)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_rules_between_choices_are_told_in_words(anna):
    answer = anna.post("exports/", WISH | {"with_audit": True})
    assert answer.status_code == 422
    assert "full export to CDISC ODM only" in answer.json()["errors"][0]["message"]


def test_levels_and_centres_are_those_of_the_role_and_the_scope_that_of_the_token(people, anna):
    assert program_of(people.statistician).post("exports/", WISH).status_code == 403
    assert program_of(people.statistician).post("exports/", WISH | {"level": "deidentified"}).status_code == 202
    assert anna.post("exports/", WISH | {"centres": [7]}).status_code == 403
    answer = program_of(people.datamanager_03, "read").post("exports/", WISH)
    assert (answer.status_code, "“export”" in answer.json()["detail"]) == (403, True)
    assert program_of(people.administrator).get("exports/").status_code == 403


def test_every_wrong_choice_is_told_at_once(anna):
    answer = anna.post("exports/", WISH | {"format": "pdf", "level": "everything", "forms": ["users"]})
    assert [error["field"] for error in answer.json()["errors"]] == ["format", "level", "forms"]
