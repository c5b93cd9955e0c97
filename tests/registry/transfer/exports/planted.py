"""Records as the reference cohort has none: every missing reason of every kind of item, and texts that are awkward."""

from itertools import count
from typing import Any, Final

from registry.access.context import scope, system
from registry.audit.acting import acting_as
from registry.crf.fields import crf_fields
from registry.crf.missing import REASONS
from registry.models import PATIENT_FORMS, User

CENTRE: Final = 3
# A formula, an apostrophe, letters of other alphabets, the words by which programs mean a missing value.
TEXTS: Final = ("=1+1", "'quoted'", 'say "no"; Ωmega, Müller – été', "NA", "-99", "a", "  blank before", "two\nlines")


def plant() -> None:
    """Every answer of the first records of a centre gives way to a reason, another one in each record."""
    with scope(system("test", read="all")):
        by = User.objects.get(username=f"datamanager-{CENTRE:02d}")
    with acting_as(by, "planted", centre=CENTRE):
        for model in PATIENT_FORMS:
            for number, record in enumerate(model.objects.filter(centre=CENTRE).order_by("pk")):
                _plant(record, number)


def _plant(record: Any, number: int) -> None:
    reasons, texts, last = list(REASONS), count(number), len(REASONS)
    values: dict[str, Any] = {}
    missing = dict(record.missing)
    for place, field in enumerate(crf_fields(type(record))):
        if number < last and field.crf.may_be_missing:
            values[field.attname] = None
            missing[field.name] = reasons[(number + place) % last]
        elif field.crf.kind == "text" and not field.unique:
            values[field.attname] = TEXTS[next(texts) % len(TEXTS)]
            missing.pop(field.name, None)
    type(record).objects.filter(pk=record.pk).update(**values, missing=missing, state="in progress")
