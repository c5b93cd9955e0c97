"""Addresses of the pages."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

handler500 = "registry.web.errors.server_error"


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the web server and its database work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("health/", health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("analytics.api.urls")),
    path("api/v1/", include("registry.api.urls")),  # the last: it answers what there is not
    path("", include("registry.web.urls")),
    path("", include("analytics.web.urls")),
]
