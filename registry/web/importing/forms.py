"""What somebody says of a file that comes in."""

from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.models import ImportBatch
from registry.transfer.importing import limits

_CLASSES = {forms.BooleanField: "form-check-input", forms.ChoiceField: "form-select"}


class NotationForm(forms.Form):
    """How the file writes dates and numbers, and what becomes of rows that are not whole."""

    date_order = forms.ChoiceField(label=_("Dates written as text"), choices=ImportBatch.DateOrder)
    decimal_sign = forms.ChoiceField(label=_("Decimal sign"), choices=ImportBatch.DecimalSign)
    headings_row = forms.IntegerField(
        label=_("Row of the headings"),
        help_text=_("Empty: the first row with two filled cells."),
        min_value=1,
        max_value=1000,
        required=False,
    )
    as_drafts = forms.BooleanField(
        label=_("Keep the rows as drafts"),
        help_text=_("Otherwise each row is to be complete, and what keeps it from that is a fault."),
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self.fields.values():
            field.widget.attrs["class"] = _CLASSES.get(type(field), "form-control")


class UploadForm(NotationForm):
    kind = forms.ChoiceField(label=_("Kind of file"), choices=ImportBatch.Kind)
    file = forms.FileField(label=_("File"), help_text=_("Excel workbook (.xlsx), CSV or XML, up to 25 MB"))
    dictionary = forms.FileField(label=_("Data dictionary, for REDCap only"), required=False)

    field_order = ("file", "kind", "dictionary", "date_order", "decimal_sign", "headings_row", "as_drafts")

    def clean_file(self) -> Any:
        return _small_enough(self.cleaned_data["file"])

    def clean_dictionary(self) -> Any:
        return _small_enough(self.cleaned_data["dictionary"])

    @property
    def settings(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", *NotationForm.base_fields)}


def bare_name(name: str) -> str:
    """The last part of what a browser calls the file, whatever its system."""
    return PureWindowsPath(PurePosixPath(name).name).name.replace("\x00", "") or "file"


def _small_enough(file: Any) -> Any:
    if file and file.size > limits.FILE_BYTES:
        values = {"size": file.size // limits.MEGABYTE, "most": limits.FILE_BYTES // limits.MEGABYTE}
        raise ValidationError(gettext("The file has %(size)d MB; %(most)d MB are accepted. Split it.") % values)
    return file
