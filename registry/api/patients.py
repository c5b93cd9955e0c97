"""The patients: numbered by the registry, locked and unlocked, with the states of all their forms."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.states import lock_patient, unlock_patient
from registry.api.description import operations
from registry.api.filters import PatientFilter
from registry.api.members import read, reason_of
from registry.api.reading import Body
from registry.api.records import RecordDoor
from registry.api.repeatable import repeatable
from registry.models import Patient
from registry.models.form_kinds import rows_of_kind
from registry.models.form_rows import FormRow


@operations.of_records(Patient)
class PatientDoor(RecordDoor):
    model = Patient
    filterset_class = PatientFilter
    beside = ()

    def get_queryset(self) -> Any:
        return Patient.objects.visible_to(self.request.user).select_related("centre")

    def new_record(self, request: Request, body: Body) -> Patient:
        """Of the centre of the user; nobody else enters patients."""
        require(request.user, Permission.ENTER_DATA)
        return Patient(centre=request.user.centre)

    def give_number(self, record: Any) -> None:
        """The action does, of the numbers of the centre."""

    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def states(self, request: Request, id: UUID) -> Response:
        """Every form that the patient has or owes, with its state and the day by which it is owed."""
        patients = self.get_queryset().filter(pk=self.get_object().pk)
        rows = [FormRow(*row) for row in rows_of_kind(patients, timezone.localdate())]
        return Response([_state(row) for row in rows])

    @action(detail=True, methods=["post"])
    @repeatable
    def lock(self, request: Request, id: UUID) -> Response:
        """Lock every record of the patient."""
        patient = self.get_object()
        lock_patient(patient, by=request.user, reason=reason_of(request, read(request, reason=str)["reason"]))
        return self.show(self.get_object())

    @action(detail=True, methods=["post"])
    @repeatable
    def unlock(self, request: Request, id: UUID) -> Response:
        """Unlock every record of the patient."""
        patient = self.get_object()
        unlock_patient(patient, by=request.user, reason=reason_of(request, read(request, reason=str)["reason"]))
        return self.show(self.get_object())


def _state(row: FormRow) -> dict[str, Any]:
    return {
        "form": row.form,
        "instance_no": row.number,
        "record": str(row.record_id) if row.record_id else None,
        "state": row.state,
        "owed_by": str(row.deadline) if row.deadline else None,
    }
