"""The first page after log-in: where each role's work begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from registry.web.navigation import entries


def home(request: HttpRequest) -> HttpResponse:
    return redirect(entries(request.user)[0].url)
