"""Conditions: one object that PostgreSQL, Python and the codebook read alike."""

from types import SimpleNamespace

import pytest
from django.db.models import F, Q

from registry.crf.conditions import describe, evaluate, fields_of


def record(missing=None, **values):
    return SimpleNamespace(missing=missing or {}, **values)


@pytest.mark.parametrize(
    ("condition", "values", "answer"),
    [
        (Q(given=True), {"given": True}, True),
        (Q(given=True), {"given": False}, False),
        (Q(given=True), {"given": None}, None),
        (Q(code__in=("a", "b")), {"code": "b"}, True),
        (Q(codes__contains=["a"]), {"codes": ["a", "b"]}, True),
        (Q(first__lt=F("second")), {"first": 1, "second": 2}, True),
        (Q(first__lt=F("second")), {"first": 1, "second": None}, None),
        (Q(date=None), {"date": None}, True),
        (Q(date__isnull=False), {"date": None}, False),
        (Q(one=True) | Q(other=True), {"one": None, "other": True}, True),
        (Q(one=True) & Q(other=True), {"one": None, "other": False}, False),
        (Q(one=True) & Q(other=True), {"one": None, "other": True}, None),
        (~Q(one=True), {"one": None}, None),
        (~Q(one=True), {"one": False}, True),
    ],
)
def test_logic_is_three_valued_as_in_sql(condition, values, answer):
    assert evaluate(condition, record(**values)) is answer


def test_a_missing_reason_is_neither_presence_nor_absence():
    assert evaluate(Q(date=None), record(missing={"date": "UNK"}, date=None)) is None


def test_a_condition_prints_itself_as_in_the_dictionary():
    assert describe(Q(d8_given=False) | Q(d15_given=False), "ino_cycle") == (
        "ino_cycle.d8_given = 0 or ino_cycle.d15_given = 0"
    )
    assert describe(Q(role__in=("contrib", "both")), "centre") == "centre.role in (contrib,both)"
    assert describe(Q(modalities__contains=["tki"]), "prior_treatment") == "prior_treatment.modalities contains tki"


def test_the_fields_of_a_condition_include_those_compared_with():
    assert fields_of(Q(resp_date__lt=F("d1_date")) | Q(resp=None)) == ["resp_date", "d1_date", "resp"]
