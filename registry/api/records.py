"""The records of one form: made from its declaration, written through the same actions as the pages."""

from copy import copy
from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.delete_record import delete_record
from registry.actions.errors import StaleVersion
from registry.actions.states import verify_record
from registry.api.doors import Door, flag
from registry.api.faults import UNREADABLE, Fault
from registry.api.filters import RecordFilter
from registry.api.members import items_of, read, reason_of
from registry.api.problems import Problem
from registry.api.reading import Body, put_on, read_body
from registry.api.repeatable import repeatable
from registry.api.saving import refuse_second, refuse_stale, save
from registry.api.showing import Facts, as_json, etag
from registry.api.versions import version_of
from registry.crf.titles import next_number
from registry.models import Patient


class RecordDoor(Door):
    """What can be done with the records of any form."""

    model: ClassVar[Any]
    needs = (Permission.VIEW_PATIENTS,)
    filterset_class = RecordFilter
    parameters = {"list": ("labels",), "retrieve": ("labels",)}
    beside: ClassVar[tuple[str, ...]] = ("patient",)  # members of the body of a new record

    def get_queryset(self) -> Any:
        return self.model.objects.visible_to(self.request.user).select_related("patient__centre")

    def list(self, request: Request) -> Response:
        labels = flag(request, "labels")
        records = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        facts = Facts.of(records)
        return self.get_paginated_response([as_json(record, facts, labels=labels) for record in records])

    def retrieve(self, request: Request, id: UUID) -> Response:
        return self.show(self.get_object(), labels=flag(request, "labels"))

    @repeatable
    def create(self, request: Request) -> Response:
        body = self._body(request, beside=self.beside)
        record = self.new_record(request, body)
        put_on(record, body, by=request.user, replace=False)
        self.give_number(record)
        response = self.show(save(record, body, by=request.user), status=201)
        response["Location"] = reverse(f"{self.basename}-detail", args=[record.public_id])
        return response

    def update(self, request: Request, id: UUID) -> Response:
        return self._change(request, replace=True)

    def partial_update(self, request: Request, id: UUID) -> Response:
        return self._change(request, replace=False)

    @action(detail=True, methods=["post"])
    @repeatable
    def verify(self, request: Request, id: UUID) -> Response:
        """Source data verification: the record, or the items that are named, agree with the source documents."""
        record = self.get_object()
        if record.version != version_of(request):
            raise StaleVersion(record)
        verify_record(record, by=request.user, fields=items_of(request, self.model))
        return self.show(record)

    @action(detail=True, methods=["post"])
    def sign(self, request: Request, id: UUID) -> Response:
        """Never by a token: whoever signs gives the password, on the pages."""
        self.get_object()
        require(request.user, Permission.SIGN)
        raise AssertionError("a token has no right to sign")

    def new_record(self, request: Request, body: Body) -> Any:
        patient = self._patient(request.data.get("patient"), body)
        return self.model(patient=patient, centre=patient.centre)

    def give_number(self, record: Any) -> None:
        """A form that a patient has once has none, and there is one."""
        refuse_second(record)

    def show(self, record: Any, *, labels: bool = False, status: int = 200) -> Response:
        content = as_json(record, Facts.of([record]), labels=labels)
        return Response(content, status, headers={"ETag": etag(record)})

    def _change(self, request: Request, *, replace: bool) -> Response:
        record, version = self.get_object(), version_of(request)
        body, attempt = self._body(request), copy(record)
        put_on(attempt, body, by=request.user, replace=replace)
        refuse_stale(record, version, attempt=attempt, body=body)
        return self.show(save(attempt, body, by=request.user, expected_version=version))

    def _body(self, request: Request, *, beside: tuple[str, ...] = ()) -> Body:
        body = read_body(request.data, beside=beside)
        body.reason = reason_of(request, body.reason)
        return body

    def _patient(self, public_id: Any, body: Body) -> Patient:
        """Of a patient who is another centre's it is said that there is none."""
        patients = Patient.objects.visible_to(self.request.user).select_related("centre")
        found = patients.filter(public_id=public_id).first() if _is_uuid(public_id) else None
        if found is None:
            message = "There is no such patient. The list of patients gives the `id` of each."
            raise Problem(422, "Nothing was saved.", [*body.faults, Fault("patient", UNREADABLE, message)])
        return found


class RepeatDoor(RecordDoor):
    """A form that a patient has several times: a new one takes the next number, and one may be taken back."""

    def new_record(self, request: Request, body: Body) -> Any:
        record = super().new_record(request, body)
        number = request.data.get("instance_no")
        if number is not None and "instance_no" in self.beside:
            if type(number) is not int:
                body.faults.append(Fault("instance_no", UNREADABLE, "instance_no is a whole number."))
            else:
                record.instance_no = number
        return record

    def give_number(self, record: Any) -> None:
        field = self.model.number_field
        if getattr(record, field) is None:
            taken = self.model.objects.filter(patient=record.patient).values_list(field, flat=True)
            setattr(record, field, next_number(self.model, list(taken)))

    def destroy(self, request: Request, id: UUID) -> Response:
        """Take back what should not exist, such as a cycle entered by accident. The history keeps what it held."""
        delete_record(
            self.get_object(),
            by=request.user,
            expected_version=version_of(request),
            reason=reason_of(request, read(request, reason=str)["reason"]),
        )
        return Response(status=204)


def _is_uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False
