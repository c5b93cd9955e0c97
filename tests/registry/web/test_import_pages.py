"""The pages of an import: the file that comes in, the choice of rows, the file that goes back."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.access.context import scope, system
from registry.actions.importing.batches import acting_on
from registry.models import ColumnMapping, ImportBatch, WordMapping
from registry.transfer.importing.job import do
from registry.transfer.importing.lines import Refused
from registry.transfer.importing.workbook_out import workbook
from tests.pages import log_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each test reads a file
NEW = b"patient_id,sex,age_rr,consent_basis\n03-001,F,40,written\n"
SETTINGS = {"kind": "tables", "date_order": "ymd", "decimal_sign": "."}


@pytest.fixture
def anna(people):
    return log_in(people.datamanager_03)


@pytest.fixture
def page(anna):
    """The address of an import that a worker has read."""

    def bring_in(content=NEW, name="patient.csv"):
        address = anna.post("/import/", SETTINGS | {"file": SimpleUploadedFile(name, content)}).url
        with scope(system("test", read="all")):
            batch = ImportBatch.objects.get()
        with acting_on(batch):
            batch.state = do(batch, lambda *told: None)
            batch.save()
        return address

    return bring_in


def test_the_marked_file_has_the_name_of_the_file_whatever_letters_it_is_written_in(anna, people, page):
    file = anna.get(page(workbook(people.baltimore, prefilled=False), 'centre "Forlì".xlsx') + "marked.xlsx")
    assert file["Content-Disposition"] == "attachment; filename*=utf-8''centre%20%22Forl%C3%AC%22-marked.xlsx"


@pytest.mark.parametrize("key", ["9" * 5000, "²", "-1", "x"])
def test_a_choice_of_rows_that_there_are_not_chooses_none(anna, page, key):
    answer = anna.post(page(), {"step": "choose", "row": key, "shown": key})
    assert answer.status_code == 302


NUMBER, SEX = "Registry patient number", "Patient: Sex"


def matched(anna, address, *items, **more):
    posted = {f"column-{place}": item for place, item in enumerate(items)}
    return anna.post(address, {"step": "match"} | posted | more)


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ((NUMBER, "ino_cycle/²/d1_dose"), "X: “ino_cycle/²/d1_dose” is not in the list of items."),
        ((NUMBER, ""), "Say what these columns are, or tick below that they are left out: X."),
        ((NUMBER, NUMBER), "Code and X cannot both be “Registry patient number”."),
        ((SEX, "Patient: Year of birth"), "The file: say which column holds the patient number, such as 03-007."),
    ],
)
def test_a_column_is_matched_with_what_the_registry_has(anna, page, items, words):
    answer = matched(anna, page(b"Code,X\n03-001,F\n", "table.csv"), *items)
    assert answer.status_code == 422
    assert words in unescape(answer.content.decode())
    assert f'value="{items[0]}"' in answer.content.decode()  # what was typed stays


def test_one_tick_leaves_out_every_column_without_an_item(anna, page):
    address = page(b"Code,Sex,X,Y\n03-001,F,a,b\n", "table.csv")
    assert matched(anna, address, NUMBER, SEX, "", "", **{"leave-out": "on"}).status_code == 302
    with scope(system("test", read="all")):
        assert list(ColumnMapping.objects.filter(target="").values_list("heading", flat=True)) == ["X", "Y"]


def test_a_patient_number_is_known_by_what_it_looks_like(anna, page):
    answer = anna.get(page(b"Codice,X\n03-001,F\n", "table.csv")).content.decode()
    assert f'name="column-0" value="{NUMBER}"' in answer


def test_a_word_is_explained_on_the_preview(anna, page):
    address = page(b"patient_id,sex,age_rr,birth_year\n03-001,F,40,N.D.\n03-002,donna,40,n.d.\n", "patient.csv")
    shown = anna.get(address).content.decode()
    assert "wherever it stands" not in shown
    assert anna.post(address, {"step": "words", "word-0": "reason=UNK", "word-1": "answer=F"}).status_code == 302
    with scope(system("test", read="all")):
        words = set(WordMapping.objects.values_list("item", "word", "answer", "reason"))
    assert words == {("", "n.d.", "", "UNK"), ("patient.sex", "donna", "F", "")}


def test_a_word_means_only_what_the_page_offers(anna, page):
    address = page(b"patient_id,sex,age_rr\n03-001,F,n.d.\n", "patient.csv")
    anna.post(address, {"step": "words", "word-0": "reason=UNK"})  # the age is always known
    with scope(system("test", read="all")):
        assert not WordMapping.objects.exists()


def test_a_table_without_patient_numbers_is_refused_at_once(page):
    with pytest.raises(Refused, match="no column holds the patient number, such as 03-007"):
        page(b"sex,age_rr\nF,40\n", "patient.csv")


def test_a_table_without_rows_is_told_to_be_one(anna, page):
    assert "No row stands below the headings." in anna.get(page(b"patient_id,sex\n", "patient.csv")).content.decode()


def test_a_number_of_another_centre_is_said_once(anna, page):
    answer = anna.get(page(NEW.replace(b"03-", b"07-"))).content.decode()
    assert "is not a patient number of centre 03" in answer
    assert answer.count('class="check-id">C01') == 1


def test_dates_and_numbers_are_written_as_last_time(anna):
    file = SimpleUploadedFile("patient.csv", NEW)
    anna.post("/import/", SETTINGS | {"date_order": "dmy", "decimal_sign": ",", "file": file})
    chosen = [" ".join(option.split()) for option in anna.get("/import/").content.decode().split("<option")]
    assert 'value="dmy" selected>day, month, year: 03/04/2019</option>' in " ".join(chosen)
    assert 'value="," selected>comma: 5,9</option>' in " ".join(chosen)
