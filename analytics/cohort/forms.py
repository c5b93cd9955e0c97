"""The rows of a snapshot, gathered by patient."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter

from analytics.cohort.stored_rows import StoredRows
from registry.derivations.patient import Patient, Record, Row

Forms = Mapping[str, Sequence[Row]]
Part = tuple[str, str, tuple[Record, ...]]  # of a patient: the number, the form, its records


def patients(forms: Forms) -> Iterator[Patient]:
    """Every patient of the snapshot by number, one at a time; ``centre`` rows belong to nobody."""
    parts = merge(*(_parts(form, rows) for form, rows in forms.items() if form != "centre"), key=itemgetter(0))
    for patient_id, found in groupby(parts, key=itemgetter(0)):
        yield Patient(patient_id, {form: records for _, form, records in found})


def _parts(form: str, rows: Sequence[Row]) -> Iterator[Part]:
    # Repeated forms are frozen in the order of the patients; the patients themselves as the database sorts text.
    is_sorted = isinstance(rows, StoredRows) and form != "patient"
    in_order: Iterable[Row] = rows if is_sorted else sorted(rows, key=_patient_of)
    last = ""
    for patient_id, found in groupby(in_order, key=_patient_of):
        if patient_id <= last:
            raise ValueError(f"the rows of the form {form} are not in the order of the patients at {patient_id}")
        yield patient_id, form, _in_order(form, list(found))
        last = patient_id


def _patient_of(row: Row) -> str:
    return str(row["patient_id"])


def _in_order(form: str, rows: list[Row]) -> tuple[Record, ...]:
    if len(rows) > 1:
        rows = sorted(rows, key=lambda row: int(str(row.get("instance_no", 0))))
    return tuple(Record(form, row) for row in rows)
