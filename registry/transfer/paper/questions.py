"""The questions of a form as paper shows them: a unit of one value stands beside that value."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from registry.crf.fields import crf_fields, is_beside_value, unit_beside


@dataclass(frozen=True)
class Question:
    field: Any
    unit_field: Any | None  # entered beside the value

    @property
    def numbers(self) -> str:
        """Item numbers of the paper form."""
        return ", ".join(field.crf.number for field in (self.field, self.unit_field) if field)


def questions(model: Any) -> Iterator[Question]:
    for field in crf_fields(model):
        if not is_beside_value(field):
            unit = unit_beside(field)
            yield Question(field, model._meta.get_field(unit) if unit else None)
