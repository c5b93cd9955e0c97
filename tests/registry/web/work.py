"""What several tests of the working pages need: a query of a person, a complete record, and how to read a page."""

import re
from typing import Any

from registry.access.context import scope, system
from registry.access.permissions import claims_of
from registry.actions.queries import answer_query, close_query, raise_query
from registry.models import Gvhd, Query
from tests.pages import save


def ask(people: Any, record: Any, *, field: str = "", message: str = "Is this right?") -> Query:
    with scope(claims_of(people.monitor)):
        return raise_query(record=record, field=field, message=message, by=people.monitor)


def answer(query: Query, *, by: Any, kind: str = "confirmed", text: str = "as in the letter") -> None:
    with scope(claims_of(by)):
        answer_query(query=query, answer=kind, text=text, by=by)


def close(query: Query, *, by: Any) -> None:
    with scope(claims_of(by)):
        close_query(query=query, by=by)


def complete_gvhd(patient: Any, *, by: Any) -> Gvhd:
    record = Gvhd(patient=patient, centre=by.centre, agvhd="0", cgvhd="0")
    return save(record, by=by, complete=True)


def stored(record: Any) -> Any:
    """The record as it stands now."""
    with scope(system("test", read="all")):
        return type(record).objects.get(pk=record.pk)


def count(rows: Any) -> int:
    with scope(system("test", read="all")):
        return int(rows.count())


def text_of(response: Any) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
