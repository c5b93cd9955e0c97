"""Verified, signed, locked: what a record or a patient shows of it, and the steps that this reader may take."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.actions.record_facts import facts, is_signature_whole
from registry.crf.fields import crf_fields
from registry.models import CrfForm, Signature, Verification
from registry.web.chosen import token_of
from registry.web.queries.fields import RecordQueries, queries_of

State = CrfForm.State


@dataclass(frozen=True)
class RecordMarks:
    """What rests on the content of one record. An address is empty for who may not go there."""

    queries: RecordQueries
    verification: Verification | None = None
    verified_items: tuple[str, ...] = ()  # empty: the whole record
    signature: Signature | None = None
    is_whole: bool = True
    verify: str = ""
    sign: str = ""


def marks_of(record: Any, *, user: Any) -> RecordMarks:
    """Three database queries: queries, verification, signature."""
    queries = queries_of(record, user=user)
    if record.form == "centre" or not record.is_started:
        return RecordMarks(queries)
    verification = facts(Verification, record).select_related("by").first()
    signature = facts(Signature, record).select_related("by").first()
    is_complete = record.state == State.COMPLETE
    may_sign = is_complete and may(user, Permission.SIGN, centre=record.centre_id)
    return RecordMarks(
        queries=queries,
        verification=verification,
        verified_items=_labels(record, verification.fields) if verification else (),
        signature=signature,
        is_whole=signature is None or is_signature_whole(signature, record),
        verify=_address("verify", record) if is_complete and may(user, Permission.VERIFY) else "",
        sign=_address("sign", record) if may_sign else "",
    )


def _labels(record: Any, names: list[str]) -> tuple[str, ...]:
    return tuple(str(field.verbose_name) for field in crf_fields(type(record)) if field.name in names)


def _address(name: str, record: Any) -> str:
    return f"{reverse(name)}?{urlencode({'about': token_of(record)})}"
