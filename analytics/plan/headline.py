"""The numbers that stand for the whole analysis: on the outcomes page, over time, and when data have changed."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

# Entry of the plan and label of the number in it, in the order in which they are shown.
HEADLINE: Final = (
    ("patients", "Patients"),
    ("follow-up", "Median follow-up"),
    ("overall-survival", "Median overall survival"),
    ("overall-survival", "Overall survival at 12 months"),
    ("overall-survival", "Overall survival at 24 months"),
    ("cumulative-incidence", "Cumulative incidence of relapse at 24 months"),
    ("cumulative-incidence", "Cumulative incidence of death in remission at 24 months"),
    ("sos", "SOS/VOD"),
    ("sos", "Fatal SOS/VOD"),
)
ENTRIES: Final = tuple(dict.fromkeys(entry for entry, _ in HEADLINE))


def headline(found: Iterable[tuple[str, Iterable[Mapping[str, Any]]]]) -> dict[str, Mapping[str, Any]]:
    """By label, of entries with their numbers; a number that an entry could not give is left out."""
    by_place = {(entry, number["label"]): number for entry, numbers in found for number in numbers}
    return {label: by_place[entry, label] for entry, label in HEADLINE if (entry, label) in by_place}
