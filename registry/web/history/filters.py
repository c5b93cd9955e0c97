"""Which entries a history shows: a plain form of the address, and a chip for each thing that was chosen."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.access.roles import Role
from registry.crf.fields import crf_fields, unit_beside
from registry.crf.typed_dates import tidy_day
from registry.models import FORMS_BY_NAME, AuditEntry, Centre
from registry.models.audit_entry import AuditQuerySet

Operation = AuditEntry.Operation
_KINDS: Final = {
    "entered": (_("record entered"), Q(operation=Operation.INSERT)),
    "changed": (_("record changed"), Q(operation=Operation.UPDATE)),
    "after completion": (_("changed with a reason"), Q(operation=Operation.UPDATE, reason__isnull=False)),
    "state": (_("state changed"), Q(operation=Operation.UPDATE, new__has_key="state")),
    "deleted": (_("record deleted"), Q(operation=Operation.DELETE)),
    "confirmed": (_("verified or signed"), Q(table__in=("registry_verification", "registry_signature"))),
    "query": (_("query"), Q(table__in=("registry_query", "registry_querymessage"))),
}
_CHANNELS: Final = {
    "page": _("page"),
    "import": _("import"),
    "api": _("api"),
    "nightly checks": _("nightly checks"),
}
_ROLES: Final = [*Role.choices, ("system", _("the registry itself"))]


@dataclass(frozen=True)
class Chip:
    """One thing that was chosen, in words, and the address without it."""

    label: str
    value: str
    without: str


class Day(forms.DateField):
    """Typed as on the forms: a calendar of the browser would write in an order of its own."""

    widget = forms.TextInput(attrs={"placeholder": _("yyyy-mm-dd"), "autocomplete": "off", "size": 12})

    def to_python(self, value: Any) -> Any:
        return super().to_python(tidy_day(value.strip()) if value else value)


class Filter(forms.Form):
    """What is not understood is named and filters nothing."""

    field = forms.ChoiceField(label=_("Form or field"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("any")), *_ROLES])
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[("", _("any")), *_CHANNELS.items()])
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("any")), *((kind, words) for kind, (words, _q) in _KINDS.items())],
    )
    since = Day(label=_("From"), required=False)
    until = Day(label=_("To"), required=False)

    def __init__(self, data: QueryDict, *, models: Iterable[Any], people: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["field"].choices = [("", _("any")), *(_group(model) for model in models)]
        fields["person"].choices = [("", _("any")), *people]
        for field in fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def apply(self, entries: AuditQuerySet) -> AuditQuerySet:
        self.is_valid()
        chosen = self.cleaned_data
        conditions = {
            "person": Q(user_id=chosen.get("person")),
            "role": Q(role=chosen.get("role")),
            "channel": Q(channel=chosen.get("channel")),
            "kind": _KINDS[chosen["kind"]][1] if chosen.get("kind") else Q(),
            "since": Q(at__gte=_midnight(chosen.get("since"))),
            "until": Q(at__lt=_midnight(chosen.get("until"), days=1)),
        }
        entries = entries.filter(*(condition for name, condition in conditions.items() if chosen.get(name)))
        if not chosen.get("field"):
            return entries
        model, question = self._chosen_field()
        return entries.of_item(*question) if question else entries.of_form(model)

    @property
    def only(self) -> set[str]:
        """The names of the fields to which the changes are confined."""
        if not self.cleaned_data.get("field"):
            return set()
        return {field.crf.name for field in self._chosen_field()[1]}

    def chips(self) -> list[Chip]:
        return [
            Chip(str(self.fields[name].label), self._in_words(name), self._without(name))
            for name in self.fields
            if self.cleaned_data.get(name)
        ]

    def _chosen_field(self) -> tuple[Any, list[Any]]:
        """A form and, of one of its questions, the value with the unit beside it."""
        form, _dot, name = self.cleaned_data["field"].partition(".")
        model: Any = FORMS_BY_NAME[form]
        names = [name, unit_beside(model._meta.get_field(name))] if name else []
        return model, [model._meta.get_field(each) for each in names if each]

    def _in_words(self, name: str) -> str:
        value = self.cleaned_data[name]
        if name == "field":
            model, question = self._chosen_field()
            title = str(model._meta.verbose_name)
            return f"{title}: {question[0].verbose_name}" if question else title
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(str(getattr(value, "pk", value)), value))

    def _without(self, name: str) -> str:
        rest = self.data.copy()
        for dropped in (name, "before"):
            rest.pop(dropped, None)
        return f"?{rest.urlencode()}"


class RegistryFilter(Filter):
    """For the history of all centres."""

    centre = forms.ModelChoiceField(Centre.objects.none(), label=_("Centre"), required=False, empty_label=_("all"))
    field_order = ("centre",)

    def __init__(self, data: QueryDict, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["centre"].queryset = Centre.objects.all()  # type: ignore[attr-defined]

    def apply(self, entries: AuditQuerySet) -> AuditQuerySet:
        entries = super().apply(entries)
        centre = self.cleaned_data.get("centre")
        return entries.filter(centre=centre.pk) if centre else entries


def _group(model: Any) -> tuple[str, list[tuple[str, str]]]:
    """A form as a group of the list: itself, then its fields."""
    title = str(model._meta.verbose_name)
    whole = (model.form, _("%(form)s, all fields") % {"form": title})
    return title, [whole, *((f"{model.form}.{field.name}", str(field.verbose_name)) for field in crf_fields(model))]


def _midnight(day: dt.date | None, *, days: int = 0) -> dt.datetime | None:
    """The beginning of a day in the time of the registry."""
    if day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=days), dt.time.min))
