"""Exports as jobs: asked for, made by a worker, fetched while the file is kept."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django_filters import rest_framework as filters
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from registry.access.roles import Permission
from registry.actions.export_files import FileGone, exports_visible_to, hand_over
from registry.actions.exports import Wish, request_export
from registry.api.description import operations_of_exports
from registry.api.doors import Door
from registry.api.files import file
from registry.api.filters import ORDER
from registry.api.members import one_of, read, refuse_any
from registry.api.problems import Problem
from registry.api.repeatable import repeatable
from registry.models import Centre, Export, Snapshot


class ExportFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=Export.State.choices, label="How far it has come.")
    order = filters.OrderingFilter(fields=[("created_at", "asked_at")], label=ORDER)


@operations_of_exports.EXPORTS
class ExportDoor(Door):
    """What was exported, by whom, and new exports."""

    needs = (Permission.EXPORT_PATIENTS, Permission.EXPORT_DEIDENTIFIED)
    filterset_class = ExportFilter

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):  # while it is described nobody asks
            return Export.objects.none()
        return exports_visible_to(self.request.user).select_related("requested_by")

    def list(self, request: Request) -> Response:
        exports = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([_as_json(export) for export in exports])

    def retrieve(self, request: Request, id: UUID) -> Response:
        return Response(_as_json(self.get_object()))

    @repeatable
    def create(self, request: Request) -> Response:
        export = request_export(_wish(request), by=request.user)
        address = reverse(f"{self.basename}-detail", args=[export.public_id])
        return Response(_as_json(export), 202, headers={"Location": address})

    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def file(self, request: Request, id: UUID) -> HttpResponse:
        """The zip file with its manifest. Each download is logged."""
        export = self.get_object()
        if export.state != Export.State.DONE:
            raise Problem(409, export.problem or "The file is not made yet: ask again in a moment.")
        try:
            return file(hand_over(export, by=request.user), "application/zip", export.file_name)
        except FileGone as error:
            raise Problem(410, str(error)) from error


def _wish(request: Request) -> Wish:
    sent = read(request, format=str, level=str, data_state=str, forms=list, centres=list, with_audit=bool)
    centres = [number for number in sent["centres"] if type(number) is int]
    numbers = Centre.objects.filter(pk__in=[each for each in centres if 0 < each < 100]).values_list("pk", flat=True)
    state = sent["data_state"] or Snapshot.DataState.ALL
    refuse_any(
        one_of("format", sent["format"], Export.Format.values),
        one_of("level", sent["level"], Export.Level.values),
        one_of("data_state", state, Snapshot.DataState.values),
        *(one_of("centres", number, list(numbers)) for number in sent["centres"]),
        *(one_of("forms", form, operations_of_exports.FORMS) for form in sent["forms"]),
    )
    return Wish(sent["format"], sent["level"], state, sent["forms"], centres, sent["with_audit"])


def _as_json(export: Export) -> dict[str, Any]:
    return {
        "id": str(export.public_id),
        "format": export.format,
        "level": export.level,
        "data_state": export.data_state,
        "forms": export.forms,
        "centres": export.centres,
        "with_audit": export.with_audit,
        "state": export.state,
        "step": export.step,
        "problem": export.problem or None,
        "asked_by": export.requested_by.name,
        "asked_at": export.created_at.isoformat(),
        "rows": export.rows,
        "size": export.size,
        "sha256": export.sha256 or None,
        "kept_until": export.expires_at.isoformat() if export.expires_at else None,
    }
