"""The rows of a snapshot, gathered by patient."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from registry.derivations.patient import Patient, Record, Row

Forms = Mapping[str, Sequence[Row]]


def patients(forms: Forms) -> Iterator[Patient]:
    """Every patient of the snapshot by number; ``centre`` rows belong to nobody."""
    by_patient: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for form, rows in forms.items():
        if form != "centre":
            for row in rows:
                by_patient[str(row["patient_id"])][form].append(row)
    for patient_id in sorted(by_patient):
        yield Patient(patient_id, {form: _in_order(form, rows) for form, rows in by_patient[patient_id].items()})


def _in_order(form: str, rows: list[Row]) -> tuple[Record, ...]:
    return tuple(Record(form, row) for row in sorted(rows, key=lambda row: int(str(row.get("instance_no", 0)))))
