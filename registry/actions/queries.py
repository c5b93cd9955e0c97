"""Queries: raised by a person or by a rule, answered by the centre, closed by the coordinating centre or the rule."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.access.permissions import require
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.one_writer import hold
from registry.audit.acting import acting_as
from registry.checks import impact
from registry.crf.language import Words, english, taken_apart
from registry.models import Query, QueryMessage

State, Answer = Query.State, Query.Answer
# With these the rule does not ask again while the values stay.
FINAL_ANSWERS = (Answer.CONFIRMED, Answer.UNAVAILABLE)


class QueryStateRefused(ActionRefused):
    """The query is not in a state in which this can be done; somebody else was first."""

    def __init__(self, query: Query) -> None:
        text = _("This query is %(state)s meanwhile. Read it again before going on.")
        super().__init__(text % {"state": query.get_state_display()})


class TextNeeded(ActionRefused):
    def __init__(self, what: str) -> None:
        super().__init__(_("%(what)s Write at least 5 characters.") % {"what": what})


class AnswerNeeded(ActionRefused):
    def __init__(self) -> None:
        super().__init__(_("Choose an answer: corrected, confirmed as it stands, or data unavailable."))


def raise_query(*, record: Any, field: str = "", message: str, by: Any, channel: str = "") -> Query:
    """Ask the centre about an item of a record, or about the record as a whole."""
    require(by, Permission.RAISE_QUERY)
    if len(message.strip()) < 5:
        raise TextNeeded(_("Say what is to be clarified."))
    patient = record if record.form == "patient" else record.patient
    number = record.instance_no if record.repeats and record.is_started else None
    with acting_as(by, message, centre=patient.centre_id, channel=channel):
        hold(patient)
        query = Query.objects.create(
            patient=patient,
            centre_id=patient.centre_id,
            form_name=record.form,
            instance_no=number,
            field_name=field,
            places=[[record.form, number, field]],
            message=message.strip(),
            impact=impact.of_item(record.form, field),
            raised_by=by,
        )
        note(query, by=by, text=message.strip())
    return query


def raise_queries(*, records: Iterable[Any], field: str = "", message: str, by: Any) -> list[Query]:
    """The same question about many records."""
    return [raise_query(record=record, field=field, message=message, by=by) for record in records]


def answer_query(*, query: Query, answer: str, text: str, by: Any) -> None:
    """The centre's answer. "Confirmed" and "unavailable" say why."""
    require(by, Permission.ANSWER_QUERY, centre=query.centre_id)
    if answer not in Answer.values:
        raise AnswerNeeded
    if answer != Answer.CORRECTED and len(text.strip()) < 5:
        raise TextNeeded(_("Say why the value stands, or why there is none."))
    if answer in FINAL_ANSWERS and query.fingerprint:
        query.settled = [*query.settled, query.fingerprint]
    _move(query, to=State.ANSWERED, allowed=Query.OPEN_STATES, by=by, text=text, answer=answer)


def close_query(*, query: Query, text: str = "", by: Any) -> None:
    """The coordinating centre is satisfied, or withdraws the question."""
    require(by, Permission.RAISE_QUERY)
    _move(query, to=State.CLOSED, allowed=(State.OPEN, State.REOPENED, State.ANSWERED), by=by, text=text)


def reopen_query(*, query: Query, text: str, by: Any) -> None:
    """The answer does not settle the question."""
    require(by, Permission.RAISE_QUERY)
    if len(text.strip()) < 5:
        raise TextNeeded(_("Say why the question is open again."))
    query.settled = [value for value in query.settled if value != query.fingerprint]
    _move(query, to=State.REOPENED, allowed=(State.ANSWERED, State.CLOSED), by=by, text=text, answer="")


def _move(query: Query, *, to: str, allowed: Sequence[str], by: Any, text: str, answer: str | None = None) -> None:
    with acting_as(by, text, centre=query.centre_id):
        hold(query.patient)
        change_state(query, to=to, allowed=allowed, answer=answer)
        note(query, by=by, text=text.strip())


def change_state(query: Query, *, to: str, allowed: Sequence[str], answer: str | None = None) -> None:
    """Move the query if it is still where the caller saw it."""
    kept = query.answer if answer is None else answer
    moved = Query.objects.filter(pk=query.pk, version=query.version, state__in=allowed).update(
        state=to, answer=kept, settled=query.settled, state_since=timezone.now(), version=F("version") + 1
    )
    if not moved:
        raise QueryStateRefused(Query.objects.get(pk=query.pk))
    query.state, query.answer, query.version = to, kept, query.version + 1


def note(query: Query, *, by: Any, text: Words) -> None:
    """Write one step of the conversation; `by` is None for a rule, whose text is kept for readers of any language."""
    _message(query, by=by, text=text).save()


def note_all(asked: Sequence[tuple[Query, Words]]) -> None:
    """The first step of many queries of rules."""
    QueryMessage.objects.bulk_create([_message(query, by=None, text=text) for query, text in asked])


def _message(query: Query, *, by: Any, text: Words) -> QueryMessage:
    return QueryMessage(
        query=query,
        patient_id=query.patient_id,
        centre_id=query.centre_id,
        is_across_centres=query.is_across_centres,
        by=by,
        state=query.state,
        answer=query.answer,
        text=english(text),
        wording=None if by else taken_apart(text),
    )
