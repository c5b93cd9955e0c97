"""A report years later: it verifies, or what was altered is named."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from analytics import verification
from analytics.models import Report

pytestmark = pytest.mark.slow


@pytest.fixture
def report(reported_registry):
    """The earlier of two: the registry was changed after it."""
    return Report.objects.earliest("published_at")


def verify(report, user="coordinator"):
    out = io.StringIO()
    call_command("verify_report", str(report.public_id), username=user, stdout=out)
    return out.getvalue()


def as_superuser(statement, *parameters):
    with connections["migration"].cursor() as cursor:
        cursor.execute(statement, parameters)


def test_a_report_verifies_also_after_the_registry_has_changed(report):
    said = verify(report)
    assert f"results.json, sha256 {report.sha256}" in said
    assert "Verified" in said


def test_the_form_of_the_snapshot_whose_byte_was_flipped_is_named(report):
    as_superuser("update registry_snapshotform set text = replace(text, '\"M\"', '\"F\"') where form = 'patient'")
    with pytest.raises(CommandError, match="rows of the form patient were altered"):
        verify(report)


def test_the_file_whose_byte_was_flipped_is_named(report):
    as_superuser("update analytics_reportfile set content = content || 'x'::bytea where name = 'report.docx'")
    with pytest.raises(CommandError, match=r"file report\.docx was altered"):
        verify(report)


def test_an_exchanged_results_file_is_named_although_its_own_hash_fits(report):
    as_superuser(
        "update analytics_reportfile set content = 'x'::bytea, sha256 = encode(sha256('x'::bytea), 'hex') "
        "where name = 'results.json'"
    )
    with pytest.raises(CommandError, match=r"results\.json is not the one that was published"):
        verify(report)


def test_the_stored_number_that_was_altered_is_named_twice_as_altered_and_as_different(report):
    survival = report.results.get(entry="overall-survival")
    survival.value["value"]["landmarks"][0]["value"] = 12.0
    as_superuser(
        "update analytics_result set value = %s where report_id = %s and entry = 'overall-survival'",
        json.dumps(survival.value),
        report.pk,
    )
    with pytest.raises(CommandError) as refused:
        verify(report)
    assert "stored result overall-survival was altered" in str(refused.value)
    assert "Median overall survival value was 12.0, is now 11.23" in str(refused.value)


def test_a_report_of_other_code_verifies_when_the_numbers_are_the_same_and_both_versions_are_named(report, monkeypatch):
    monkeypatch.setattr(verification, "code_version", lambda: "f" * 64)
    said = verify(report)
    assert report.code_version in said
    assert f"computed again by the code {'f' * 64}" in said
    assert "Verified" in said


def test_who_may_not_read_a_report_does_not_learn_that_it_exists(report):
    with pytest.raises(CommandError, match="no report"):
        verify(report, user="datamanager-03")


@pytest.mark.parametrize(
    ("stored", "computed", "said"),
    [
        ({"a": 1}, {"a": 1, "added": 2}, ""),
        ({"a": 1, "b": 2}, {"a": 1}, "b was 2, is now None"),
        ({"a": 1.0}, {"a": 1.0 + 1e-12}, ""),
        ({"a": 1.0}, {"a": 1.1}, "a was 1.0, is now 1.1"),
        ([{"label": "Age", "value": 1}], [{"label": "Age", "value": 2}], "Age value was 1, is now 2"),
        ([1, 2], [1], "was [1, 2], is now [1]"),
        (None, 0.5, "was None, is now 0.5"),
    ],
)
def test_the_first_difference_is_told_in_words(stored, computed, said):
    assert verification.first_difference(stored, computed) == said
