"""Taking back a repeat that was added by accident, with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.delete_record import delete_record
from registry.actions.errors import ActionRefused
from registry.crf.titles import title_of
from registry.web.addresses import patient_address, record_address
from registry.web.merging import given_reason, opened_version
from registry.web.records import find_repeat


def delete_repeat(request: HttpRequest, patient_id: Any, form: str, instance_id: Any) -> HttpResponse:
    record = find_repeat(request.user, patient_id, form, instance_id)
    require(request.user, Permission.ENTER_DATA, centre=record.centre_id)
    problem, reason = "", given_reason(request.POST)
    if request.method == "POST":
        try:
            delete_record(record, by=request.user, expected_version=opened_version(request.POST), reason=reason)
        except ActionRefused as error:
            problem = str(error)
        else:
            text = _("%(record)s was deleted. The history keeps what it held.")
            messages.success(request, text % {"record": title_of(record)})
            return redirect(patient_address(record))
    context = {
        "record": record,
        "title": title_of(record),
        "patient": record.patient,
        "reason": reason,
        "problem": problem,
        "back": record_address(record),
    }
    return render(request, "registry/delete.html", context, status=422 if problem else 200)
