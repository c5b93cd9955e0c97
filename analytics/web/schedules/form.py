"""What is asked of who schedules a report."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from django import forms
from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from analytics.models import Kind, ReportDefinition
from analytics.reports.kinds import KINDS
from analytics.scheduling.definitions import save_definition, save_for_every_centre
from analytics.web.schedules.words import OWN, USUAL
from registry.access.permissions import may
from registry.access.roles import Permission
from registry.models import Centre, Snapshot

EVERY: Final = "every"
MONDAYS: Final = "0 6 * * 1"


class ScheduleForm(forms.Form):
    """The rules are those of the action that saves: what it refuses stands beside the question."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As it stands in the lists."))
    kind = forms.ChoiceField(label=_("Kind of report"))
    centre = forms.ChoiceField(
        label=_("Centre"), required=False, help_text=_("For centre reports; every other kind is of the whole registry.")
    )
    data_state = forms.ChoiceField(label=_("Patients"), choices=Snapshot.DataState)
    when = forms.ChoiceField(
        label=_("When"),
        choices=[*USUAL.items(), (OWN, _("at times of your own"))],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        initial=MONDAYS,
    )
    schedule = forms.CharField(
        label=_("Own times, as a cron expression"),
        required=False,
        max_length=60,
        help_text=_("Minute, hour, day of the month, month, day of the week. 30 7 * * 1-5: on weekdays at 07:30."),
    )
    recipients = forms.MultipleChoiceField(
        label=_("Recipients"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    is_active = forms.BooleanField(
        label=_("Active"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        help_text=_("While it is paused no report is made."),
    )

    def __init__(self, data: Any = None, *, definition: ReportDefinition) -> None:
        super().__init__(data, initial=_initial(definition) if definition.pk else None)
        self.definition = definition
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [(kind, label) for kind, label in Kind.choices if kind in KINDS]
        fields["centre"].choices = self._centres()
        self.people = {str(user.pk): user for user in _readers(definition)}
        self.groups = _by_place(self.people.values())
        fields["recipients"].choices = [choice for _group, choices in self.groups for choice in choices]

    def recipient_groups(self) -> Iterator[tuple[str, list[Any]]]:
        """The boxes of the recipients, group by group."""
        boxes = iter(self["recipients"])
        for group, choices in self.groups:
            yield group, list(islice(boxes, len(choices)))

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if chosen.get("schedule") and chosen.get("when") != OWN:
            text = _("These times count only with the choice “at times of your own”: choose it, or empty this line.")
            self.add_error("schedule", text)
        return chosen

    @property
    def expression(self) -> str:
        """The cron expression that was chosen so far, right or wrong."""
        when = self["when"].value() or OWN
        return str(self["schedule"].value() or "").strip() if when == OWN else str(when)

    def save(self, *, by: Any) -> list[ReportDefinition]:
        chosen, definition = self.cleaned_data, self.definition
        for name in ("name", "kind", "data_state", "is_active"):
            setattr(definition, name, chosen[name])
        definition.schedule = self.expression
        recipients = [self.people[key] for key in chosen["recipients"]]
        if chosen["centre"] == EVERY:
            return save_for_every_centre(definition, centres=_contributing(), recipients=recipients, by=by)
        definition.centre = Centre.objects.get(pk=chosen["centre"]) if chosen["centre"] else None
        return [save_definition(definition, recipients=recipients, by=by)]

    def _centres(self) -> list[tuple[Any, str | Promise]]:
        """One definition stays one: only a new one is made for every centre."""
        every = [] if self.definition.pk else [(EVERY, _("every centre: one report each"))]
        whole = ("", pgettext_lazy("centre of a report", "whole registry"))
        return [whole, *every, *((centre.pk, str(centre)) for centre in _contributing())]


def _contributing() -> Any:
    return Centre.objects.exclude(role="coord").filter(active=True)


def _initial(definition: ReportDefinition) -> dict[str, Any]:
    is_usual = definition.schedule in USUAL
    return {
        "name": definition.name,
        "kind": definition.kind,
        "centre": definition.centre_id or "",
        "data_state": definition.data_state,
        "when": definition.schedule if is_usual else OWN,
        "schedule": "" if is_usual else definition.schedule,
        "recipients": [str(user.pk) for user in definition.recipients.all()],
        "is_active": definition.is_active,
    }


def _readers(definition: ReportDefinition) -> list[Any]:
    """Everybody who reads some report; and who was chosen when that was still so, to be seen and left out."""
    chosen = set(definition.recipients.values_list("pk", flat=True)) if definition.pk else set()
    users = get_user_model().objects.select_related("centre").order_by("username")
    rights = (Permission.VIEW_REPORTS, Permission.VIEW_CENTRE_REPORT)
    return [user for user in users if user.pk in chosen or any(may(user, right) for right in rights)]


def _by_place(users: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Those of the whole registry first, then centre by centre."""
    groups: dict[str, list[tuple[str, str]]] = {gettext("Of the whole registry"): []}
    for user in sorted(users, key=lambda user: (user.centre_id or 0, user.username)):
        group = str(user.centre) if user.centre else gettext("Of the whole registry")
        label = user.username if user.email else gettext("%(user)s (no e-mail address)") % {"user": user}
        groups.setdefault(group, []).append((str(user.pk), label))
    return list(groups.items())
