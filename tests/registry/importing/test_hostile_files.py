"""Every hostile file is refused with a sentence; none is unpacked, followed or left behind."""

import pytest

from registry.models import ImportBatch
from registry.transfer.importing.job import sentence
from registry.transfer.importing.lines import Refused
from registry.transfer.importing.tables import Found, rows_of
from tests.registry.importing import hostile

pytestmark = pytest.mark.slow  # each file is read by a process of its own


def refusal_of(content, monkeypatch, kind=ImportBatch.Kind.TABLES):
    monkeypatch.setattr("registry.transfer.importing.tables.remembered", lambda centre: {})
    batch = ImportBatch(kind=kind, file_name="file", centre_id=3)
    with pytest.raises(Refused) as refused:
        list(rows_of(batch, content, None, Found()))
    return sentence(refused.value)


@pytest.mark.parametrize(("what", "content"), [pytest.param(*each, id=each[0]) for each in hostile.files()])
def test_a_hostile_file_is_refused_with_a_sentence(what, content, monkeypatch):
    text = refusal_of(content, monkeypatch)
    assert text.endswith(".") and "Traceback" not in text


@pytest.mark.parametrize(("what", "content"), [pytest.param(*each, id=each[0]) for each in hostile.odm_files()])
def test_a_hostile_study_file_is_refused_with_a_sentence(what, content, monkeypatch):
    text = refusal_of(content, monkeypatch, kind=ImportBatch.Kind.ODM)
    assert text.endswith(".") and "Traceback" not in text


def test_a_file_beyond_25_megabytes_is_not_even_looked_into(monkeypatch):
    assert refusal_of(b"x" * (25 * hostile.MEGABYTE + 1), monkeypatch) == (
        "The file has 25 MB; 25 MB are accepted. Split it."
    )


def test_the_process_that_reads_can_be_stopped_by_its_limits(monkeypatch):
    many = b"patient_id,sex\n" + b"03-001,F\n" * 500_001
    assert refusal_of(many, monkeypatch) == "The file has more than 500000 rows. Split it."
