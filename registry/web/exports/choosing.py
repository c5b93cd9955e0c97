"""What somebody wants to export: format, level, state of the data, forms and centres."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import (
    BooleanField,
    CheckboxSelectMultiple,
    ChoiceField,
    Form,
    MultipleChoiceField,
    RadioSelect,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.access.context import scope
from registry.actions.exports import Wish, claims_for, levels_of, may_choose_centres, refuse, unsaved
from registry.models import ALL_FORMS, Centre, Export, Snapshot
from registry.transfer.exports.levels import IN_SHORT
from registry.transfer.exports.tables import Choice, Counts, count

_ALL_FORMS = [model.form for model in ALL_FORMS]


class ExportForm(Form):
    """The levels and centres are those of the user's rights."""

    format = ChoiceField(label=_("Format"), choices=Export.Format.choices, initial=Export.Format.CSV)
    level = ChoiceField(label=_("Level"), widget=RadioSelect)
    data_state = ChoiceField(label=_("Patients"), choices=Snapshot.DataState.choices, initial=Snapshot.DataState.ALL)
    forms = MultipleChoiceField(label=_("Forms"), widget=CheckboxSelectMultiple)
    centres = MultipleChoiceField(label=_("Centres"), widget=CheckboxSelectMultiple)
    with_audit = BooleanField(
        label=_("With the audit trail"), required=False, help_text=_("Only with CDISC ODM at the level full.")
    )

    def __init__(self, *arguments: Any, user: Any) -> None:
        super().__init__(*arguments)
        self.user = user
        fields: dict[str, Any] = self.fields
        levels = [(level, f"{Export.Level(level).label}: {IN_SHORT[level]}") for level in levels_of(user)]
        fields["level"].choices, fields["level"].initial = levels, levels[0][0]
        fields["forms"].choices = [(model.form, model._meta.verbose_name) for model in ALL_FORMS]
        fields["forms"].initial = _ALL_FORMS
        if may_choose_centres(user):
            centres = [(str(centre.pk), str(centre)) for centre in Centre.objects.all()]
            fields["centres"].choices, fields["centres"].initial = centres, [number for number, _name in centres]
        else:
            del fields["centres"]
        if Export.Level.FULL not in levels_of(user):
            del fields["with_audit"]
        for name in ("format", "data_state"):
            fields[name].widget.attrs["class"] = "form-select"

    @property
    def wish(self) -> Wish:
        """All centres are not a choice of centres: a centre that joins later is among them."""
        chosen = self.cleaned_data
        centres = [int(number) for number in chosen.get("centres", ())]
        if "centres" in self.fields and len(centres) == len(self.fields["centres"].choices):  # type: ignore[attr-defined]
            centres = []
        return Wish(
            chosen["format"],
            chosen["level"],
            chosen["data_state"],
            chosen["forms"],
            centres,
            chosen.get("with_audit", False),
        )

    @property
    def problem(self) -> str:
        """Why an export of these choices would be refused."""
        try:
            refuse(self.wish, by=self.user)
        except (PermissionDenied, ValidationError) as error:
            return " ".join(getattr(error, "messages", [str(error)]))
        return ""

    def counted(self) -> Counts:
        """The rows that there would be, by form and centre; read with the rights of an export."""
        export = unsaved(self.wish, by=self.user)
        with scope(claims_for(export)):
            return count(Choice.of(export))


def rows_in_words(number: int, *, is_masked: bool) -> int | Promise:
    """Who sees no patient is told no small number."""
    return _("fewer than 5") if is_masked and 0 < number < 5 else number
