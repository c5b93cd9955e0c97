"""The codebook for whoever is logged in: every item of every form, searchable, and as files."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.crf import codebook
from registry.crf.codebook_entries import Entry, entries, note_on
from registry.crf.missing import REASONS
from registry.derivations.catalogue import GROUPS
from registry.derivations.derived import Derived
from registry.transfer.codebook_csv import codebook_csv
from registry.transfer.paper import blank_crf
from registry.transfer.paper.codebook import codebook_pdf
from registry.web.downloads import csv_file, pdf_file


@dataclass(frozen=True)
class Section:
    """One form with those of its items that are shown."""

    form: str
    title: str
    note: str
    entries: list[Entry]


@dataclass(frozen=True)
class DerivedEntry:
    """One derived variable, with the numbers of the items it rests on."""

    group: str
    variable: Derived
    items: list[tuple[str, str]]


class Search(forms.Form):
    text = forms.CharField(label=_("Search"), required=False, max_length=100)
    form = forms.ChoiceField(label=_("Form"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        titles = [(model.form, str(model._meta.verbose_name)) for model in codebook.forms()]
        self.fields["form"].choices = [("", _("all forms")), *titles]  # type: ignore[attr-defined]
        self.fields["text"].widget.attrs["class"] = "form-control"
        self.fields["form"].widget.attrs["class"] = "form-select"
        self.is_valid()

    def sections(self) -> list[Section]:
        """The forms in the order of the paper; without a form of which nothing is shown."""
        form, text = self.cleaned_data.get("form"), self.cleaned_data.get("text") or ""
        found = []
        for model in codebook.forms():
            shown = [entry for entry in entries(model) if entry.says(text)] if form in ("", None, model.form) else []
            if shown:
                found.append(Section(model.form, str(model._meta.verbose_name), note_on(model), shown))
        return found

    def derived(self) -> list[DerivedEntry]:
        """The derived variables that the search finds; none of them belongs to one form."""
        text = self.cleaned_data.get("text") or ""
        if self.cleaned_data.get("form"):
            return []
        items = {f"{row['form']}.{row['name']}": row["item"] for row in codebook.rows()}
        return [
            DerivedEntry(str(group.title), variable, [(item, items[item]) for item in variable.items])
            for group in GROUPS
            for variable in group.variables
            if variable.says(text)
        ]


def codebook_page(request: HttpRequest) -> HttpResponse:
    search = Search(request.GET)
    sections = search.sections()
    context = {
        "search": search,
        "is_filtered": any(search.cleaned_data.values()),
        "sections": sections,
        "derived": search.derived(),
        "n_shown": sum(len(section.entries) for section in sections),
        "n_items": len(codebook.rows()),
        "version": codebook.version(),
        "reasons": REASONS,
    }
    return render(request, "registry/codebook_page.html", context)


def as_csv(request: HttpRequest) -> HttpResponse:
    return csv_file(codebook_csv(), f"codebook-{codebook.version()}.csv")


def as_pdf(request: HttpRequest) -> HttpResponse:
    return pdf_file(codebook_pdf(at=timezone.now()), f"codebook-{codebook.version()}.pdf")


def blank_form_page(request: HttpRequest) -> HttpResponse:
    context = {
        "introduction": blank_crf.introduction(),
        "forms": blank_crf.forms(),
        "reasons": REASONS,
        "version": codebook.version(),
    }
    return render(request, "registry/blank_crf.html", context)


def blank_form(request: HttpRequest) -> HttpResponse:
    return pdf_file(blank_crf.blank_crf(at=timezone.now()), f"blank-crf-{codebook.version()}.pdf")
