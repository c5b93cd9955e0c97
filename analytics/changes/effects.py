"""What each patient's changes do to the headline numbers: computed with them and without them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from analytics.cohort import csv_text
from analytics.cohort.data_set import AnalysisDataSet, read_csv
from analytics.plan.headline import ENTRIES, headline
from analytics.plan.registry import run
from analytics.reports.results_json import plain

# Beyond this many patients only the effect of all changes together is computed.
MOST_PATIENTS: Final = 300

Rows = Mapping[str, Mapping[str, str]]
Number = Mapping[str, Any]
Headline = Mapping[str, Number]


@dataclass(frozen=True)
class Effect:
    """One headline number without and with the change."""

    label: str
    without: Number | None
    with_it: Number | None


def headline_of(data: AnalysisDataSet) -> Headline:
    """The headline numbers of a data set, as results.json has them."""
    found = run(data, only=ENTRIES)
    return headline((entry.analysis.id, plain(entry.result.numbers)) for entry in found if entry.result)


def effects_by_patient(before: AnalysisDataSet, after: AnalysisDataSet) -> dict[str, list[Effect]]:
    """Of every patient whose row of the analysis differs; a patient who entered or left it has a row on one side."""
    old, new = rows_of(before), rows_of(after)
    changed = [patient for patient in sorted(old.keys() | new.keys()) if old.get(patient) != new.get(patient)]
    if len(changed) > MOST_PATIENTS:
        return {}
    with_all = headline_of(after)
    return {patient: differences(headline_of(_without(patient, old, new)), with_all) for patient in changed}


def differences(without: Headline, with_it: Headline) -> list[Effect]:
    """Only the numbers that differ in value or limits."""
    labels = {**without, **with_it}
    pairs = ((label, without.get(label), with_it.get(label)) for label in labels)
    return [Effect(label, one, other) for label, one, other in pairs if _seen(one) != _seen(other)]


def rows_of(data: AnalysisDataSet) -> Rows:
    """By patient; without the cut-off, which is the registry's and not the patient's."""
    names = [name for name in data.cells if name != "cutoff_date"]
    columns = zip(*(data.cells[name] for name in names), strict=True)
    return {cells[0]: dict(zip(names, cells, strict=True)) for cells in columns}


def _without(patient: str, old: Rows, new: Rows) -> AnalysisDataSet:
    """All as it is now, but this patient as before."""
    mixed = {name: row for name, row in new.items() if name != patient}
    if patient in old:
        mixed[patient] = old[patient]
    return read_csv(csv_text.write({"cutoff_date": "", **mixed[name]} for name in sorted(mixed)))


def _seen(number: Number | None) -> Any:
    return number and tuple(number[name] for name in ("value", "lower", "upper", "n", "events"))
