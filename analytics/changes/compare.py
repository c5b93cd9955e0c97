"""Two snapshots of the registry side by side: what was changed, by whom, and what it did to the numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.changes.effects import Effect, differences, effects_by_patient, headline_of, rows_of
from analytics.changes.rows import Change, changes, patients_of
from analytics.cohort.build import build
from analytics.cohort.data_set import AnalysisDataSet
from analytics.reports.content import Source

Author = Mapping[str, Any]
# Who made a change, by patient, form, record and field.
Authors = Mapping[tuple[str, str, int, str], Author]


@dataclass(frozen=True)
class SignedChange:
    """A change with who made it, why and when; no author where the trail has none, as for a restored database."""

    change: Change
    author: Author | None


@dataclass(frozen=True)
class PatientChanges:
    """What became of one patient. ``effects`` is None where it was not computed for each patient."""

    patient: str
    is_new: bool
    enters_analysis: bool
    leaves_analysis: bool
    changes: tuple[SignedChange, ...]
    effects: tuple[Effect, ...] | None


@dataclass(frozen=True)
class Comparison:
    """``total`` are the headline numbers that differ between the two."""

    patients_before: int
    patients_after: int
    analysed_before: int
    analysed_after: int
    total: tuple[Effect, ...]
    patients: tuple[PatientChanges, ...]


def compare(before: Source, after: Source, authors: Authors) -> Comparison:
    """The later of two snapshots against the earlier, both read in their own data state."""
    old, new = _data_set(before), _data_set(after)
    found: dict[str, list[SignedChange]] = {}
    for change in changes(before.forms, after.forms):
        place = change.patient, change.form, change.instance, change.field
        found.setdefault(change.patient, []).append(SignedChange(change, authors.get(place)))
    rows_before, rows_after = rows_of(old), rows_of(new)
    effects = effects_by_patient(old, new)
    moved = {name for name in rows_before.keys() | rows_after.keys() if rows_before.get(name) != rows_after.get(name)}
    added = patients_of(after.forms) - patients_of(before.forms)
    patients = tuple(
        PatientChanges(
            patient=patient,
            is_new=patient in added,
            enters_analysis=patient in rows_after and patient not in rows_before,
            leaves_analysis=patient in rows_before and patient not in rows_after,
            changes=tuple(found.get(patient, ())),
            effects=_effects(patient, effects, is_moved=patient in moved),
        )
        for patient in sorted(found.keys() | moved)
    )
    return Comparison(
        patients_before=len(patients_of(before.forms)),
        patients_after=len(patients_of(after.forms)),
        analysed_before=old.n,
        analysed_after=new.n,
        total=tuple(differences(headline_of(old), headline_of(new))),
        patients=patients,
    )


def _effects(patient: str, effects: Mapping[str, list[Effect]], *, is_moved: bool) -> tuple[Effect, ...] | None:
    if not is_moved:
        return ()
    return tuple(effects[patient]) if patient in effects else None


def _data_set(source: Source) -> AnalysisDataSet:
    return build(source.forms, data_state=source.data_state, cut_off=source.cut_off).data_set
