"""What somebody types is kept while it is typed, as it was typed, for that person only, until the record is saved.

Also while an import writes to the patient. Only where an undo takes the patient away HeldByImport is raised.
"""

from collections.abc import Mapping
from typing import Any

from registry.actions.one_writer import stay
from registry.models import Draft

Content = Mapping[str, list[str]]  # by name of the input, as a browser posts it


def keep(record: Any, *, by: Any, base_version: int, content: Content) -> Draft:
    """Replace what was kept of this page. `base_version` is the version of the record that the page showed."""
    _stay(record)
    values = {"base_version": base_version, "content": dict(content)}
    draft, _ = Draft.objects.update_or_create(**_page(record, by), defaults=values)
    return draft


def find(record: Any, *, by: Any) -> Draft | None:
    return Draft.objects.filter(**_page(record, by)).first()


def discard(record: Any, *, by: Any) -> None:
    _stay(record)
    Draft.objects.filter(**_page(record, by)).delete()


def _stay(record: Any) -> None:
    if patient := _patient(record):
        stay(patient)


def _page(record: Any, by: Any) -> dict[str, Any]:
    """Which page of which user. Repeats that do not exist yet share one page a form."""
    is_one_of_many = record.repeats or record.form == "centre"
    return {
        "user": by,
        "patient": _patient(record),
        "form_name": record.form,
        "record": record.public_id if is_one_of_many and record.is_started else None,
    }


def _patient(record: Any) -> Any:
    if record.form == "patient":
        return record if record.is_started else None
    return None if record.form == "centre" else record.patient
