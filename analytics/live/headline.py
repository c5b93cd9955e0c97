"""The numbers at the top of the outcomes page."""

from collections.abc import Mapping
from typing import Any

from analytics.cohort.population import Flow
from analytics.live.lists import Json, Lists
from analytics.reports import display
from analytics.reports.numbers import numbers

Entries = Mapping[str, Mapping[str, Any]]

# Name of the number on the page: entry of the plan and label of the number in it.
READ: Mapping[str, tuple[str, str]] = {
    "follow_up": ("follow-up", "Median follow-up"),
    "survival_median": ("overall-survival", "Median overall survival"),
    "survival_12": ("overall-survival", "Overall survival at 12 months"),
    "survival_24": ("overall-survival", "Overall survival at 24 months"),
    "relapse_12": ("cumulative-incidence", "Cumulative incidence of relapse at 12 months"),
    "relapse_24": ("cumulative-incidence", "Cumulative incidence of relapse at 24 months"),
    "death_in_remission_12": ("cumulative-incidence", "Cumulative incidence of death in remission at 12 months"),
    "death_in_remission_24": ("cumulative-incidence", "Cumulative incidence of death in remission at 24 months"),
    "completeness": ("completeness", "Follow-up observed by the cut-off"),
}
COUNTED: Mapping[str, tuple[str, str]] = {
    "sos": ("sos", "SOS/VOD"),
    "sos_fatal": ("sos", "Fatal SOS/VOD"),
    "sos_grades": ("sos", "Grade of SOS/VOD"),
}


def headline(entries: Entries, flow: Flow, lists: Lists) -> Json:
    """By name, every text ready to print."""
    steps = {"enrolled": flow.steps[0].n, "analysed": flow.steps[-1].n}
    counted = {name: lists.pieces(count, place=f"top.{name}", title=name.title()) for name, count in steps.items()}
    read = {name: _read(entries, place, name, lists) for name, place in READ.items()}
    return counted | read | {name: _counted(entries, place, name, lists) for name, place in COUNTED.items()}


def _read(entries: Entries, place: tuple[str, str], name: str, lists: Lists) -> Json:
    number = _number(entries, place)
    if "n" not in number:
        return number
    return {
        "value": None if number["value"] is None else display.amount(number["value"], number["unit"]),
        "unit": number["unit"],
        "limits": _limits(number),
        "error": number["error"],
        "n": lists.pieces(number["n"], place=f"top.{name}.n", title=number["label"]),
        "events": lists.pieces(number["events"], place=f"top.{name}.events", title=f"{number['label']}, events"),
    }


def _limits(number: Mapping[str, Any]) -> list[str | None]:
    """Lower and upper; one that is not reached is null. Without an interval there are none."""
    if not number["interval"]:
        return []
    limits = (number["lower"], number["upper"])
    return [None if limit is None else display.amount(limit, number["unit"]) for limit in limits]


def _counted(entries: Entries, place: tuple[str, str], name: str, lists: Lists) -> Json:
    number = _number(entries, place)
    if "n" not in number:
        return number
    title = number["label"]
    parts = zip(number["parts"], number["value"], strict=True) if number["parts"] else [("", number["value"])]
    return {
        "parts": [
            {
                "label": label,
                "pieces": lists.pieces(count, place=f"top.{name}.{part}", title=f"{title} {label}".strip()),
            }
            for part, (label, count) in enumerate(parts)
        ],
        "n": lists.pieces(number["n"], place=f"top.{name}.n", title=f"{title}: {number['population']}"),
        "percentage": "" if number["parts"] or not number["n"] else display.percentage(number["value"], number["n"]),
        "error": number["error"],
    }


def _number(entries: Entries, place: tuple[str, str]) -> Mapping[str, Any]:
    """The number, or why its entry has none."""
    entry, label = entries[place[0]], place[1]
    if entry["error"]:
        return {"error": entry["error"]}
    return next(number for number in numbers(entry) if number["label"] == label)
