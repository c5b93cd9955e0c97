"""Who changed what, when and why: of a record, of a patient, of the whole registry; newest first."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.access.permissions import may, require
from registry.access.roles import Permission
from registry.crf.titles import title_of
from registry.models import ALL_FORMS, PATIENT_FORMS, AuditEntry, Patient, User
from registry.models.audit_entry import AuditQuerySet
from registry.web.addresses import patient_address, patient_of, record_address
from registry.web.downloads import csv_file
from registry.web.history.changes_csv import changes_csv
from registry.web.history.filters import Filter, RegistryFilter
from registry.web.history.words import Change, Names, changes_of, role_in_words
from registry.web.records import find_once, find_patient, find_repeat

ENTRIES_PER_PAGE = 50
MOST_ENTRIES_OF_A_FILE = 10_000


@dataclass(frozen=True)
class History:
    """The entries of one thing, as chosen by the filter."""

    title: str
    back: str
    file_name: str
    filter: Filter
    entries: AuditQuerySet
    of_all_patients: bool = False


@dataclass(frozen=True)
class Row:
    """One entry as the page shows it."""

    entry: AuditEntry
    patient: Patient | None
    title: str
    role: str
    changes: list[Change]


def of_patient(request: HttpRequest, patient_id: Any, *, as_csv: bool = False) -> HttpResponse:
    patient = find_patient(request.user, patient_id)
    entries = AuditEntry.objects.filter(patient_id=patient.pk)
    history = History(
        title=_("History of %(patient)s") % {"patient": patient},
        back=patient_address(patient),
        file_name=f"history-{patient}.csv",
        filter=Filter(request.GET, models=(Patient, *PATIENT_FORMS), people=_people_of(entries)),
        entries=entries,
    )
    return _answer(request, history, as_csv=as_csv)


def of_record(request: HttpRequest, patient_id: Any, form: str, *, as_csv: bool = False) -> HttpResponse:
    record = find_once(request.user, patient_id, form)
    if not record.is_started:
        raise Http404(_("This form has not been started."))
    return _of(request, record, as_csv=as_csv)


def of_repeat(
    request: HttpRequest, patient_id: Any, form: str, instance_id: Any, *, as_csv: bool = False
) -> HttpResponse:
    return _of(request, find_repeat(request.user, patient_id, form, instance_id), as_csv=as_csv)


def of_registry(request: HttpRequest, *, as_csv: bool = False) -> HttpResponse:
    """For those who review the trail of all centres."""
    require(request.user, Permission.REVIEW_HISTORY)
    people = [(str(key), name) for key, name in User.objects.values_list("pk", "username")]
    history = History(
        title=_("History of the registry"),
        back=reverse("patients"),
        file_name="history.csv",
        filter=RegistryFilter(request.GET, models=ALL_FORMS, people=people),
        entries=AuditEntry.objects.all(),
        of_all_patients=True,
    )
    return _answer(request, history, as_csv=as_csv)


def _of(request: HttpRequest, record: Any, *, as_csv: bool) -> HttpResponse:
    patient, model = patient_of(record), type(record)
    entries = AuditEntry.objects.of_form(model).filter(row=str(record.pk))
    number = f"-{getattr(record, model.number_field)}" if record.repeats else ""
    history = History(
        title=_("History of %(patient)s, %(form)s") % {"patient": patient, "form": title_of(record)},
        back=record_address(record),
        file_name=f"history-{patient}-{record.form}{number}.csv",
        filter=Filter(request.GET, models=(model,), people=_people_of(entries)),
        entries=entries,
    )
    return _answer(request, history, as_csv=as_csv)


def _people_of(entries: AuditQuerySet) -> list[tuple[str, str]]:
    return sorted(entries.order_by().values_list("user_id", "user_name").distinct(), key=lambda person: person[1])


def _answer(request: HttpRequest, history: History, *, as_csv: bool) -> HttpResponse:
    chosen = history.filter.apply(history.entries).newest_first()
    return _file(request, history, chosen) if as_csv else _page(request, history, chosen)


def _file(request: HttpRequest, history: History, chosen: AuditQuerySet) -> HttpResponse:
    entries = list(chosen[: MOST_ENTRIES_OF_A_FILE + 1])
    if len(entries) > MOST_ENTRIES_OF_A_FILE:
        text = _("A file holds at most %(most)s changes. Choose a shorter time or fewer forms.")
        messages.warning(request, text % {"most": MOST_ENTRIES_OF_A_FILE})
        return redirect(f"{request.path.removesuffix('changes.csv')}?{request.GET.urlencode()}")
    return csv_file(changes_csv(entries, only=history.filter.only), history.file_name)


def _page(request: HttpRequest, history: History, chosen: AuditQuerySet) -> HttpResponse:
    """One page; the next begins after the last entry of this one, so that no count over the whole trail is needed."""
    before = request.GET.get("before", "")
    if before.isdecimal() and before.isascii() and len(before) < 19:
        chosen = chosen.before(int(before))
    found = list(chosen[: ENTRIES_PER_PAGE + 1])
    shown, names = found[:ENTRIES_PER_PAGE], Names(found[:ENTRIES_PER_PAGE])
    only = history.filter.only
    context = {
        "history": history,
        "chips": history.filter.chips(),
        "rows": [
            Row(entry, names.patient(entry), names.title(entry), role_in_words(entry.role), changes_of(entry, only))
            for entry in shown
        ],
        "is_first": not before,
        "may_verify": history.of_all_patients and may(request.user, Permission.VERIFY_AUDIT),
        "older": shown[-1].pk if len(found) > len(shown) else None,
    }
    return render(request, "registry/history.html", context)
