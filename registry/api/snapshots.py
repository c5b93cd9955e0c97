"""The snapshots: what was frozen when, and a new one. Their rows are read by the analyses only."""

from typing import Any
from uuid import UUID

from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.take_snapshot import take_snapshot
from registry.api.description import operations
from registry.api.doors import Door
from registry.api.filters import ORDER
from registry.api.members import one_of, read, refuse_any
from registry.api.repeatable import repeatable
from registry.models import Snapshot


class SnapshotFilter(filters.FilterSet):
    data_state = filters.ChoiceFilter(choices=Snapshot.DataState.choices, label="Which patients it holds.")
    order = filters.OrderingFilter(fields=[("taken_at", "taken_at")], label=ORDER)


@operations.SNAPSHOTS
class SnapshotDoor(Door):
    needs = (Permission.VIEW_REPORTS,)
    filterset_class = SnapshotFilter

    def get_queryset(self) -> Any:
        return Snapshot.objects.filter(is_live=False).select_related("taken_by")

    def list(self, request: Request) -> Response:
        snapshots = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([_as_json(snapshot) for snapshot in snapshots])

    def retrieve(self, request: Request, id: UUID) -> Response:
        return Response(_as_json(self.get_object()))

    @repeatable
    def create(self, request: Request) -> Response:
        """Freeze all rows as they are now."""
        require(request.user, Permission.TAKE_SNAPSHOT)
        wanted = read(request, data_state=str)["data_state"] or Snapshot.DataState.COMPLETE
        refuse_any(one_of("data_state", wanted, Snapshot.DataState.values))
        return Response(_as_json(take_snapshot(by=request.user, data_state=wanted)), 201)


def _as_json(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "id": str(snapshot.public_id),
        "taken_at": snapshot.taken_at.isoformat(),
        "taken_by": snapshot.taken_by.name,
        "data_cut_off": str(snapshot.data_cut_off) if snapshot.data_cut_off else None,
        "data_state": snapshot.data_state,
        "n_patients": snapshot.n_patients,
        "dictionary_version": snapshot.dictionary_version,
        "sha256": snapshot.sha256,
    }
