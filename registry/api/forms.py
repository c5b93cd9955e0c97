"""A door for each form of a patient, made from its declaration."""

from typing import Any

from registry.api.description import operations
from registry.api.records import RecordDoor, RepeatDoor
from registry.models import PATIENT_FORMS


def door_of(model: Any) -> type[RecordDoor]:
    kind = RepeatDoor if model.repeats else RecordDoor
    # Where the paper numbers the form itself, the number is an item among the values.
    is_numbered = model.repeats and model.number_field == "instance_no"
    beside = ("patient", "instance_no") if is_numbered else ("patient",)
    door = type(f"{model.__name__}Door", (kind,), {"model": model, "beside": beside, "__module__": __name__})
    return operations.of_records(model)(door)  # type: ignore[no-any-return]


DOORS: tuple[type[RecordDoor], ...] = tuple(door_of(model) for model in PATIENT_FORMS)
