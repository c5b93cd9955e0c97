"""Addresses of the pages about files that a centre brings in."""

from django.urls import path

from registry.web.importing import batch_page, files, list_page

urlpatterns = [
    path("", list_page.imports, name="imports"),
    path("workbook.xlsx", files.empty_workbook, name="import workbook"),
    path("workbook-filled.xlsx", files.filled_workbook, name="import workbook filled"),
    path("<uuid:batch_id>/", batch_page.import_page, name="import"),
    path("<uuid:batch_id>/progress/", batch_page.progress, name="import progress"),
    path("<uuid:batch_id>/marked.xlsx", files.marked, name="import marked"),
]
