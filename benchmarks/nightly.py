"""All checks over every patient, as each night, beside the mere reading of the same records."""

import time
from collections.abc import Callable, Iterator

from registry.access.context import scope, system
from registry.actions.rule_queries import check_patient
from registry.models import Patient, Query
from registry.models.patient_records import load_patient_records

SAMPLE = 100


def report(patients: int) -> Iterator[str]:
    with scope(system("benchmark", read="all")):
        every = patients // SAMPLE
        sample = [each for each in Patient.objects.select_related("centre").order_by("pk") if each.pk % every == 0]
        reading = _seconds_each(load_patient_records, sample)
    queries = _number_of_queries()
    first = _seconds_each(check_patient, sample)
    raised = _number_of_queries() - queries
    again = _seconds_each(check_patient, sample)
    yield "## The nightly run of the checks"
    yield ""
    yield f"Measured on {len(sample)} of the patients; elapsed time. All means all {patients:,}, one after the other."
    yield ""
    yield "| run | a patient, ms | all, minutes | ratio to reading the records of the patient |"
    yield "|---|--:|--:|--:|"
    for title, seconds in ((f"first: raises {raised} queries", first), ("again: nothing new", again)):
        yield f"| {title} | {1000 * seconds:.0f} | {seconds * patients / 60:.1f} | {seconds / reading:.1f} |"


def _number_of_queries() -> int:
    with scope(system("benchmark", read="all")):
        return Query.objects.count()


def _seconds_each(work: Callable[[Patient], object], patients: list[Patient]) -> float:
    started = time.perf_counter()
    for patient in patients:
        work(patient)
    return (time.perf_counter() - started) / len(patients)
