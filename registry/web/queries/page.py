"""One query: the conversation, and the step that this reader may take next."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.queries import answer_query, close_query, reopen_query
from registry.checks.records import PatientRecords
from registry.crf import words
from registry.models import FORMS_BY_NAME, Query
from registry.models.patient_records import load_patient_records
from registry.web.merging import opened_version
from registry.web.places import address_of_place, label_of_item, records_at, title_of_form
from registry.web.queries.list_page import EFFECTS


def query_page(request: HttpRequest, query_id: Any) -> HttpResponse:
    query = find_query(request.user, query_id)
    problem = ""
    if request.method == "POST":
        try:
            _carry_out(request, query)
        except ActionRefused as error:
            problem = str(error)
        else:
            return redirect("query", query.public_id)
        query = find_query(request.user, query_id)
    context = _context(request, query, problem)
    return render(request, "registry/queries/page.html", context, status=422 if problem else 200)


def item(request: HttpRequest, query_id: Any) -> HttpResponse:
    """Leads to the very field that the query is about."""
    query = find_query(request.user, query_id)
    return redirect(_places(query)[0]["url"])


def find_query(user: Any, query_id: Any) -> Query:
    return get_object_or_404(
        Query.objects.visible_to(user).select_related("patient__centre", "other_patient__centre"), public_id=query_id
    )


def _carry_out(request: HttpRequest, query: Query) -> None:
    """The version that the page showed goes with the step, so that nobody answers a query that has moved."""
    posted, query.version = request.POST, opened_version(request.POST)
    text = posted.get("text", "")
    match posted.get("step"):
        case "answer":
            answer_query(query=query, answer=posted.get("answer", ""), text=text, by=request.user)
            messages.success(request, _("The answer was sent to the coordinating centre."))
        case "close":
            close_query(query=query, text=text, by=request.user)
            messages.success(request, _("The query is closed."))
        case "reopen":
            reopen_query(query=query, text=text, by=request.user)
            messages.success(request, _("The query is open again."))


def _context(request: HttpRequest, query: Query, problem: str) -> dict[str, Any]:
    may_raise = may(request.user, Permission.RAISE_QUERY)
    return {
        "query": query,
        "places": _places(query),
        "steps": query.messages.select_related("by"),
        "effect": EFFECTS[query.impact],
        "answers": Query.Answer.choices,
        "may_answer": query.is_open and may(request.user, Permission.ANSWER_QUERY, centre=query.centre_id),
        "may_close": may_raise and query.state != Query.State.CLOSED,
        "may_reopen": may_raise and not query.is_open,
        "next": _next(request.user, query),
        "problem": problem,
        "posted": request.POST,
    }


def _places(query: Query) -> list[dict[str, Any]]:
    """Every item concerned: its name, what stands there now, and where."""
    records = load_patient_records(query.patient)
    for record in records.forms:
        record.patient = query.patient  # already read
    found = []
    for form, number, field in query.places or [[query.form_name, query.instance_no, query.field_name]]:
        found.append(
            {
                "form": title_of_form(form, number),
                "item": label_of_item(form, field),
                "answers": _answers(records, form, number, field) if field else [],
                "url": address_of_place(records, form, number, field) if form != "centre" else "",
            }
        )
    return found


def _answers(records: PatientRecords, form: str, number: int | None, field: str) -> list[str]:
    """What stands in the field now, in words."""
    item = FORMS_BY_NAME[form]._meta.get_field(field)
    return [words.answer_in_words(item, record) for record in records_at(records, form, number)]


def _next(user: Any, query: Query) -> Query | None:
    """The next of one's work."""
    queries = Query.objects.visible_to(user)
    waiting = queries.for_coordination() if may(user, Permission.RAISE_QUERY) else queries.open()
    return waiting.exclude(pk=query.pk).order_by("impact", "raised_at", "pk").first()
