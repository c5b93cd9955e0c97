"""The queries: asked, answered, closed and opened again, each by those who may."""

from typing import Any
from uuid import UUID

from django_filters import rest_framework as filters
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.queries import answer_query, close_query, raise_query, reopen_query
from registry.api.description import operations
from registry.api.doors import Door
from registry.api.faults import UNREADABLE, Fault, item_name
from registry.api.filters import ORDER, CentreFilter
from registry.api.members import read
from registry.api.problems import Problem
from registry.api.repeatable import repeatable
from registry.crf.fields import crf_fields
from registry.models import PATIENT_FORMS, Patient, Query

FORMS = {model.form: model for model in (Patient, *PATIENT_FORMS)}


class QueryFilter(filters.FilterSet):
    patient = filters.UUIDFilter(field_name="patient__public_id", label="The patient, by `id`.")
    patient_number = filters.CharFilter(field_name="patient__number", label="The patient, by registry number.")
    centre = CentreFilter(field_name="centre_id")
    form = filters.ChoiceFilter(
        field_name="form_name", choices=[(name, name) for name in FORMS], label="The form that is asked about."
    )
    check_id = filters.CharFilter(label="The check that asks, such as C58.")
    state = filters.ChoiceFilter(choices=Query.State.choices, label="The state of the query.")
    order = filters.OrderingFilter(
        fields=[("raised_at", "raised_at"), ("state_since", "state_since"), ("impact", "impact")],
        label=ORDER,
    )


@operations.QUERIES
class QueryDoor(Door):
    needs = (Permission.VIEW_PATIENTS,)
    filterset_class = QueryFilter

    def get_queryset(self) -> Any:
        seen = Query.objects.visible_to(self.request.user)
        return seen.select_related("patient", "raised_by").prefetch_related("messages__by")

    def list(self, request: Request) -> Response:
        queries = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([_as_json(query) for query in queries])

    def retrieve(self, request: Request, id: UUID) -> Response:
        return Response(_as_json(self.get_object()))

    @repeatable
    def create(self, request: Request) -> Response:
        """Ask the centre about an item of a record, or about the record as a whole."""
        require(request.user, Permission.RAISE_QUERY)
        sent = read(request, form=str, record=str, item=str, message=str)
        record = _record(sent["form"], sent["record"], request.user)
        field = _field(type(record), sent["item"])
        query = raise_query(record=record, field=field, message=sent["message"], by=request.user)
        return Response(_as_json(self.get_queryset().get(pk=query.pk)), 201)

    @action(detail=True, methods=["post"])
    @repeatable
    def answer(self, request: Request, id: UUID) -> Response:
        """The answer of the centre."""
        query, sent = self.get_object(), read(request, answer=str, text=str)
        answer_query(query=query, answer=sent["answer"], text=sent["text"], by=request.user)
        return Response(_as_json(self.get_object()))

    @action(detail=True, methods=["post"])
    @repeatable
    def close(self, request: Request, id: UUID) -> Response:
        """The coordinating centre is satisfied, or withdraws the question."""
        close_query(query=self.get_object(), text=read(request, text=str)["text"], by=request.user)
        return Response(_as_json(self.get_object()))

    @action(detail=True, methods=["post"])
    @repeatable
    def reopen(self, request: Request, id: UUID) -> Response:
        """The answer does not settle the question."""
        reopen_query(query=self.get_object(), text=read(request, text=str)["text"], by=request.user)
        return Response(_as_json(self.get_object()))


def _as_json(query: Query) -> dict[str, Any]:
    return {
        "id": str(query.public_id),
        "patient": str(query.patient.public_id),
        "patient_number": query.patient.number,
        "centre": query.centre_id,
        "form": query.form_name,
        "instance_no": query.instance_no,
        "item": item_name(FORMS[query.form_name], query.field_name) if query.field_name else None,
        "check_id": query.check_id or None,
        "message": str(query.question),
        "state": query.state,
        "answer": query.answer or None,
        "impact": query.impact,
        "raised_by": _name(query.raised_by),
        "raised_at": query.raised_at.isoformat(),
        "state_since": query.state_since.isoformat(),
        "messages": [
            {
                "at": message.at.isoformat(),
                "by": _name(message.by),
                "state": message.state,
                "answer": message.answer or None,
                "text": str(message.said),
            }
            for message in query.messages.all()
        ],
    }


def _name(user: Any) -> str | None:
    """Of a person as the history shows it; None for a rule."""
    return user.name if user else None


def _record(form: str, public_id: str, user: Any) -> Any:
    model: Any = FORMS.get(form)
    try:
        found = model.objects.visible_to(user).filter(public_id=UUID(public_id)).first() if model else None
    except ValueError:
        found = None
    if found is None:
        fault = Fault(
            "record", UNREADABLE, "There is no such record of this form.", "Send `form` and the record's `id`."
        )
        raise Problem(422, "Nothing was asked.", [fault])
    return found


def _field(model: Any, item: str) -> str:
    names = {field.crf.name: field.name for field in crf_fields(model)}
    if item and item not in names:
        raise Problem(422, "Nothing was asked.", [Fault("item", UNREADABLE, f"The form has no item “{item}”.")])
    return names.get(item, "")
