"""Between what a browser posts and the draft that keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from registry.crf.fields import crf_fields
from registry.models import Draft
from registry.web.record_form import RecordForm, as_posted
from registry.web.records import is_free


@dataclass(frozen=True)
class Restored:
    """Input that was kept and not saved, as the page shows it again."""

    draft: Draft
    posted: QueryDict
    changed: frozenset[str]  # the inputs that differ from what is stored
    is_stale: bool  # somebody saved the record since


def content_of(form: RecordForm, posted: QueryDict) -> dict[str, list[str]]:
    """What this user may type here, without characters that PostgreSQL cannot keep."""
    names = [*form.fields, "reason"]
    return {name: [text.replace("\x00", "") for text in posted.getlist(name)] for name in names if name in posted}


def differing(content: Mapping[str, list[str]], record: Any) -> frozenset[str]:
    """The inputs whose text is not what the page shows of the record itself, in whatever language it was typed."""
    stored = as_posted(record)
    numbers = {field.name for field in crf_fields(type(record)) if field.crf.kind == "decimal"}
    return frozenset(
        name
        for name, values in content.items()
        if _answered(values, name in numbers) != _answered(_listed(stored.get(name, "")), name in numbers)
    )


def restored(draft: Draft, record: Any) -> Restored:
    version = record.version if record.is_started else 0
    posted = QueryDict(mutable=True)
    for name, values in draft.content.items():
        posted.setlist(name, values)
    posted["version"] = str(draft.base_version)
    changed = differing(draft.content, record)
    _renumber(posted, record)
    return Restored(draft, posted, changed, draft.base_version != version)


def _renumber(posted: QueryDict, record: Any) -> None:
    """A new repeat goes under the next number where its own was taken meanwhile."""
    if not record.repeats or record.is_started or record.number_field not in posted:
        return
    if not is_free(record, posted[record.number_field]):
        posted[record.number_field] = str(getattr(record, record.number_field))


def _answered(values: list[str], is_number: bool) -> list[str]:
    texts = (str(value).replace("\r\n", "\n").strip() for value in values)
    return sorted(text.replace(",", ".") if is_number else text for text in texts if text)


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
