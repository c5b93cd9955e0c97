"""Every refusal as problem details (RFC 9457): what is wrong, all of it at once, and the remedy."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from registry.actions.errors import RETRY_AFTER_SECONDS, ActionRefused, HeldByImport, ReasonNeeded, StaleVersion
from registry.actions.queries import AnswerNeeded, TextNeeded
from registry.actions.states import NotLockable
from registry.api.faults import UNREADABLE, Fault, of_findings
from registry.api.showing import Facts, as_json, etag

MEDIA_TYPE: Final = "application/problem+json"
REMEDY: Final = "The page Programming interface says how it is written: times as 2023-05-01T00:00:00Z."
STALE: Final = "Somebody else changed this record after you read it. Nothing of yours was saved."


@dataclass
class Problem(Exception):
    """A refusal, ready to be answered. `more` are members of its own, beside those of the standard."""

    status: int
    detail: str = ""
    errors: Sequence[Fault] = ()
    headers: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def as_json(self, instance: str) -> dict[str, Any]:
        return {
            "type": "about:blank",  # the status says it all; `title` is its name, as the standard asks
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            "errors": [asdict(error) for error in self.errors],
            **self.more,
        }


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The exception handler of the interface; None for what is a failure of the registry, not of the request."""
    problem = _problem_of(error)
    if problem is None:
        return None
    path = context["request"].path
    return Response(problem.as_json(path), problem.status, headers=problem.headers, content_type=MEDIA_TYPE)


def _problem_of(error: Exception) -> Problem | None:
    return next((make(error) for kind, make in _PROBLEMS.items() if isinstance(error, kind)), None)


def _itself(error: Any) -> Problem:
    return error  # type: ignore[no-any-return]


def _not_found(error: Any) -> Problem:
    return Problem(404, "There is nothing at this address, or it is not for this token. Addresses end with a slash.")


def _forbidden(error: Any) -> Problem:
    return Problem(403, str(error))


def _of_parameters(error: exceptions.ValidationError) -> Problem:
    """What a filter says of the parameters of the address."""
    details: Any = error.detail
    faults = [Fault(name, UNREADABLE, " ".join(map(str, texts)), REMEDY) for name, texts in details.items()]
    return Problem(400, "A parameter of the address cannot be read.", faults)


def _invalid(error: ValidationError) -> Problem:
    """What an action says of choices that do not go together."""
    faults = [Fault("", UNREADABLE, text, "Choose otherwise.") for text in error.messages]
    return Problem(422, "Nothing was done.", faults)


def _of_framework(error: exceptions.APIException) -> Problem:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait) + 1)
    return Problem(error.status_code, str(error.detail), headers=headers)


def _text_needed(error: Any) -> Problem:
    name = {ReasonNeeded: "reason", TextNeeded: "text", AnswerNeeded: "answer"}[type(error)]
    return Problem(422, str(error), [Fault(name, "required", str(error))])


def _not_lockable(error: NotLockable) -> Problem:
    return Problem(409, "The patient cannot be locked yet.", of_findings(error.missing))


def _stale(error: StaleVersion) -> Problem:
    more = {"current": as_json(error.stored, Facts.of([error.stored]))}
    return Problem(412, STALE, headers={"ETag": etag(error.stored)}, more=more)


def _held_by_import(error: HeldByImport) -> Problem:
    detail = f"{error.what} Nothing was saved: send the request again when that is done."
    return Problem(409, detail, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def _in_another_state(error: Any) -> Problem:
    return Problem(409, str(error))


# The first that fits: narrower kinds stand before wider ones.
_PROBLEMS: Final[dict[Any, Callable[[Any], Problem]]] = {
    Problem: _itself,
    (Http404, exceptions.NotFound): _not_found,
    (PermissionDenied, exceptions.PermissionDenied): _forbidden,
    exceptions.ValidationError: _of_parameters,
    ValidationError: _invalid,
    exceptions.APIException: _of_framework,
    (ReasonNeeded, TextNeeded, AnswerNeeded): _text_needed,
    NotLockable: _not_lockable,
    StaleVersion: _stale,
    HeldByImport: _held_by_import,
    ActionRefused: _in_another_state,
}
