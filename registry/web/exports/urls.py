from django.urls import path

from registry.web.exports import export_page, page

urlpatterns = [
    path("", page.exports_page, name="exports"),
    path("counts/", page.counts, name="export counts"),
    path("<uuid:export_id>/", export_page.export_page, name="export"),
    path("<uuid:export_id>/progress/", export_page.progress, name="export progress"),
    path("<uuid:export_id>/file/", export_page.download, name="export file"),
]
