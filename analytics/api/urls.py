"""Addresses of reports and runs, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from analytics.api.reports import ReportDoor, RunDoor

router = SimpleRouter(use_regex_path=False)
router.register("reports", ReportDoor, basename="api-report")
router.register("runs", RunDoor, basename="api-run")

urlpatterns = router.urls
