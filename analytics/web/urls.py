"""Addresses of the report pages."""

from django.urls import include, path

from analytics.web import changes_page, methods_page, report_list, report_page, report_request, runs_page
from analytics.web.outcomes import page as outcomes_page
from analytics.web.outcomes import patients_page

urlpatterns = [
    path("outcomes/", outcomes_page.outcomes, name="outcomes"),
    path("outcomes/status/", outcomes_page.status, name="outcomes status"),
    path("outcomes/recompute/", outcomes_page.recompute, name="recompute outcomes"),
    path("outcomes/patients/", patients_page.outcome_patients, name="outcome patients"),
    path("reports/", report_list.report_list, name="reports"),
    path("reports/methods/", methods_page.methods_page, name="methods"),
    path("reports/runs/", runs_page.runs_page, name="runs"),
    path("reports/runs/<uuid:run_id>/retry/", runs_page.retry, name="retry run"),
    path("reports/schedules/", include("analytics.web.schedules.urls")),
    path("reports/changes/", changes_page.changes, name="changes"),
    path("reports/changes/compare/", changes_page.compare, name="compare"),
    path("reports/changes/<uuid:earlier>/<uuid:later>/", changes_page.comparison, name="comparison"),
    path("reports/recompute/", report_request.recompute, name="recompute"),
    path("reports/<uuid:report_id>/", report_page.report_page, name="report"),
    path("reports/<uuid:report_id>/paper/", report_page.paper_recomputed, name="paper recomputed"),
    path(
        "reports/<uuid:report_id>/figures/<slug:entry>.<slug:suffix>", report_page.report_figure, name="report figure"
    ),
    path("reports/<uuid:report_id>/files/<str:name>/", report_page.report_file, name="report file"),
]
