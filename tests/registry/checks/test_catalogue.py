import csv
import re
from collections import Counter

import pytest
from django.conf import settings

from registry.checks.catalogue import Entry, catalogue
from registry.checks.finding import Severity
from registry.models import FORMS_BY_NAME

BY_ID = {entry.check_id: entry for entry in catalogue()}
IN_THE_MODELS = {"patient.patient_id": "patient.number", "patient.centre_no": "patient.centre"} | {
    f"maintenance.{field}": f"maintenance_course.{field}"
    for field in ("indication", "agent", "start_date", "mrd_at_start")
}
# The dictionary names these for a check that needs no answer to them.
NOT_READ = {
    "cytogenetics.timepoint": "each sample is checked by itself",
    "cytogenetics.bcr_abl1_method": "a result counts by whatever method",
}


def named_by_the_dictionary() -> list[tuple[str, str]]:
    """The notes of the dictionary end with the checks that read the item."""
    with (settings.BASE_DIR / "fixtures" / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return [
        (check_id, IN_THE_MODELS.get(item, item))
        for line in lines
        for item in (f"{line['form']}.{line['field']}",)
        if item not in NOT_READ
        for check_id in re.findall(r"\bC\d{2,3}\b", line["note"].rpartition("Checks")[2])
    ]


def test_the_catalogue_has_all_100_checks_in_order() -> None:
    assert [entry.check_id for entry in catalogue()] == [f"C{number:02d}" for number in range(1, 101)]


def test_41_checks_are_hard_and_59_soft() -> None:
    assert Counter(entry.severity for entry in catalogue()) == {Severity.HARD: 41, Severity.SOFT: 59}


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.check_id)
def test_an_entry_has_a_message_a_version_and_fields_that_exist(entry: Entry) -> None:
    assert entry.message.endswith((".", "?", "]", "}"))
    assert entry.version >= 1
    assert len(set(entry.fields)) == len(entry.fields) > 0
    for name in entry.fields:
        form, field = name.split(".")
        assert FORMS_BY_NAME[form]._meta.get_field(field)


@pytest.mark.parametrize(("check_id", "item"), named_by_the_dictionary())
def test_a_check_names_the_items_for_which_the_dictionary_names_it(check_id: str, item: str) -> None:
    assert item in BY_ID[check_id].fields


def test_a_rule_that_stands_in_several_forms_is_one_entry() -> None:
    assert {name.partition(".")[0] for name in BY_ID["C61"].fields} == {"ino_cycle", "hct", "follow_up"}


def test_c33_holds_for_every_item_with_a_possible_range_and_for_the_doses_by_drug() -> None:
    assert {"baseline.hb", "sos_vod.creat_max", "conditioning_drug.drug"} <= set(BY_ID["C33"].fields)
