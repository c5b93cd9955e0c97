"""The programming interface described, for people who write programs; and the OpenAPI description as a file."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from registry.api.description.hooks import REFUSALS
from registry.web.interface import description


def interface_page(request: HttpRequest) -> HttpResponse:
    context = {
        "resources": description.resources().values(),
        "refusals": [(status, HTTPStatus(status).phrase, text) for status, text in REFUSALS.items()],
        "refusal": description.refusal_example(),
        "address": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "registry/interface/interface.html", context)


def resource_page(request: HttpRequest, slug: str) -> HttpResponse:
    resource = description.resources().get(slug)
    if resource is None:
        raise Http404
    context = {"resource": resource, "resources": description.resources().values()}
    return render(request, "registry/interface/resource.html", context)


def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(description.openapi(), headers={"Content-Disposition": 'attachment; filename="openapi.json"'})
