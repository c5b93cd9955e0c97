"""A snapshot keeps queries and owed forms as they are at that moment; one from before they were kept still reads."""

import pytest
from django.db import connections

from analytics.snapshots import read_parts, split
from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.queries import answer_query, raise_query
from registry.actions.take_snapshot import take_snapshot
from registry.crf.rows import canonical_json, digest
from registry.models import Baseline, Query, SnapshotForm, User

pytestmark = pytest.mark.slow


@pytest.fixture
def people(cohort_registry):
    return {name: User.objects.get(username=name) for name in ("coordinator", "monitor", "datamanager-03")}


@pytest.fixture
def answered(people):
    with scope(claims_of(people["monitor"])):
        record = Baseline.objects.filter(centre=3).order_by("patient__number").first()
        query = raise_query(record=record, field="wbc", message="Is this the unit?", by=people["monitor"])
    with scope(claims_of(people["datamanager-03"])):
        answer_query(query=query, answer=Query.Answer.CONFIRMED, text="It is, as printed", by=people["datamanager-03"])
    return query


def test_a_query_is_frozen_with_its_state_and_its_times(people, answered):
    _, work = split(read_parts(take_snapshot(by=people["coordinator"])))
    (query,) = (each for each in work.queries if each["id"] == str(answered.public_id))
    assert query["patient_id"].startswith("03-")
    assert (query["form"], query["item"], query["state"], query["answer"]) == (
        "baseline",
        "wbc",
        "answered",
        "confirmed",
    )
    assert query["answered_at"] >= query["raised_at"]
    assert query["closed_at"] is None


def test_an_answer_changes_the_hash_of_the_next_snapshot(people, answered):
    before = take_snapshot(by=people["coordinator"])
    with scope(claims_of(people["monitor"])):
        record = Baseline.objects.filter(centre=4).first()
        raise_query(record=record, message="Please look again", by=people["monitor"])
    assert take_snapshot(by=people["coordinator"]).sha256 != before.sha256


def test_a_snapshot_from_before_the_work_was_frozen_is_read_and_verified(people):
    snapshot = take_snapshot(by=people["coordinator"])
    kept = SnapshotForm.objects.filter(snapshot=snapshot).exclude(form__in=("query", "due"))
    hashes = dict(kept.values_list("form", "sha256"))
    with connections["migration"].cursor() as cursor:
        cursor.execute("delete from registry_snapshotform where form in ('query', 'due')")
        cursor.execute("update registry_snapshot set sha256 = %s", [digest(canonical_json([hashes]))])
    snapshot.refresh_from_db()
    forms, work = split(read_parts(snapshot))
    assert len(forms) == 18
    assert (work.queries, work.owed) == ((), ())
