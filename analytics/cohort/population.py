"""Who is in the analysis: populations, data states, and the list of those left out with the reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Self

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import Mask
from registry.derivations import transplant, treatment
from registry.derivations.patient import Patient

Reason = str
Criterion = Callable[[Patient], Reason | None]

ALWAYS_REQUIRED = (
    "patient",
    "eligibility",
    "diagnosis",
    "baseline",
    "ino_cycle",
    "hct",
    "sos_vod",
    "gvhd",
    "maintenance",
)
AT_LEAST_COMPLETE = ("complete", "locked")


class DataState(Enum):
    """Which patients are analysed by the state of their forms."""

    COMPLETE = "complete"
    SIGNED = "signed"
    ALL = "all"


@dataclass(frozen=True)
class Population:
    """``window`` limits the date of the first INO dose, both days included."""

    name: str
    description: str
    window: tuple[date, date] | None = None


STANDING = Population("standing", "eligible patients with an allogeneic HCT after INO, not excluded")
PUBLISHED_COHORT = Population(
    "published cohort",
    "eligible patients with an allogeneic HCT after INO, not excluded, first INO dose 2016 to 2022",
    (date(2016, 1, 1), date(2022, 12, 31)),
)


@dataclass(frozen=True)
class FlowStep:
    """Patients who passed a step, and those who did not by reason; the rows are those of everybody enrolled."""

    title: str
    n: Count
    left_out: Mapping[Reason, Count]

    @property
    def n_left_out(self) -> Count:
        """Those who did not pass, whatever the reason."""
        nobody = np.zeros(self.n.rows.size, dtype=bool)
        return Count(np.logical_or.reduce([nobody, *(count.rows for count in self.left_out.values())]))


@dataclass(frozen=True)
class Flow:
    """From enrolment to the analysis, in order; each step starts from the patients of the one before."""

    population: str
    enrolled: tuple[str, ...]
    steps: tuple[FlowStep, ...]

    @classmethod
    def of_enrolled(cls, population: str, enrolled: Sequence[str]) -> Self:
        """The first step: everybody, by number."""
        everybody = Count(np.ones(len(enrolled), dtype=bool))
        return cls(population, tuple(enrolled), (FlowStep("enrolled", everybody, {}),))

    def narrowed(self, title: str, verdicts: Mapping[int, Reason | None]) -> Self:
        """One more step; the verdicts are the reasons by row, None for who passes."""
        rows: dict[Reason | None, Mask] = {None: np.zeros(len(self.enrolled), dtype=bool)}
        for row, reason in verdicts.items():
            rows.setdefault(reason, np.zeros(len(self.enrolled), dtype=bool))[row] = True
        left_out = {reason: Count(rows[reason]) for reason in sorted(reason for reason in rows if reason is not None)}
        return replace(self, steps=(*self.steps, FlowStep(title, Count(rows[None]), left_out)))

    @property
    def remaining(self) -> Sequence[int]:
        """The rows of those who passed every step so far."""
        return [int(row) for row in np.flatnonzero(self.steps[-1].n.rows)]

    @property
    def left_out(self) -> Mapping[Reason, Count]:
        """Everyone enrolled and not analysed, by reason."""
        rows: dict[Reason, Mask] = {}
        for step in self.steps:
            for reason, count in step.left_out.items():
                rows[reason] = rows.get(reason, False) | count.rows
        return {reason: Count(found) for reason, found in rows.items()}


class Selection:
    """Who of the patients, asked one by one, is in a population in the wanted data state; and the flow to there."""

    def __init__(self, population: Population, data_state: DataState) -> None:
        self._population = population
        self._criteria = _criteria(population, data_state)
        self._enrolled: list[str] = []
        self._stopped: dict[int, tuple[int, Reason]] = {}  # by row: at which step, and why

    def takes(self, patient: Patient) -> bool:
        """Whether the patient passes every criterion."""
        self._enrolled.append(patient.patient_id)
        for step, (_, criterion) in enumerate(self._criteria):
            if reason := criterion(patient):
                self._stop(step, reason)
                return False
        return True

    def leave_out(self, reason: Reason) -> None:
        """The patient who was taken last cannot be analysed."""
        self._stop(len(self._criteria), reason)

    def flow(self, last_step: str) -> Flow:
        """From enrolment to the analysis."""
        flow = Flow.of_enrolled(self._population.description, self._enrolled)
        for number, title in enumerate([*(title for title, _ in self._criteria), last_step]):
            flow = flow.narrowed(title, {row: self._reason(row, number) for row in flow.remaining})
        return flow

    def _stop(self, step: int, reason: Reason) -> None:
        self._stopped[len(self._enrolled) - 1] = step, reason

    def _reason(self, row: int, number: int) -> Reason | None:
        step, reason = self._stopped.get(row, (None, None))
        return reason if step == number else None


def _criteria(population: Population, data_state: DataState) -> list[tuple[str, Criterion]]:
    criteria: list[tuple[str, Criterion]] = [
        ("eligible", _not_eligible),
        ("allogeneic HCT done", _not_transplanted),
        ("not excluded", _excluded),
    ]
    if population.window is not None:
        first, last = population.window
        criteria.append(
            (
                f"first INO dose {first} to {last}",
                lambda patient: _outside(treatment.first_dose(patient), first, last),
            )
        )
    if data_state is not DataState.ALL:
        criteria.append(("all required forms complete", not_complete))
    if data_state is DataState.SIGNED:
        criteria.append(("all forms signed", not_signed))
    return criteria


def _not_eligible(patient: Patient) -> Reason | None:
    """D02 without its calendar window."""
    eligibility = patient.one("eligibility")
    if eligibility.yes("ball_confirmed") is None or eligibility.yes("hct_after_ino") is None:
        return "eligibility not answered"
    if not eligibility.yes("ball_confirmed"):
        return "B-ALL not confirmed"
    return None if eligibility.yes("hct_after_ino") else "no allogeneic HCT after INO"


def _not_transplanted(patient: Patient) -> Reason | None:
    return None if transplant.date_of_hct(patient) else "no date of HCT"


def _excluded(patient: Patient) -> Reason | None:
    return "excluded by the coordinating centre" if patient.one("patient").yes("excluded") else None


def _outside(day: date | None, first: date, last: date) -> Reason | None:
    if day is None:
        return "no INO dose recorded"
    return None if first <= day <= last else "first INO dose outside the window"


def not_complete(patient: Patient) -> Reason | None:
    """The first form that is missing or still in progress, in words."""
    missing = next((form for form in required_forms(patient) if not patient.all(form)), None)
    if missing is not None:
        return f"form missing: {missing}"
    if not patient.all("follow_up") and not patient.all("death"):
        return "neither follow-up nor death recorded"
    for form, records in patient.records.items():
        if any(record.state not in AT_LEAST_COMPLETE for record in records):
            return f"form in progress: {form}"
    return None


def not_signed(patient: Patient) -> Reason | None:
    """The first form without a signature; what was changed after it was signed has none."""
    for form, records in patient.records.items():
        if not all(record.yes("signed") for record in records):
            return f"form not signed: {form}"
    return None


def required_forms(patient: Patient) -> tuple[str, ...]:
    """Lines before INO are required but in CML blast crisis, drugs unless the conditioning was irradiation alone."""
    required: tuple[str, ...] = ALWAYS_REQUIRED
    if patient.one("diagnosis").code("dx_entity") != "cml_lbc":
        required += ("prior_treatment",)
    if not patient.one("hct").yes("tbi"):
        required += ("conditioning_drug",)
    return required
