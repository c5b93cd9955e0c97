"""Addresses of the programming interface, under /api/v1/."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from registry.api.exports import ExportDoor
from registry.api.forms import DOORS
from registry.api.patients import PatientDoor
from registry.api.queries import QueryDoor
from registry.api.snapshots import SnapshotDoor
from registry.api.token import TokenDoor
from registry.api.unknown import UnknownDoor

router = SimpleRouter(use_regex_path=False)
router.register("patients", PatientDoor, basename="api-patient")
for door in DOORS:
    router.register(f"forms/{door.model.form}", door, basename=f"api-{door.model.form}")
router.register("queries", QueryDoor, basename="api-query")
router.register("exports", ExportDoor, basename="api-export")
router.register("snapshots", SnapshotDoor, basename="api-snapshot")

urlpatterns = [
    path("token/", TokenDoor.as_view({"get": "retrieve"}), name="api-token"),
    *router.urls,
    re_path("", UnknownDoor.as_view(dict.fromkeys(UnknownDoor.http_method_names, "refuse")), name="api-unknown"),
]
