"""What the centre has brought in, the workbook to fill in, and the place to bring in a file."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.importing.batches import bring_in
from registry.web.importing.forms import UploadForm, bare_name
from registry.web.importing.found import batches_of

BATCHES_PER_PAGE = 25


def imports(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.ENTER_DATA)
    form = UploadForm(request.POST or None, request.FILES or None, initial=_as_last_time(request.user))
    if request.method == "POST" and form.is_valid():
        return _bring_in(request, form)
    page = Paginator(batches_of(request.user), BATCHES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "centre": request.user.centre}
    return render(request, "registry/importing/list.html", context, status=422 if form.errors else 200)


def _as_last_time(user: Any) -> dict[str, Any]:
    """A centre writes its dates and numbers in one way; the rest is of each file."""
    return batches_of(user).values("date_order", "decimal_sign").first() or {}


def _bring_in(request: HttpRequest, form: UploadForm) -> HttpResponse:
    file, dictionary = form.cleaned_data["file"], form.cleaned_data["dictionary"]
    batch, is_new = bring_in(
        file.read(),
        name=bare_name(file.name),
        centre=request.user.centre,
        by=request.user,
        dictionary=dictionary.read() if dictionary else None,
        **form.settings,
    )
    if not is_new:
        messages.info(request, _("This file was brought in before. This is what became of it; nothing was done again."))
    return redirect("import", batch.public_id)
