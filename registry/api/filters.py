"""By what lists can be chosen and ordered. A parameter stands here or is refused."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField
from drf_spectacular.utils import extend_schema_field

from registry.models import AuditEntry, CrfForm

ORDER: Final = "In which order; with a minus the other way round."


@extend_schema_field({"type": "integer", "description": "Number of the centre."})
class CentreFilter(filters.Filter):
    field_class = forms.IntegerField

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=99, **options)


class MomentField(IsoDateTimeField):
    """In UTC: PostgreSQL knows fewer offsets than ISO 8601 writes."""

    def clean(self, value: Any) -> Any:
        moment = super().clean(value)
        try:
            return moment and moment.astimezone(dt.UTC)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class ChangedSince(filters.IsoDateTimeFilter):
    """Records of which the audit trail has an entry since then: what a program fetches that fetched the rest before."""

    field_class = MomentField

    def filter(self, rows: Any, value: Any) -> Any:
        if value is None:
            return rows
        entries = AuditEntry.objects.of_form(rows.model).filter(row=Cast(OuterRef("pk"), CharField()), at__gte=value)
        return rows.filter(Exists(entries))


class RecordFilter(filters.FilterSet):
    """Of the records of one form."""

    patient = filters.UUIDFilter(field_name="patient__public_id", label="The patient, by `id`.")
    patient_number = filters.CharFilter(field_name="patient__number", label="The patient, by registry number.")
    centre = CentreFilter(field_name="centre_id")
    state = filters.ChoiceFilter(choices=CrfForm.State.choices, label="The state of the record.")
    changed_since = ChangedSince(label="Entered or changed at this time or later.")
    order = filters.OrderingFilter(
        fields=[("patient__number", "patient_number"), ("centre_id", "centre"), ("state", "state"), ("pk", "entered")],
        label=ORDER,
    )


class PatientFilter(filters.FilterSet):
    patient_number = filters.CharFilter(field_name="number", label="The registry number, such as 03-001.")
    centre = CentreFilter(field_name="centre_id")
    state = filters.ChoiceFilter(choices=CrfForm.State.choices, label="The state of the form Patient.")
    changed_since = ChangedSince(label="Entered or changed at this time or later.")
    order = filters.OrderingFilter(
        fields=[("number", "patient_number"), ("centre_id", "centre"), ("state", "state"), ("pk", "entered")],
        label=ORDER,
    )
