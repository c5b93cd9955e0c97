"""What a snapshot keeps beside the forms: the queries, and the forms that are owed, which data quality counts."""

import datetime as dt
from typing import Any, Final

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from registry.models import Patient, Query, QueryMessage
from registry.models.form_kinds import DUE, rows_of_kind
from registry.models.form_rows import FormRow
from registry.models.last_contact import reference_day

QUERIES: Final = "query"
OWED: Final = "due"


def work() -> dict[str, list[dict[str, Any]]]:
    """By part, as the database shows them now."""
    return {QUERIES: _queries(), OWED: _owed()}


def _queries() -> list[dict[str, Any]]:
    answers = QueryMessage.objects.filter(query=OuterRef("pk"), state=Query.State.ANSWERED).order_by("id")
    queries = Query.objects.annotate(answered_at=Subquery(answers.values("at")[:1])).select_related("patient")
    return [_query(query) for query in queries.order_by("patient__number", "raised_at", "pk")]


def _query(query: Any) -> dict[str, Any]:
    closed_at = query.state_since if query.state == Query.State.CLOSED else None
    return {
        "id": str(query.public_id),
        "patient_id": query.patient.number,
        "centre_no": query.centre_id,
        "check": query.check_id,
        "form": query.form_name,
        "item": query.field_name,
        "state": query.state,
        "answer": query.answer,
        # Closed by its rule without an answer: the value was corrected and the finding is gone.
        "corrected": query.state == Query.State.CLOSED and not query.answer and not query.fingerprint,
        "raised_at": _moment(query.raised_at),
        "answered_at": _moment(query.answered_at),
        "closed_at": _moment(closed_at),
    }


def _owed() -> list[dict[str, Any]]:
    """Forms not begun and forms in progress, with the day after which each is late."""
    rows = rows_of_kind(Patient.objects.all(), reference_day(timezone.localdate()), kind=DUE)
    return [_due(FormRow(*row)) for row in rows]


def _due(row: FormRow) -> dict[str, Any]:
    return {
        "patient_id": row.patient_number,
        "centre_no": row.centre,
        "form": row.form,
        "instance_no": row.number,
        "state": row.state,
        "deadline": row.deadline.isoformat() if row.deadline else None,
    }


def _moment(at: dt.datetime | None) -> str | None:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds") if at else None
