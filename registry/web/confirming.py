"""Soft findings answered where they stand: a reason beside the field confirms the value."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.queries import answer_query
from registry.models import Query
from registry.web.queries.fields import RecordQueries

_NAME = "because-"


@dataclass(frozen=True)
class Question:
    """An open query of a rule, with the input for the reason."""

    query: Query
    field: str
    text: str = ""
    problem: str = ""

    @property
    def name(self) -> str:
        return f"{_NAME}{self.query.public_id}"


@dataclass(frozen=True)
class Questions:
    """Those of one record, each at the first of its fields; the empty name is the record as a whole."""

    found: list[Question] = field(default_factory=list)

    def at(self, *names: str) -> list[Question]:
        return [question for question in self.found if question.field in names]

    @property
    def at_record(self) -> list[Question]:
        return self.at("")


def questions_of(queries: RecordQueries, *, user: Any) -> Questions:
    """What the rules ask of this record and this user may answer."""
    found: dict[int, Question] = {}
    for name, at_field in queries.by_field.items():
        for query in at_field:
            is_asked = query.check_id and query.is_open
            if is_asked and may(user, Permission.ANSWER_QUERY, centre=query.centre_id):
                found.setdefault(query.pk, Question(query, name))
    return Questions(list(found.values()))


def confirm(request: HttpRequest, questions: Questions) -> Questions:
    """Answer every question for which a reason was typed; returns those that remain, with what was typed."""
    left, confirmed = [], 0
    for question in questions.found:
        text = request.POST.get(question.name, "").replace("\x00", "")
        problem = ""
        if text.strip():
            try:
                answer_query(query=question.query, answer=Query.Answer.CONFIRMED, text=text, by=request.user)
                confirmed += 1
                continue
            except ActionRefused as error:
                problem = str(error)
        left.append(Question(question.query, question.field, text, problem))
    if confirmed:
        text = ngettext("%(count)d value is confirmed.", "%(count)d values are confirmed.", confirmed)
        messages.success(request, text % {"count": confirmed})
    elif not any(question.problem for question in left):
        messages.info(request, _("No reason was given yet."))
    return Questions(left)
