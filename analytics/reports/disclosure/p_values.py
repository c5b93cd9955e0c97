"""No P value where a group has too few events, published figures included: a report of one centre compares little."""

from collections.abc import Mapping
from typing import Any

from analytics.plan.few_events import FEW_EVENTS, WARNING

Json = Any


def without_p_values_of_few_events(found: Json) -> Json:
    """The same entries; a withheld P value leaves the reason."""
    if isinstance(found, list):
        return [without_p_values_of_few_events(each) for each in found]
    if not isinstance(found, Mapping):
        return found
    kept = {name: without_p_values_of_few_events(value) for name, value in found.items()}
    if kept.get("p") is not None and _has_few(kept):
        kept |= {"p": None, "remark": WARNING}
    return kept


def _has_few(number: Mapping[str, Any]) -> bool:
    counted = [group["events"] for group in number.get("groups", [])] or [number.get("events")]
    return any(events is not None and events < FEW_EVENTS for events in counted)
