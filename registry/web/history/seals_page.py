"""The newest seal of the audit trail, and how anybody can verify it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from registry.access.permissions import may, require
from registry.access.roles import Permission
from registry.audit import seals


def seals_page(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.VERIFY_AUDIT)
    head, waiting = seals.head(), seals.unsealed()
    context = {
        "head": head,
        "waiting": waiting,
        "is_late": seals.is_late(head, waiting, now=timezone.now()),
        "back": reverse("history" if may(request.user, Permission.REVIEW_HISTORY) else "reports"),
    }
    return render(request, "registry/seals.html", context)
