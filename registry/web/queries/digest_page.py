"""Where somebody at a centre asks for the morning mail, or stops it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.digest import choose_digest


def digest_page(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.ANSWER_QUERY)
    if request.method != "POST":
        return render(request, "registry/queries/digest.html")
    choose_digest(wanted=request.POST.get("wanted") == "1", by=request.user)
    messages.success(request, _("Your choice was saved."))
    return redirect("digest")
