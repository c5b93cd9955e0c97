"""One patient's line of the status board: a cell for each form, its repeats condensed to `2/3`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.models import Patient, Signature, Verification
from registry.models import form_kinds as kinds
from registry.models.form_rows import MODELS, FormRow
from registry.web.board.addresses import row_address
from registry.web.board.words import WORDS
from registry.web.queries.fields import open_queries_by_form
from registry.web.states import css_class

DONE = (kinds.State.COMPLETE, kinds.State.LOCKED)


@dataclass(frozen=True)
class Cell:
    """One form of one patient."""

    title: str
    url: str
    state: str  # the highest that all its records have reached; the least finished record decides
    done: int = 0
    total: int = 0
    is_overdue: bool = False
    queries: int = 0

    @property
    def css(self) -> str:
        return css_class(self.state)

    @property
    def fraction(self) -> str:
        return f"{self.done}/{self.total}" if self.total > 1 else ""

    @cached_property
    def words(self) -> str:
        """All of the cell for those who do not see it."""
        parts = [str(WORDS[self.state])]
        if self.total > 1:
            parts.append(_("%(done)d of %(total)d complete") % {"done": self.done, "total": self.total})
        if self.is_overdue:
            parts.append(str(WORDS[kinds.OVERDUE]))
        if self.queries:
            parts.append(ngettext("%d open query", "%d open queries", self.queries) % self.queries)
        return f"{self.title}: {', '.join(parts)}"


@dataclass(frozen=True)
class Facts:
    """What rests on the records of some patients: two database queries for all of them."""

    verified: frozenset[tuple[str, int]]
    signed: frozenset[tuple[str, int]]

    def of(self, row: FormRow) -> list[str]:
        key = (row.form, row.record)
        return [kind for kind, facts in ((kinds.VERIFIED, self.verified), (kinds.SIGNED, self.signed)) if key in facts]


def facts_of(patients: Iterable[int]) -> Facts:
    verified = Verification.objects.filter(patient__in=patients, fields=[]).values_list("form_name", "record_id")
    signed = Signature.objects.filter(patient__in=patients).values_list("form_name", "record_id")
    return Facts(frozenset(verified), frozenset(signed))


def lines(
    patients: Sequence[Patient], rows: Iterable[FormRow], reference: Any
) -> list[tuple[Patient, list[Cell | None]]]:
    """Patients with their cells in the order of the paper; None where a patient neither has nor owes the form."""
    facts, queries = facts_of([patient.pk for patient in patients]), open_queries_by_form(patients)
    found: dict[tuple[int, int], list[FormRow]] = defaultdict(list)
    for row in rows:
        found[row.patient, row.place].append(row)
    return [
        (
            patient,
            [
                _cell(found[patient.pk, place], facts, queries, reference) if (patient.pk, place) in found else None
                for place in range(len(MODELS))
            ],
        )
        for patient in patients
    ]


def _cell(rows: list[FormRow], facts: Facts, queries: Counter[tuple[int, str]], reference: Any) -> Cell:
    first = rows[0]
    return Cell(
        title=str(MODELS[first.place]._meta.verbose_name),
        url=row_address(first) if len(rows) == 1 else f"{reverse('patient', args=[first.patient_id])}#{first.form}",
        state=_state(rows, facts),
        done=sum(row.state in DONE for row in rows),
        total=len(rows),
        is_overdue=any(is_overdue(row, reference) for row in rows),
        queries=queries[first.patient, first.form],
    )


def is_overdue(row: FormRow, reference: Any) -> bool:
    return row.deadline is not None and row.deadline < reference


def _state(rows: list[FormRow], facts: Facts) -> str:
    least = min((row.state for row in rows), key=kinds.STATES.index)
    if least != kinds.State.COMPLETE:
        return least
    common = [kind for kind in (kinds.SIGNED, kinds.VERIFIED) if all(kind in facts.of(row) for row in rows)]
    return common[0] if common else least
