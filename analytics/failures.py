"""Why a run failed, in the words of those who wait for it. The log of the worker has the details."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError

from analytics.models import Run
from analytics.rights import RightsChanged
from analytics.snapshots import SnapshotAltered
from registry.actions.take_snapshot import RegistryInMotion
from registry.crf.language import Message, Words


@dataclass(frozen=True)
class Failure:
    """`is_final`: another attempt would end in the same way."""

    words: Words
    is_final: bool = False


def failure_of(run: Run, error: Exception) -> Failure:
    """No stack trace, and nothing of the data that the message of an unknown exception may hold."""
    match error:
        case RightsChanged() | SnapshotAltered():
            return Failure(error.args[0], is_final=True)
        case PermissionDenied():
            words = Message("The account {account} may no longer run analyses.", account=run.requested_by.username)
            return Failure(words, is_final=True)
        case RegistryInMotion():
            return Failure(error.words)
        case OperationalError() | InterfaceError():
            return Failure(Message("The database could not be reached, or stopped while the analysis ran."))
    facts = {"fault": type(error).__name__, "run": run.number}
    if isinstance(error, DatabaseError):
        return Failure(
            Message(
                "The database refused a step of the analysis: {fault}. "
                "Tell the administrator; the log of the worker names the run {run}.",
                **facts,
            )
        )
    return Failure(
        Message(
            "The analysis stopped on a fault of the registry: {fault}. "
            "Tell the administrator; the log of the worker names the run {run}.",
            **facts,
        )
    )
