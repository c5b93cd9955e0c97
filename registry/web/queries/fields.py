"""Queries where they are asked: at the fields of a form, at the forms of a patient, in the navigation."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.models import Patient, Query
from registry.web.chosen import token_of


@dataclass(frozen=True)
class RecordQueries:
    """The queries of one record that are not closed, by field; the empty name is the record as a whole."""

    by_field: dict[str, list[Query]]
    ask: str  # where a query is raised; empty for who may not

    def at(self, field: str) -> list[Query]:
        return self.by_field.get(field, [])

    def ask_at(self, field: str) -> str:
        return f"{self.ask}&{urlencode({'field': field})}" if self.ask and field else self.ask

    @property
    def at_record(self) -> list[Query]:
        return self.at("")


def queries_of(record: Any, *, user: Any) -> RecordQueries:
    """One database query."""
    patient = record if record.form == "patient" else getattr(record, "patient", None)
    if patient is None or not patient.is_started:
        return RecordQueries({}, "")
    number = getattr(record, "instance_no", None) if record.repeats else None
    by_field: dict[str, list[Query]] = {}
    for query in patient.queries.visible_to(user).exclude(state=Query.State.CLOSED):
        for form, place_number, field in query.places:
            if form == record.form and place_number in (None, number):
                by_field.setdefault(field, []).append(query)
    may_ask = may(user, Permission.RAISE_QUERY) and (record.is_started or not record.repeats)
    return RecordQueries(by_field, _ask(record) if may_ask else "")


def _ask(record: Any) -> str:
    return f"{reverse('raise query')}?{urlencode({'about': token_of(record)})}"


def open_queries_by_form(patients: Iterable[Patient]) -> Counter[tuple[int, str]]:
    """The number of open queries at each form of each patient: one database query."""
    found: Counter[tuple[int, str]] = Counter()
    for patient, form in Query.objects.open().filter(patient__in=patients).values_list("patient_id", "form_name"):
        found[patient, form] += 1
    return found


def open_queries(user: Any) -> int:
    """For the bubble in the navigation."""
    return Query.objects.visible_to(user).open().count() if may(user, Permission.VIEW_PATIENTS) else 0
