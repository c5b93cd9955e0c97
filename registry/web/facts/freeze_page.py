"""The freeze: for the days of an analysis no record changes anywhere."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.states import freeze_registry, lift_freeze
from registry.models import RegistrySettings


def freeze_page(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.FREEZE)
    problem = ""
    if request.method == "POST":
        try:
            _carry_out(request)
        except ActionRefused as error:
            problem = str(error)
        else:
            return redirect("freeze")
    context = {
        "settings": RegistrySettings.objects.select_related("frozen_by").filter(pk=1).first(),
        "problem": problem,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "registry/facts/freeze.html", context, status=422 if problem else 200)


def _carry_out(request: HttpRequest) -> None:
    reason = request.POST.get("reason", "")
    if request.POST.get("step") == "freeze":
        freeze_registry(by=request.user, reason=reason)
        messages.success(request, _("The registry is frozen: no record can be changed."))
    else:
        lift_freeze(by=request.user, reason=reason)
        messages.success(request, _("The freeze is lifted."))
