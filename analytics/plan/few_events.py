"""No P value where a group has too few events, for everything beyond the published figures."""

from collections.abc import Iterable

from analytics.plan.results import Group

FEW_EVENTS = 5
WARNING = f"fewer than {FEW_EVENTS} events in a group"


def few(groups: Iterable[Group]) -> str:
    """The warning that takes the place of a P value; empty where every group has events enough."""
    return WARNING if any(group.events < FEW_EVENTS for group in groups) else ""


def few_in_all(events: int) -> str:
    """The same for a number that compares no groups, such as the slope of a measured covariate."""
    return f"fewer than {FEW_EVENTS} events" if events < FEW_EVENTS else ""
