"""Published reports and their files; and the runs that make them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django_filters import rest_framework as filters
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.actions import request_run
from analytics.api import description
from analytics.models import Kind, Report, Run
from analytics.rights import readable_reports
from registry.access.permissions import require
from registry.access.roles import Permission
from registry.api.doors import Door
from registry.api.files import file
from registry.api.filters import ORDER
from registry.api.members import one_of, read, refuse_any
from registry.api.repeatable import repeatable
from registry.models import Centre, Snapshot


class ReportFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=Kind.choices, label="What it is about.")
    order = filters.OrderingFilter(fields=[("published_at", "published_at")], label=ORDER)


class RunFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=Run.State.choices, label="How far it has come.")
    order = filters.OrderingFilter(fields=[("created_at", "asked_at")], label=ORDER)


@description.REPORTS
class ReportDoor(Door):
    """The reports that the user may read."""

    needs = (Permission.VIEW_REPORTS, Permission.VIEW_CENTRE_REPORT)
    filterset_class = ReportFilter

    def get_queryset(self) -> Any:
        return readable_reports(self.request.user).select_related("snapshot").defer("document").order_by("-pk")

    def list(self, request: Request) -> Response:
        reports = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([_report(report) for report in reports])

    def retrieve(self, request: Request, id: UUID) -> Response:
        report = self.get_object()
        files = report.files.values("name", "media_type", "sha256")
        return Response(_report(report) | {"files": list(files)})

    @action(detail=True, methods=["get"], url_path="files/<str:name>", pagination_class=None, filter_backends=[])
    def file(self, request: Request, id: UUID, name: str) -> HttpResponse:
        """A file of the report by its name, such as results.json."""
        found = get_object_or_404(self.get_object().files, name=name)
        return file(bytes(found.content), found.media_type, found.name)


@description.RUNS
class RunDoor(Door):
    """The queue of reports."""

    needs = (Permission.VIEW_RUNS,)
    filterset_class = RunFilter

    def get_queryset(self) -> Any:
        return Run.objects.select_related("requested_by", "report").order_by("-pk")

    def list(self, request: Request) -> Response:
        runs = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([_run(run) for run in runs])

    def retrieve(self, request: Request, id: UUID) -> Response:
        return Response(_run(self.get_object()))

    @repeatable
    def create(self, request: Request) -> Response:
        require(request.user, Permission.TAKE_SNAPSHOT)
        sent = read(request, kind=str, centre=int, data_state=str)
        kind, state = sent["kind"] or Kind.FULL_ANALYSIS, sent["data_state"] or Snapshot.DataState.COMPLETE
        centres = list(Centre.objects.values_list("pk", flat=True))
        refuse_any(
            one_of("kind", kind, [Kind.CENTRE_REPORT] if sent["centre"] else Kind.values),
            one_of("data_state", state, Snapshot.DataState.values),
            one_of("centre", sent["centre"], centres) if kind == Kind.CENTRE_REPORT else [],
        )
        run = request_run(by=request.user, kind=kind, centre=sent["centre"] or None, data_state=state)
        address = reverse(f"{self.basename}-detail", args=[run.public_id])
        return Response(_run(run), 202, headers={"Location": address})


def _report(report: Report) -> dict[str, Any]:
    return {
        "id": str(report.public_id),
        "kind": report.kind,
        "centre": report.centre_id,
        "snapshot": str(report.snapshot.public_id),
        "data_state": report.data_state,
        "data_cut_off": str(report.data_cut_off) if report.data_cut_off else None,
        "code_version": report.code_version,
        "published_at": report.published_at.isoformat(),
        "is_partial": bool(report.problems),
        "sha256": report.sha256,
    }


def _run(run: Run) -> dict[str, Any]:
    report = getattr(run, "report", None)
    return {
        "id": str(run.public_id),
        "kind": run.kind,
        "centre": run.centre_id,
        "data_state": run.data_state,
        "state": run.state,
        "step": run.step,
        "problem": run.problem or None,
        "asked_by": run.requested_by.name,
        "asked_at": run.created_at.isoformat(),
        "report": str(report.public_id) if report else None,
    }
