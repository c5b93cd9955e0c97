"""Which patients are handed out by the state of their forms: the same three states as a snapshot's."""

from functools import reduce
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from registry.models import PATIENT_FORMS, CrfForm, Death, FollowUp, Patient, Signature, Snapshot
from registry.models.owed_forms import is_owed, is_screening_failure

DataState = Snapshot.DataState


def in_data_state(patients: Any, state: str) -> Any:
    """The patients whose required forms are all complete, or all signed; everybody where all are asked for."""
    if state == DataState.ALL:
        return patients
    parts = [*_not_complete(patients), *(_not_signed(patients) if state == DataState.SIGNED else ())]
    together = reduce(lambda one, other: one.union(other), [part.order_by().values_list("pk") for part in parts])
    left_out = sorted({pk for (pk,) in together})
    return patients.exclude(pk__in=RawSQL("select unnest(%s::bigint[])", [left_out]))


def _not_complete(patients: Any) -> list[Any]:
    draft = Q(state=CrfForm.State.IN_PROGRESS)
    parts = [patients.filter(draft)]
    for model in PATIENT_FORMS:
        own = model.objects.filter(patient=OuterRef("pk"))
        parts.append(patients.filter(Exists(own.filter(draft)) | (is_owed(model.form) & ~Exists(own))))
    ends = [~Exists(model.objects.filter(patient=OuterRef("pk"))) for model in (FollowUp, Death)]
    return [*parts, patients.filter(*ends).exclude(is_screening_failure())]


def _not_signed(patients: Any) -> list[Any]:
    signed = {model: Signature.objects.filter(form_name=model.form).values("record_id") for model in _models()}
    own = [model.objects.exclude(pk__in=signed[model]) for model in PATIENT_FORMS]
    unsigned = [patients.filter(Exists(records.filter(patient=OuterRef("pk")))) for records in own]
    return [patients.exclude(pk__in=signed[Patient]), *unsigned]


def _models() -> tuple[Any, ...]:
    return (Patient, *PATIENT_FORMS)
