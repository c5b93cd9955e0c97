"""Keeping what is typed: asked by the script of the form page a moment after each change."""

from copy import copy
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import drafts
from registry.actions.errors import RETRY_AFTER_SECONDS, HeldByImport
from registry.web.addresses import page_address
from registry.web.kept_input import content_of, differing
from registry.web.merging import opened_version
from registry.web.panels import panels
from registry.web.readings import readings, records_with
from registry.web.record_form import RecordForm
from registry.web.records import keep_number


def keep(request: HttpRequest, record: Any) -> HttpResponse:
    """Store the input and answer with what the registry reads of it; `discard` gives it up."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        return _keep(request, record)
    except HeldByImport as error:  # the script has it on this computer, and sends it again
        return HttpResponse(str(error), status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def _keep(request: HttpRequest, record: Any) -> HttpResponse:
    if "discard" in request.POST:
        drafts.discard(record, by=request.user)
        return redirect(page_address(record))
    form = RecordForm(record, user=request.user, posted=request.POST)
    if not form.fields:
        raise PermissionDenied(_("This form is closed for you; nothing can be kept for it."))
    content = content_of(form, request.POST)
    has_changes = bool(differing(content, record))
    if has_changes:
        drafts.keep(record, by=request.user, base_version=opened_version(request.POST), content=content)
    else:
        drafts.discard(record, by=request.user)
    attempt = copy(record)
    keep_number(attempt, request.POST)
    form.apply_to(attempt)
    records = records_with(attempt)
    context = {
        "kept_at": timezone.now() if has_changes else None,
        "readings": readings(form, records).values(),
        "panels": panels(attempt, records).values(),
    }
    return render(request, "registry/kept.html", context)
