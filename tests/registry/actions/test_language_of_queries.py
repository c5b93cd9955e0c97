"""A query of a rule is stored once, in English, and read by each in the own language."""

import pytest
from django.utils.translation import override

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.queries import raise_query
from registry.actions.save_record import save_record
from registry.actions.states import sign_record
from registry.models import AuditEntry, Query
from tests.registry.actions.conftest import full_baseline

pytestmark = pytest.mark.django_db
ENGLISH = "ECOG 3 before INO and transplant is unusual. Confirm."
ITALIAN = "ECOG 3 prima di INO e del trapianto è insolito. Confermare."


def complete_baseline(patient, by, language):
    with override(language):
        return save_record(full_baseline(patient, ecog="3"), by=by, complete=True).record


@pytest.mark.parametrize("language", ["en-gb", "it"])
def test_each_reads_the_own_language_whoever_saved(anna, patient, language):
    complete_baseline(patient, anna, language)
    query = Query.objects.get(check_id="C38")
    assert (query.message, str(query.question)) == (ENGLISH, ENGLISH)
    with override("it"):
        assert (query.message, str(query.question)) == (ENGLISH, ITALIAN)


def test_the_conversation_is_read_in_italian_too(anna, patient):
    record = complete_baseline(patient, anna, "it")
    record.ecog = "2"
    with override("it"):
        save_record(record, by=anna, expected_version=record.version, reason="riletto il referto")
    steps = Query.objects.get(check_id="C38").messages.all()
    assert [step.text for step in steps] == [ENGLISH, "The finding is gone: closed by the rule."]
    assert [str(step.said) for step in steps] == [ENGLISH, "The finding is gone: closed by the rule."]
    with override("it"):
        assert [str(step.said) for step in steps] == [
            ITALIAN,
            "La segnalazione non c'è più: chiusa dalla regola.",
        ]


def test_what_a_person_asked_stays_as_it_was_written(people, anna, patient):
    record = complete_baseline(patient, anna, "it")
    with scope(claims_of(people.monitor)), override("it"):
        query = raise_query(record=record, field="ecog", message="relapse", by=people.monitor)
        assert (str(query.question), query.messages.get().said) == ("relapse", "relapse")


def test_the_trail_keeps_what_a_signature_means_in_english(people, anna, patient):
    record = complete_baseline(patient, anna, "it")
    people.investigator_03.set_password("a long password")
    with override("it"):
        sign_record(record, by=people.investigator_03, password="a long password")
    entry = AuditEntry.objects.get(table="registry_signature", operation="I")
    assert entry.reason == "I have reviewed this record and it is correct and complete."
