"""What leaves the registry as data is the same whatever language the one who asks reads."""

import pytest
from django.utils.translation import override

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.save_record import save_record
from registry.actions.take_snapshot import take_snapshot
from registry.crf import codebook
from registry.models import AuditEntry, Snapshot
from registry.transfer.codebook_csv import codebook_csv
from registry.web.history.changes_csv import changes_csv
from tests.pages import new_patient
from tests.registry.actions.conftest import full_baseline


@pytest.fixture
def in_both_languages():
    def ask(make):
        with override("it"):
            in_italian = make()
        return make(), in_italian

    return ask


@pytest.fixture
def patient(people):
    patient = new_patient(people.datamanager_03)
    with scope(claims_of(people.datamanager_03)), override("it"):
        save_record(full_baseline(patient, ecog="3"), by=people.datamanager_03, complete=True)
    return patient


def test_the_codebook_as_csv(in_both_languages):
    english, italian = in_both_languages(codebook_csv)
    assert english == italian
    assert "Bone marrow blasts" in english and "Blasti midollari" not in english


def test_the_version_of_the_dictionary(in_both_languages):
    english, italian = in_both_languages(codebook.version)
    assert english == italian


@pytest.mark.django_db
def test_the_history_as_csv(patient, in_both_languages):
    with scope(system("test", read="all")):
        entries = list(AuditEntry.objects.filter(patient_id=patient.pk).newest_first())
        english, italian = in_both_languages(lambda: changes_csv(entries, only=()))
    assert english == italian
    assert "Date of baseline laboratory values" in english and "ECOG 3 before INO" in english


@pytest.mark.django_db
def test_a_snapshot(people, patient, in_both_languages):
    def hashes():
        snapshot = take_snapshot(by=people.coordinator)
        stored = Snapshot.objects.get(pk=snapshot.pk)
        return stored.sha256, stored.dictionary_version

    english, italian = in_both_languages(hashes)
    assert english == italian
