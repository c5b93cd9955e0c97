"""How the numbers are made, and how far they are from R's."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from analytics.reports import methods
from registry.access.permissions import may
from registry.access.roles import Permission


def methods_page(request: HttpRequest) -> HttpResponse:
    if not may(request.user, Permission.VIEW_REPORTS):
        raise Http404
    return render(request, "analytics/methods.html", {"document": methods.build()})
