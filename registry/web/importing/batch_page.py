"""One import, from the file to its end: progress, columns, preview, result; and the steps that can be taken."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.actions.errors import ActionRefused
from registry.actions.importing import batches
from registry.models import ImportBatch
from registry.transfer.importing.values import whole_number
from registry.web.importing.forms import NotationForm
from registry.web.importing.found import batch_or_404
from registry.web.importing.matching import columns_of, matched
from registry.web.importing.preview import preview_of
from registry.web.importing.wording import explained, words_of

State = ImportBatch.State


def import_page(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    batch = batch_or_404(request, batch_id)
    problem = ""
    if request.method == "POST":
        try:
            if step := _STEPS.get(request.POST.get("step", "")):
                step(request, batch)
        except ActionRefused as error:
            problem = str(error)
        else:
            return redirect(request.get_full_path())
    context = _context(request, batch) | {"problem": problem, "reason": request.POST.get("reason", "")}
    return render(request, "registry/importing/batch.html", context, status=422 if problem else 200)


def progress(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """How far the work is, asked for every second; when it has ended the page is to be loaded again."""
    batch = batch_or_404(request, batch_id)
    response = render(request, "registry/importing/progress.html", {"batch": batch})
    if not batch.is_waiting:
        response["HX-Refresh"] = "true"
    return response


def _context(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    context: dict[str, Any] = {"batch": batch}
    if batch.state in (State.COLUMNS, State.PREVIEW):
        names = NotationForm.base_fields
        context["notation"] = NotationForm(initial={name: getattr(batch, name) for name in names})
        context["columns"] = columns_of(batch, request.POST)
    if batch.state == State.PREVIEW:
        context |= preview_of(batch, request.GET) | {"words": words_of(batch)}
    return context


def _match(request: HttpRequest, batch: ImportBatch) -> None:
    batches.match_columns(batch, matched(batch, request.POST), by=request.user)


def _match_words(request: HttpRequest, batch: ImportBatch) -> None:
    batches.match_words(batch, explained(batch, request.POST), by=request.user)


def _read_again(request: HttpRequest, batch: ImportBatch) -> None:
    form = NotationForm(request.POST)
    if not form.is_valid():
        raise ActionRefused(_("Row of the headings: a number from 1 to 1000, or nothing."))
    batches.read_again(batch, by=request.user, **form.cleaned_data)


def _choose(request: HttpRequest, batch: ImportBatch) -> None:
    batches.choose(batch, shown=_keys(request, "shown"), chosen=_keys(request, "row"), by=request.user)
    count = batches.to_write(batch).count()
    text = ngettext("%(count)d row is chosen.", "%(count)d rows are chosen.", count)
    messages.success(request, text % {"count": count})


def _choose_all(request: HttpRequest, batch: ImportBatch) -> None:
    batches.choose_all(batch, by=request.user, chosen=True)


def _choose_none(request: HttpRequest, batch: ImportBatch) -> None:
    batches.choose_all(batch, by=request.user, chosen=False)


def _import(request: HttpRequest, batch: ImportBatch) -> None:
    batches.choose(batch, shown=_keys(request, "shown"), chosen=_keys(request, "row"), by=request.user)
    batches.request_import(batch, by=request.user, reason=request.POST.get("reason", ""))


def _undo(request: HttpRequest, batch: ImportBatch) -> None:
    batches.request_undo(batch, by=request.user, reason=request.POST.get("reason", ""))


def _discard(request: HttpRequest, batch: ImportBatch) -> None:
    batches.discard(batch, by=request.user)
    messages.success(request, _("The file is discarded; nothing of it was imported."))


def _keys(request: HttpRequest, name: str) -> list[int]:
    return [key for text in request.POST.getlist(name) if (key := whole_number(text))]


_STEPS: dict[str, Callable[[HttpRequest, ImportBatch], None]] = {
    "match": _match,
    "words": _match_words,
    "again": _read_again,
    "choose": _choose,
    "all": _choose_all,
    "none": _choose_none,
    "import": _import,
    "undo": _undo,
    "discard": _discard,
}
