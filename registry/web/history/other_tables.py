"""Entries of the trail about what is not a form: queries, verifications and signatures, in words."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.access.roles import Role
from registry.crf.language import put_together
from registry.models import FORMS_BY_NAME, AuditEntry, ExportEvent, Query, Signature, Snapshot
from registry.web.places import label_of_item

_TITLES: Final[dict[str, Any]] = {
    "registry_query": _("Query"),
    "registry_querymessage": _("Step of a query"),
    "registry_verification": _("Verification"),
    "registry_signature": _("Signature"),
    "analytics_reportdefinition": _("Scheduled report"),
    "analytics_reportdefinition_recipients": _("Recipient of a scheduled report"),
    "registry_exportevent": _("Export"),
    "registry_importbatch": _("Import"),
    "registry_columnmapping": _("Columns of a centre's own file"),
    "registry_wordmapping": _("Words of a centre's own file"),
}
_FIELDS: Final[dict[str, dict[str, Any]]] = {
    "registry_query": {
        "message": _("Question"),
        "field_name": _("Item"),
        "state": _("State"),
        "answer": _("Answer"),
    },
    "registry_querymessage": {
        "state": _("State"),
        "answer": _("Answer"),
        "text": _("Text"),
    },
    "registry_verification": {"fields": _("Items")},
    "registry_signature": {
        "signer_name": _("Signed by"),
        "meaning": _("Meaning"),
        "content_sha256": _("Hash of the content"),
    },
    "analytics_reportdefinition": {
        "name": _("Name"),
        "data_state": _("Patients"),
        "schedule": _("Schedule"),
        "is_active": _("Active"),
        "run_as_role": _("Role of the account that makes it"),
    },
    "registry_importbatch": {
        "file_name": _("File"),
        "reason": _("Reason"),
        "undo_reason": _("Reason for undoing"),
    },
    "registry_exportevent": {
        "kind": _("What"),
        "rows": _("Rows"),
    },
}
_CODES: Final[dict[str, Any]] = {
    "state": Query.State,
    "answer": Query.Answer,
    "meaning": Signature.Meaning,
    "data_state": Snapshot.DataState,
    "run_as_role": Role,
    "kind": ExportEvent.Kind,
}


def title_of_other(entry: AuditEntry) -> str:
    """`Verification: INO cycle`; a table that is told nothing of keeps its name."""
    title = str(_TITLES.get(entry.table, entry.table))
    form = FORMS_BY_NAME.get((entry.new or entry.old or {}).get("form_name", ""))
    return f"{title}: {form._meta.verbose_name}" if form else title


def changes_of_other(entry: AuditEntry) -> Iterator[tuple[str, str, str, str]]:
    """Name, label, old and new value of each field that is told."""
    old, new = entry.old or {}, entry.new or {}
    for name, label in _FIELDS.get(entry.table, {}).items():
        yield name, str(label), _in_words(name, old), _in_words(name, new)


def _in_words(name: str, row: dict[str, Any]) -> str:
    value = row.get(name)
    if not value:
        return ""
    if value is True:
        return gettext("yes")
    if name in _CODES:
        return str(_CODES[name](value).label)
    if name in ("message", "text") and row.get("wording"):
        return str(put_together(row["wording"]))  # of a rule: in the language of the reader
    form = row.get("form_name")
    items = value if isinstance(value, list) else [value]
    return ", ".join(label_of_item(form, item) if form and name.startswith("field") else str(item) for item in items)
