"""Signing: the centre investigator reads what the signature means and gives the password again."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.states import sign_records
from registry.crf.titles import title_of
from registry.models import Signature
from registry.web.addresses import patient_address, record_address
from registry.web.chosen import chosen_records, token_of


def sign_page(request: HttpRequest) -> HttpResponse:
    """The records as the page showed them: a token ends with the version that was seen."""
    require(request.user, Permission.SIGN)
    given = request.POST or request.GET
    versions = dict(each.partition("@")[::2] for each in given.getlist("about"))
    records = [record for record in chosen_records(request.user, list(versions)) if record.is_started]
    problem = ""
    if request.method == "POST":
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            return ratelimit.respond_429(request)
        try:
            return _sign(request, records, versions)
        except ActionRefused as error:
            problem = str(error)
    context = {
        "records": [(record, title_of(record), f"{token_of(record)}@{record.version}") for record in records],
        "meaning": Signature.Meaning.APPROVED.label,
        "problem": problem,
    }
    return render(request, "registry/facts/sign.html", context, status=422 if problem else 200)


def _sign(request: HttpRequest, records: list[Any], versions: dict[str, str]) -> HttpResponse:
    for record in records:
        seen = versions[token_of(record)]
        record.version = int(seen) if seen.isdecimal() else 0
    signed = sign_records(records, by=request.user, password=request.POST.get("password", ""))
    text = ngettext("%(count)d record was signed.", "%(count)d records were signed.", len(signed))
    messages.success(request, text % {"count": len(signed)})
    return redirect(record_address(records[0]) if len(records) == 1 else patient_address(records[0]))
