"""What the patient page shows beside the states: queries, verified and signed records, and the steps of this reader."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.actions.record_facts import is_signature_whole
from registry.checks.records import PatientRecords
from registry.models import CrfForm, Signature, Verification
from registry.web.chosen import token_of
from registry.web.queries.fields import open_queries_by_form
from registry.web.queries.filters import list_of

State = CrfForm.State


@dataclass(frozen=True)
class FormMarks:
    """Of one form with its repeats: open queries, and how many records are verified, signed, or no longer as signed."""

    queries: int = 0
    queries_url: str = ""
    verified: int = 0
    signed: int = 0
    broken: int = 0


@dataclass(frozen=True)
class PatientMarks:
    """An address is empty for who may not go there."""

    forms: dict[str, FormMarks] = field(default_factory=dict)
    sign: str = ""
    unsigned: int = 0  # how many records the address offers for signing
    lock: str = ""
    unlock: str = ""

    def of(self, form: str) -> FormMarks:
        return self.forms.get(form, FormMarks())


def marks_of_patient(records: PatientRecords, *, user: Any) -> PatientMarks:
    """Three database queries, whatever the number of records."""
    patient = records.patient
    queries = open_queries_by_form([patient])
    verified = {(each.form_name, each.record_id) for each in Verification.objects.filter(patient=patient)}
    signatures = {(each.form_name, each.record_id): each for each in Signature.objects.filter(patient=patient)}
    everything = list(records.everything())
    counts: dict[str, Counter[str]] = {record.form: Counter() for record in everything}
    for record in everything:
        signature = signatures.get((record.form, record.pk))
        counts[record.form]["verified"] += (record.form, record.pk) in verified
        if signature:
            counts[record.form]["signed" if is_signature_whole(signature, record) else "broken"] += 1
    unsigned = [each for each in everything if each.state == State.COMPLETE and (each.form, each.pk) not in signatures]
    may_sign = may(user, Permission.SIGN, centre=patient.centre_id)
    is_locked, may_lock = patient.state == State.LOCKED, may(user, Permission.LOCK)
    return PatientMarks(
        forms={
            form: _form_marks(patient, form, queries[patient.pk, form], counts.get(form, Counter()))
            for form in {*counts, *(form for _patient, form in queries)}
        },
        sign=_sign_address(unsigned) if may_sign and unsigned else "",
        unsigned=len(unsigned),
        lock=reverse("lock patient", args=[patient.public_id]) if may_lock and not is_locked else "",
        unlock=reverse("unlock patient", args=[patient.public_id]) if may_lock and is_locked else "",
    )


def _form_marks(patient: Any, form: str, queries: int, counts: Counter[str]) -> FormMarks:
    return FormMarks(queries=queries, queries_url=list_of(patient=str(patient), form=form), **counts)


def _sign_address(records: Iterable[Any]) -> str:
    return f"{reverse('sign')}?{urlencode([('about', token_of(record)) for record in records])}"
