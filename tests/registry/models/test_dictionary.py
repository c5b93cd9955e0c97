"""The dictionary against the declarations, field by field. What differs on purpose is named, with the reason."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from registry.crf.codebook import required_text
from registry.crf.fields import crf_fields
from registry.models import ALL_FORMS, MaintenanceCourse

DICTIONARY = Path(__file__).parents[3] / "fixtures" / "dictionary.csv"
PREFIXES = {"pre_hct_therapy": "PRE", "prior_treatment": "PRI", "hct": "HCT", "ino_cycle": "INO"}

INTENDED = {
    ("maintenance", "indication", "required"): "a course exists only where maintenance was given",
    ("maintenance", "agent", "required"): "a course exists only where maintenance was given",
    ("maintenance", "start_date", "required"): "a course exists only where maintenance was given",
    ("maintenance", "mrd_at_start", "required"): "a course exists only where maintenance was given",
    ("maintenance", "n_courses", "required"): "the courses are a table of their own, and the condition names it",
}


def dictionary():
    with DICTIONARY.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def declared():
    """Every declared item by form and name of the dictionary, in which maintenance is one form."""
    items = {}
    for model in ALL_FORMS:
        form = "maintenance" if model is MaintenanceCourse else model.form
        items |= {(form, field.crf.name): (model, field) for field in crf_fields(model)}
    return items


def expected(row):
    unit = row["unit"].replace(" (standard)", "").replace("mg/m2", "mg/m²")
    codes = dict(code.partition("=")[::2] for code in row["choices"].split(";")) if row["choices"] else {}
    return {
        "label": row["label"],
        "type": row["type"],
        "unit": "" if unit == "see dose_unit" else unit,
        "choices": codes,
        "required": row["required"].replace("seed", "paper"),
        "hard": limits(row, "hard"),
        "soft": limits(row, "soft"),
        "missing": row["missing_codes_allowed"] == "yes",
        "repeats": row["repeats"] != "no",
        "source": row["source"].replace("seed", "paper"),
    }


def limits(row, name):
    low, high = row[f"{name}_min"], row[f"{name}_max"]
    return (Decimal(low), Decimal(high)) if low else None


def actual(model, field):
    item = field.crf
    return {
        "label": str(field.verbose_name),
        "type": item.kind,
        "unit": item.unit,
        "choices": dict(item.choices),
        "required": required_text(model, field),
        "hard": item.hard,
        "soft": item.soft,
        "missing": item.may_be_missing,
        # The dictionary marks a repeat on each of its fields; maintenance is asked once, its courses repeat.
        "repeats": model.repeats,
        "source": item.source,
    }


def test_the_models_hold_exactly_the_items_of_the_dictionary_in_its_order():
    assert list(declared()) == [(row["form"], row["field"]) for row in dictionary()]


def test_every_item_says_what_the_dictionary_says():
    items, differences = declared(), {}
    for row in dictionary():
        key = (row["form"], row["field"])
        wanted, found = expected(row), actual(*items[key])
        differences |= {(*key, name): (wanted[name], found[name]) for name in wanted if wanted[name] != found[name]}
    for key, difference in differences.items():
        print(key, difference, INTENDED.get(key, "NOT INTENDED"))
    assert set(differences) == set(INTENDED)


def test_item_numbers_follow_the_place_in_the_dictionary():
    places: dict[str, int] = {}
    for row in dictionary():
        form = row["form"]
        places[form] = places.get(form, 0) + 1
        number = declared()[form, row["field"]][1].crf.number
        assert number == f"{PREFIXES.get(form, form[:3].upper())}-{places[form]:02d}"


@pytest.mark.parametrize("model", ALL_FORMS, ids=lambda model: model.form)
def test_integer_codes_are_distinct(model):
    for field in crf_fields(model):
        codes = field.crf.integer_codes
        assert len(set(codes.values())) == len(codes)
