"""The kinds of form rows. A count and its list rest on the same condition: they cannot disagree."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import reduce
from typing import Any, Final

from django.db.models import BigIntegerField, Count, Q
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from registry.models import AuditEntry, CrfForm, Signature, Verification
from registry.models.form_rows import COLUMNS, DUE_STATES, EMPTY, MODELS, Part, parts

DUE, OVERDUE = "due", "overdue"
VERIFIED, VERIFIED_IN_PART, SIGNED, CHANGED = "verified", "items verified", "signed", "changed since verification"
State = CrfForm.State
STATES: Final[tuple[str, ...]] = (EMPTY, *State.values)
KINDS: Final[tuple[str, ...]] = (DUE, OVERDUE, *STATES[:-1], VERIFIED, VERIFIED_IN_PART, SIGNED, State.LOCKED, CHANGED)

# By centre and form, how many rows there are of each kind.
Counts = dict[tuple[int, str], Counter[str]]


def is_kind(kind: str, form: str, reference: dt.date) -> Q:
    """The condition of one kind on the rows of one form; every row where no kind is named."""
    if not kind:
        return Q()
    if kind in STATES:
        return Q(form_state=kind)
    verified = Verification.objects.filter(form_name=form).values("record_id")
    return {
        DUE: Q(form_state__in=DUE_STATES),
        OVERDUE: Q(deadline__lt=reference),
        VERIFIED: Q(record__in=verified.filter(fields=[])),
        VERIFIED_IN_PART: Q(record__in=verified.exclude(fields=[])),
        SIGNED: Q(record__in=Signature.objects.filter(form_name=form).values("record_id")),
        CHANGED: Q(record__in=_verified_once(form)) & ~Q(record__in=verified),
    }[kind]


def count_rows(patients: Any, reference: dt.date) -> Counts:
    """The states, and what is due and overdue. One database query."""
    counts: Counts = defaultdict(Counter)
    rows = [
        part.rows.order_by()
        .values("centre_id", "place", "form_state")
        .annotate(count=Count("pk"), late=Count("pk", filter=is_kind(OVERDUE, part.form, reference)))
        .values_list("centre_id", "place", "form_state", "count", "late")
        for part in parts(patients, reference)
    ]
    for centre, place, state, count, overdue in _together(rows):
        found = counts[centre, MODELS[place].form]
        found.update({state: count, OVERDUE: overdue, DUE: count if state in DUE_STATES else 0})
    return counts


def count_facts(patients: Any, reference: dt.date) -> Counts:
    """What is verified, in part or as a whole, signed, or changed since. Four database queries."""
    counts = _count_changed(patients, reference)
    for kind, facts in (
        (VERIFIED, Verification.objects.filter(fields=[])),
        (VERIFIED_IN_PART, Verification.objects.exclude(fields=[])),
        (SIGNED, Signature.objects.all()),
    ):
        of_patients = facts.filter(patient__in=patients.order_by()).order_by().values_list("centre_id", "form_name")
        for centre, form, count in of_patients.annotate(count=Count("pk")):
            counts[centre, form][kind] = count
    return counts


def _count_changed(patients: Any, reference: dt.date) -> Counts:
    """What is no longer verified because it was changed. One database query."""
    rows = [
        part.rows.filter(is_kind(CHANGED, part.form, reference))
        .order_by()
        .values("centre_id", "place")
        .annotate(count=Count("pk"))
        .values_list("centre_id", "place", "count")
        for part in parts(patients, reference)
    ]
    counts: Counts = defaultdict(Counter)
    for centre, place, count in _together(rows):
        counts[centre, MODELS[place].form][CHANGED] += count
    return counts


def rows_of_kind(patients: Any, reference: dt.date, *, kind: str = "", form: str = "") -> Any:
    """The values of `FormRow`s, by patient and in the order of the paper: to be counted and sliced."""
    return _values(parts(patients, reference, form=form), kind, reference)


def due_rows(patients: Any, reference: dt.date, *, forms: Iterable[str]) -> Any:
    """What is due of some forms: asking of all takes most of the time of a page about one patient."""
    return _values([part for form in forms for part in parts(patients, reference, form=form)], DUE, reference)


def _values(found: Iterable[Part], kind: str, reference: dt.date) -> Any:
    rows = [part.rows.filter(is_kind(kind, part.form, reference)).order_by().values_list(*COLUMNS) for part in found]
    return _together(rows).order_by("number", "place", "repeat", "record")


def patients_with(patients: Any, reference: dt.date, *, kind: str, form: str = "") -> Any:
    """Those of the patients who have a row of this kind. One database query, at once: it is needed to count and to
    show them, and eighteen forms take longer to put into a query than to look up."""
    found = [
        part.rows.filter(is_kind(kind, part.form, reference)).order_by().values_list("pk")
        for part in parts(patients, reference, form=form)
    ]
    ids = sorted({pk for (pk,) in _together(found)})
    return patients.filter(pk__in=RawSQL("select unnest(%s::bigint[])", [ids]))


def _together(rows: list[Any]) -> Any:
    return reduce(lambda one, other: one.union(other, all=True), rows)


def _verified_once(form: str) -> Any:
    """Records of which a verification fell: the trail keeps that it was there."""
    fallen = AuditEntry.objects.filter(table=Verification._meta.db_table, operation="D", old__form_name=form)
    return fallen.order_by().values(record=Cast(KeyTextTransform("record_id", "old"), BigIntegerField()))
