"""Addresses of the histories, each as a page and as a file."""

from typing import Any

from django.urls import URLPattern, path

from registry.web.history import pages
from registry.web.history.seals_page import seals_page


def _page_and_file(route: str, view: Any, name: str) -> list[URLPattern]:
    return [
        path(f"{route}history/", view, name=name),
        path(f"{route}history/changes.csv", view, {"as_csv": True}, name=f"{name} csv"),
    ]


urlpatterns = [
    path("history/seals/", seals_page, name="seals"),
    *_page_and_file("", pages.of_registry, "history"),
    *_page_and_file("patients/<uuid:patient_id>/", pages.of_patient, "patient history"),
    *_page_and_file("patients/<uuid:patient_id>/<slug:form>/", pages.of_record, "record history"),
    *_page_and_file("patients/<uuid:patient_id>/<slug:form>/<uuid:instance_id>/", pages.of_repeat, "repeat history"),
]
