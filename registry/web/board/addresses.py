"""Where the lists behind the counts are: counts and lists name a filter with the same words."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from registry.models import FORMS_BY_NAME
from registry.models.form_rows import FormRow


def patients_address(**chosen: Any) -> str:
    return _with(reverse("patients"), chosen)


def forms_address(**chosen: Any) -> str:
    return _with(reverse("board forms"), chosen)


def row_address(row: FormRow) -> str:
    """The page on which the form is filled in; the row of the patient page where a repeat is not started."""
    if not FORMS_BY_NAME[row.form].repeats:
        return reverse("record", args=[row.patient_id, row.form])
    if row.record is None:
        return f"{reverse('patient', args=[row.patient_id])}#{row.form}"
    return reverse("repeat", args=[row.patient_id, row.form, row.record_id])


def _with(address: str, chosen: dict[str, Any]) -> str:
    return f"{address}?{urlencode({name: value for name, value in chosen.items() if value not in ('', None)})}"
