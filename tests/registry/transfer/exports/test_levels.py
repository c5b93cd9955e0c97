"""What each level takes away, and what it leaves exact."""

import csv
import datetime as dt
import re
import secrets
import zipfile
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from registry.crf.fields import crf_fields
from registry.crf.partial_dates import PartialDate
from registry.models import ALL_FORMS, PATIENT_FORMS, Export, Patient, PseudonymKey
from registry.transfer.exports.columns import columns_of
from registry.transfer.exports.levels import RULES, Disguise, Treatment, treatment
from registry.transfer.exports.pseudonyms import DAYS, Pseudonyms
from tests import databases
from tests.registry.transfer.exports.making import everything, files, manifest

KEY = "5" * 64


@pytest.fixture
def pseudonyms():
    return Pseudonyms(KEY)


def columns(form: str, level: str) -> set[str]:
    model = next(model for model in ALL_FORMS if model.form == form)
    return {column.name for column in Disguise(level, Pseudonyms(KEY)).kept(model, columns_of(model))}


def test_each_column_follows_exactly_the_first_rule_that_concerns_it():
    for model in ALL_FORMS:
        for column in columns_of(model):
            assert treatment(model, column, "full") is Treatment.KEPT
            assert treatment(model, column, "aggregate") is Treatment.COUNTED
    assert RULES[-1].limited is Treatment.KEPT


def test_limited_leaves_dates_and_numbers_and_takes_free_text_and_the_year_of_birth():
    assert columns("patient", "full") - columns("patient", "limited") == {
        "birth_year",
        "birth_year_missing",
        "excluded_reason",
    }
    assert columns("cytogenetics", "full") - columns("cytogenetics", "limited") == {"class_review_reason"}
    assert "centre_name" not in columns("centre", "limited") and "irb_approval_date" in columns("centre", "limited")


def test_de_identified_has_no_text_that_somebody_typed():
    for model in ALL_FORMS:
        kept = Disguise("deidentified", Pseudonyms(KEY)).kept(model, columns_of(model))
        assert {column.name for column in kept if column.kind == "text"} <= {"patient_id"}
        assert not {"birth_year", "country", "iscn"} & {column.name for column in kept}


def test_a_pseudonym_is_always_the_same_and_tells_nothing_of_the_number(pseudonyms):
    numbers = [f"{centre:02d}-{number:03d}" for centre in range(1, 12) for number in range(1, 1000)]
    found = {number: pseudonyms.patient(number) for number in numbers}
    assert len(set(found.values())) == len(numbers)
    assert found == {number: Pseudonyms(KEY).patient(number) for number in numbers}
    assert Pseudonyms("6" * 64).patient("03-001") != found["03-001"]
    assert all(re.fullmatch(r"P[0-9A-V]{10}", pseudonym) for pseudonym in found.values())


def test_centres_get_each_another_number_of_a_centre(pseudonyms):
    assert sorted(pseudonyms.centre(number) for number in range(1, 100)) == list(range(1, 100))
    assert pseudonyms.centre(3) != 3


def test_the_dates_of_a_patient_move_together_and_those_of_patients_differently(pseudonyms):
    first, second = dt.date(2019, 4, 3), dt.date(2020, 2, 29)
    shifts = set()
    for number in ("03-001", "03-002", "07-001", "11-014"):
        moved = [pseudonyms.shifted(day, of=number) for day in (first, second)]
        assert moved[1] - moved[0] == second - first
        assert 1 <= (first - moved[0]).days <= DAYS
        shifts.add(first - moved[0])
    assert len(shifts) == 4


def test_a_date_known_to_the_month_or_year_keeps_its_precision(pseudonyms):
    for text in ("2019", "2019-04", "2019-04-03"):
        moved = pseudonyms.shifted(PartialDate.parse(text), of="03-001")
        assert moved.precision == PartialDate.parse(text).precision
    day = pseudonyms.shifted(dt.date(2019, 4, 3), of="03-001")
    assert str(pseudonyms.shifted(PartialDate(2019, 4, 3), of="03-001")) == day.isoformat()


