"""The rows of a snapshot as what is counted: records, items asked for, owed forms, queries and last contacts."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Final

from django.utils import timezone

from analytics.cohort.forms import patients
from analytics.reports.content import Source
from registry.crf import codebook, conditions
from registry.crf.fields import crf_fields
from registry.derivations import outcome, transplant, treatment

Row = Mapping[str, Any]

KNOWN, REASON, NO_ANSWER = "known", "missing for a reason", "no answer"
BY_A_PERSON: Final = "asked by a person"


@dataclass(frozen=True)
class Facts:
    """Tables with a centre in every row; the R script counts in the same ones."""

    source: Source

    @cached_property
    def reference(self) -> dt.date:
        """The day of the snapshot, or the data cut-off where it is earlier."""
        today = timezone.localdate(self.source.taken_at)
        return min(today, self.source.cut_off) if self.source.cut_off else today

    @cached_property
    def centre_of(self) -> Mapping[str, int]:
        return {row["patient_id"]: int(row["centre_no"]) for row in self.source.forms["patient"]}

    @cached_property
    def patients(self) -> list[Row]:
        """First dose, last contact, and who is dead: of whom the follow-up is asked."""
        found = []
        for patient in patients(self.source.forms):
            contact = outcome.last_contact(patient) or transplant.date_of_hct(patient)
            first = treatment.first_dose(patient)
            is_followed = first and contact and not patient.one("patient").yes("excluded")
            found.append(
                {
                    "patient_id": patient.patient_id,
                    "centre_no": self.centre_of[patient.patient_id],
                    "first_dose": str(first) if is_followed else None,
                    "last_contact": str(contact) if is_followed else None,
                    "dead": int(outcome.is_dead(patient)),
                }
            )
        return found

    @cached_property
    def records(self) -> list[Row]:
        return [
            {"form": form, "centre_no": self.centre_of[row["patient_id"]], "state": row["state"]}
            for form, row in self._rows()
        ]

    @cached_property
    def items(self) -> list[Row]:
        """Every item that the paper asks for, given the other answers of its record."""
        return [
            {"form": form, "item": field.crf.number, "centre_no": self.centre_of[row["patient_id"]], "answer": answer}
            for form, row in self._rows()
            for field, answer in _answers(form, row)
        ]

    @cached_property
    def owed(self) -> list[Row]:
        return [
            {
                "form": row["form"],
                "centre_no": row["centre_no"],
                "state": row["state"],
                "late": int(bool(row["deadline"]) and row["deadline"] < self.reference.isoformat()),
            }
            for row in self.source.work.owed
        ]

    @cached_property
    def queries(self) -> list[Row]:
        return [
            {
                "check": row["check"] or BY_A_PERSON,
                "centre_no": row["centre_no"],
                "state": "open" if row["state"] == "reopened" else row["state"],
                "verdict": _verdict(row),
                "days": (self.source.taken_at - dt.datetime.fromisoformat(row["raised_at"])).days,
            }
            for row in self.source.work.queries
        ]

    def _rows(self) -> Iterator[tuple[str, Row]]:
        for form, rows in self.source.forms.items():
            if form != "centre":
                yield from ((form, row) for row in rows)


def _verdict(query: Row) -> str:
    """Whether the value stood or was changed; empty while that is not decided."""
    if query["answer"]:
        return "changed" if query["answer"] == "corrected" else "stands"
    return "changed" if query["corrected"] and query["check"] else ""


def _answers(form: str, row: Row) -> Iterator[tuple[Any, str]]:
    record = _as_record(form, row)
    for field in _FIELDS[form]:
        required = field.crf.required
        if required if isinstance(required, bool) else conditions.evaluate(required, record):
            value = getattr(record, field.name)
            reason = REASON if field.name in record.missing or field.crf.name in record.missing else NO_ANSWER
            yield field, reason if value is None else KNOWN


def _as_record(form: str, row: Row) -> Any:
    """What conditions read: the answers as the database has them, by the names of the fields."""
    values = {field.name: _typed(field, row.get(field.crf.name)) for field in _FIELDS[form]}
    return SimpleNamespace(**values, missing=row.get("missing") or {})


def _typed(field: Any, value: Any) -> Any:
    return value if value is None or field.is_relation else field.to_python(value)


class _Fields(dict[str, list[Any]]):
    def __missing__(self, form: str) -> list[Any]:
        self.update({model.form: crf_fields(model) for model in codebook.forms()})
        return self[form]


_FIELDS = _Fields()
