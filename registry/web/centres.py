"""Centres: a form like the others, kept by the administrator."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.models import Centre
from registry.web.record_form import RecordForm
from registry.web.record_page import record_page
from registry.web.record_showing import show


def centre_list(request: HttpRequest) -> HttpResponse:
    _require_view(request)
    context = {"centres": Centre.objects.all(), "may_manage": may(request.user, Permission.MANAGE_USERS)}
    return render(request, "registry/centres.html", context)


def centre_page(request: HttpRequest, number: int) -> HttpResponse:
    _require_view(request)
    return record_page(request, get_object_or_404(Centre, pk=number))


def new_centre(request: HttpRequest) -> HttpResponse:
    if not may(request.user, Permission.MANAGE_USERS):
        raise Http404
    number = request.POST.get("centre_no", "").strip()
    if not (number.isdecimal() and Centre.objects.filter(pk=number).exists()):
        return record_page(request, Centre())
    form = RecordForm(Centre(), user=request.user, posted=request.POST)
    form.add_errors(ValidationError({"centre_no": _("There is already a centre %(number)s.") % {"number": number}}))
    return show(request, Centre(), form, posted=request.POST)


def _require_view(request: HttpRequest) -> None:
    if not any(may(request.user, right) for right in (Permission.MANAGE_USERS, Permission.APPROVE_USERS)):
        raise Http404
