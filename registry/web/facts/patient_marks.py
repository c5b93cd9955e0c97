"""What stands on top of the states of a patient's records: queries, verified, signed; and the steps of this reader."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.actions.record_facts import is_signature_whole
from registry.checks.records import PatientRecords
from registry.models import CrfForm, Query, Signature, Verification
from registry.models import form_kinds as kinds
from registry.web.chosen import token_of
from registry.web.queries.filters import list_of

State = CrfForm.State
Key = tuple[str, Any]


@dataclass(frozen=True)
class FormMarks:
    """Of one form with its repeats: open queries, and how many records are no longer as they were signed."""

    queries: int
    queries_url: str
    broken: int


@dataclass(frozen=True)
class PatientMarks:
    """An address is empty for who may not go there."""

    patient: Any
    queries: Counter[str]
    verified: dict[Key, bool]  # true: the whole record, false: items of it
    signed: dict[Key, bool]  # false: no longer as signed
    sign: str = ""
    unsigned: int = 0  # how many records the address offers for signing
    lock: str = ""
    unlock: str = ""

    def of(self, form: str) -> FormMarks:
        broken = sum(not is_whole for (name, _pk), is_whole in self.signed.items() if name == form)
        return FormMarks(self.queries[form], list_of(patient=str(self.patient), form=form), broken)

    @property
    def open_queries(self) -> int:
        return self.queries.total()

    def is_verified(self, record: Any) -> bool:
        return self.verified.get((record.form, record.pk), False)

    def highest_state(self, record: Any) -> str:
        """What counts of a record: locked, else signed, else verified, else its state."""
        if record.state != State.COMPLETE:
            return str(record.state)
        if self.signed.get((record.form, record.pk)):
            return kinds.SIGNED
        return kinds.VERIFIED if self.is_verified(record) else str(record.state)


def marks_of_patient(records: PatientRecords, queries: Iterable[Query], *, user: Any) -> PatientMarks:
    """Two database queries, whatever the number of records."""
    patient, everything = records.patient, list(records.everything())
    verified = {(each.form_name, each.record_id): not each.fields for each in _facts(Verification, patient)}
    signatures = {(each.form_name, each.record_id): each for each in _facts(Signature, patient)}
    unsigned = [each for each in everything if each.state == State.COMPLETE and (each.form, each.pk) not in signatures]
    may_sign = may(user, Permission.SIGN, centre=patient.centre_id)
    is_locked, may_lock = patient.state == State.LOCKED, may(user, Permission.LOCK)
    return PatientMarks(
        patient=patient,
        queries=Counter(query.form_name for query in queries if query.is_open),
        verified=verified,
        signed={
            key: is_signature_whole(signatures[key], record)
            for record in everything
            if (key := (record.form, record.pk)) in signatures
        },
        sign=_sign_address(unsigned) if may_sign and unsigned else "",
        unsigned=len(unsigned),
        lock=reverse("lock patient", args=[patient.public_id]) if may_lock and not is_locked else "",
        unlock=reverse("unlock patient", args=[patient.public_id]) if may_lock and is_locked else "",
    )


def to_verify(records: PatientRecords, marks: PatientMarks, *, after: Any = None) -> list[Any]:
    """The complete records that nobody has verified as a whole, in the order of the paper; those behind one first."""
    everything = list(records.everything())
    keys = [(each.form, each.pk) for each in everything]
    start = keys.index((after.form, after.pk)) + 1 if after is not None else 0
    in_turn = everything[start:] + everything[:start]
    return [each for each in in_turn if each.state == State.COMPLETE and not marks.is_verified(each)]


def verify_address(record: Any) -> str:
    return f"{reverse('verify')}?{urlencode({'about': token_of(record)})}"


def _facts(model: Any, patient: Any) -> Any:
    return model.objects.filter(patient=patient)


def _sign_address(records: Iterable[Any]) -> str:
    return f"{reverse('sign')}?{urlencode([('about', token_of(record)) for record in records])}"
