"""Bubbles: how templates find the queries of a field or of a form."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("components/field_queries.html")
def field_queries(queries: Any, field: str, label: str = "") -> dict[str, Any]:
    """The bubble at a field with queries, and the link for who may raise one."""
    if not queries:
        return {}
    return {"found": queries.at(field), "ask": queries.ask_at(field), "label": label}


@register.inclusion_tag("components/bubble.html")
def bubble(count: int | None, url: str = "") -> dict[str, Any]:
    """The number of open queries; nothing where there are none."""
    return {"count": count or 0, "url": url}


@register.inclusion_tag("components/patient/form_marks.html")
def form_marks(marks: Any, form: str) -> dict[str, Any]:
    """Bubble and marks of one form on the patient page."""
    return {"marks": marks.of(form)}
