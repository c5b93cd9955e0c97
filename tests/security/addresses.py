"""Every address that the registry answers, read from the URL resolver."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    route: str  # as written in the URL configuration
    name: str
    view: Any

    @property
    def has_parameters(self) -> bool:
        return "<" in self.route or "(?P" in self.route


def addresses() -> Iterator[Address]:
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[Any], prefix: str) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield Address(route, pattern.name or "", pattern.callback)