def test_ages_from_90_are_one_group(pseudonyms):
    disguise = Disguise("deidentified", pseudonyms)
    age = next(column for column in columns_of(Patient) if column.name == "age_rr")
    change = disguise.change(Patient, age)
    assert [change(value, "03-001") for value in (18, 89, 90, 97)] == [18, 89, 90, 90]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def dates(folder: Path) -> dict[str, list[dt.date]]:
    """All full dates of each patient, in an order that does not depend on names."""
    found: dict[str, list[dt.date]] = {}
    for model in PATIENT_FORMS:
        names = [field.crf.name for field in crf_fields(model) if field.crf.kind == "date"]
        for row in rows(folder / f"{model.form}.csv"):
            found.setdefault(row["patient_id"], []).extend(
                dt.date.fromisoformat(row[name]) for name in names if row[name]
            )
    return found


def intervals(days: list[dt.date]) -> tuple[int, ...]:
    return tuple((day - days[0]).days for day in days)


@pytest.mark.slow
def test_intervals_are_equal_and_dates_are_not(cohort_registry, tmp_path):
    full = dates(files(tmp_path / "full", format="csv"))
    hidden = dates(files(tmp_path / "hidden", format="csv", level="deidentified"))
    assert len(full) == len(hidden) == 58
    assert sorted(map(intervals, full.values())) == sorted(map(intervals, hidden.values()))
    pseudonyms = Pseudonyms(_key())
    for number, days in full.items():
        moved = hidden[pseudonyms.patient(number)]
        assert not {(before, after) for before, after in zip(days, moved, strict=True) if before == after}
    assert list(hidden) != [pseudonyms.patient(number) for number in full]  # nor does the order of the rows tell


def _key() -> str:
    with everything():
        return PseudonymKey.load()


@pytest.mark.slow
def test_of_500_planted_identities_none_is_in_a_de_identified_export(cohort_registry, tmp_path):
    planted = _plant(cohort_registry)
    assert len(planted) >= 500
    for name in set(Export.Format.values) - {"codebook"}:
        folder = files(tmp_path / name, format=name, level="deidentified")
        content = b"\n".join(map(_plain, folder.iterdir()))
        assert [text for text in planted if text.encode() in content] == [], name


def _plain(file: Path) -> bytes:
    """What stands in a file, also in a packed one."""
    if file.suffix != ".xlsx":
        return file.read_bytes()
    with zipfile.ZipFile(file) as parts:
        return b"".join(parts.read(part) for part in parts.namelist())


def _plant(database: str) -> set[str]:
    """A person's name in every text of every form, past all checks; patient numbers and centres are names, too."""
    planted: set[str] = set()
    with psycopg.connect(_superuser(database), autocommit=True) as connection:
        for model in ALL_FORMS:
            for field in crf_fields(model):
                if field.crf.kind == "text" and field.crf.name != "patient_id":
                    planted |= _plant_into(connection, model, field)
    with everything():
        planted |= set(Patient.objects.values_list("number", flat=True))
        for centre in ALL_FORMS[0].objects.all():  # type: ignore[attr-defined]
            planted |= {centre.city, centre.centre_name}
    return planted


def _plant_into(connection: Any, model: Any, field: Any) -> set[str]:
    table, column = sql.Identifier(model._meta.db_table), sql.Identifier(field.column)
    connection.execute(sql.SQL("alter table {} disable trigger user").format(table))
    connection.execute(sql.SQL("update {} set state = 'in progress'").format(table))  # the rules wait for complete
    keys = [row[0] for row in connection.execute(sql.SQL("select {} from {}").format(_key_of(model), table)).fetchall()]
    names = {f"Name{secrets.token_hex(5)}" for _ in keys}
    for key, name in zip(keys, names, strict=True):
        connection.execute(
            sql.SQL("update {} set {} = %s where {} = %s").format(table, column, _key_of(model)), [name, key]
        )
    return names


def _key_of(model: Any) -> sql.Identifier:
    return sql.Identifier(model._meta.pk.column)


def _superuser(database: str) -> str:
    return psycopg.conninfo.make_conninfo(databases._session()["admin_url"], dbname=database)


@pytest.mark.slow
def test_the_manifest_says_what_the_level_does_and_names_centres_by_pseudonym(cohort_registry, tmp_path):
    about = manifest(files(tmp_path, format="csv", level="deidentified", centres=[3]))
    assert about["what_the_level_does"]["Year of birth"] == "removed"
    assert about["centres"] == [Pseudonyms(_key()).centre(3)]
    assert about["level"] == Export.Level.DEIDENTIFIED
