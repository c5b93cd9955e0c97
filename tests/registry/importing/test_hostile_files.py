"""Every hostile file is refused with a sentence; none is unpacked, followed or left behind."""

import tempfile
from io import BytesIO

import pytest
from django.conf import settings

from registry.models import ImportBatch
from registry.transfer.importing.job import sentence
from registry.transfer.importing.lines import Refused
from registry.transfer.importing.tables import Found, rows_of
from registry.transfer.importing.workbook_in import look_into
from tests.registry.importing import hostile

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each file is read by a process of its own
FILES, STUDY_FILES, DICTIONARIES = map(list, (hostile.files(), hostile.odm_files(), hostile.dictionaries()))


def refusal_of(content, kind=ImportBatch.Kind.TABLES, dictionary=None):
    batch = ImportBatch(kind=kind, file_name="file", centre_id=3)
    with pytest.raises(Refused) as refused:
        list(rows_of(batch, content, dictionary, Found()))
    return sentence(refused.value)


@pytest.fixture(autouse=True)
def nothing_is_left(tmp_path, monkeypatch):
    """Neither beside the registry nor in the folder for files that do not last."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(settings.BASE_DIR.iterdir())
    yield
    assert list(tmp_path.iterdir()) == []
    assert {path for path in settings.BASE_DIR.iterdir() if path.name != "__pycache__"} <= before


def test_there_are_forty_files_and_200_names():
    assert len({content for _what, content in FILES + STUDY_FILES + DICTIONARIES}) >= 40
    assert len(set(hostile.names_that_lead_out())) >= 200


def test_a_name_that_leads_out_is_refused():
    for name in hostile.names_that_lead_out():
        with pytest.raises(Refused, match="leads out of it"):
            look_into(BytesIO(hostile.named(name)))


@pytest.mark.parametrize(("what", "content"), [pytest.param(*each, id=each[0]) for each in DICTIONARIES])
def test_a_hostile_data_dictionary_is_refused_with_a_sentence(what, content):
    text = refusal_of(b"patient_id,sex\n03-001,F\n", ImportBatch.Kind.REDCAP, content)
    assert text.endswith(".") and "Traceback" not in text


@pytest.mark.parametrize(("what", "content"), [pytest.param(*each, id=each[0]) for each in FILES])
def test_a_hostile_file_is_refused_with_a_sentence(what, content):
    text = refusal_of(content)
    assert text.endswith(".") and "Traceback" not in text


@pytest.mark.parametrize(("what", "content"), [pytest.param(*each, id=each[0]) for each in STUDY_FILES])
def test_a_hostile_study_file_is_refused_with_a_sentence(what, content):
    text = refusal_of(content, kind=ImportBatch.Kind.ODM)
    assert text.endswith(".") and "Traceback" not in text


def test_a_file_beyond_25_megabytes_is_not_even_looked_into():
    assert refusal_of(b"x" * (25 * hostile.MEGABYTE + 1)) == ("The file has 25 MB; 25 MB are accepted. Split it.")


def test_the_process_that_reads_can_be_stopped_by_its_limits():
    many = b"patient_id,sex\n" + b"03-001,F\n" * 500_001
    assert refusal_of(many) == "The file has more than 500000 rows. Split it."
