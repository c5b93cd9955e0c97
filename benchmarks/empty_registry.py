"""A registry with centres and no patient on a private PostgreSQL, and one workbook with many."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import psycopg
from openpyxl import load_workbook
from xlsxwriter import Workbook

from benchmarks.importing import CENTRE, REASON, Measured, timed
from benchmarks.registry_of import superuser_url
from benchmarks.wide_numbers import take_wide_numbers
from registry.access.context import scope, system
from registry.audit.acting import acting_as
from registry.models import PATIENT_FORMS, Patient
from tests import databases
from tests.registry.importing.registries import data_manager, make_centres, workbooks

NAMES = ("registry_benchmark", "registry_benchmark_loop")
# Left out: with them a copy would look like one patient enrolled many times.
OF_ONE_PERSON = ("birth_year", "birth_year_missing")
OWN_SHEETS = ("read me", "lists")


class Others:
    """The same rows by other ways, into another empty registry."""

    def orm_loop_and_copy(self) -> list[Measured]:
        with scope(system("bench", read="all")):
            records = _records()
        with databases.connected_to(NAMES[1]):
            make_centres()
            loop = timed("plain loop over the ORM", lambda: _loop(records))
            return [loop, timed("plain COPY", _copy)]


@contextmanager
def empty_registry() -> Iterator[Others]:
    """Django's connections lead to it while the block lasts."""
    databases.start_cluster()
    try:
        databases.make_cohort_template()
        for name in NAMES:
            databases.copy_database(databases.TEMPLATE, name)
            with psycopg.connect(superuser_url(name), autocommit=True) as connection:
                take_wide_numbers(connection)
        with databases.connected_to(NAMES[0]):
            make_centres()
            yield Others()
    finally:
        databases.stop_cluster()


def workbook_of(patients: int, *, centre: int) -> bytes:
    """The patients of the reference cohort again and again, numbered anew."""
    with databases.connected_to(databases.COHORT):
        books = [load_workbook(BytesIO(content), read_only=True) for content in workbooks().values()]
    file = BytesIO()
    target = Workbook(file, {"constant_memory": True})
    date = target.add_format({"num_format": "yyyy-mm-dd"})
    target.set_calc_mode("manual")
    for place, title in enumerate(books[0].sheetnames):
        if title not in OWN_SHEETS:
            rows = [list(book.worksheets[place].iter_rows(values_only=True)) for book in books]
            _write(target.add_worksheet(title), rows, patients, centre=centre, date=date)
    target.close()
    return file.getvalue()


def _write(sheet: Any, found: list[Any], patients: int, *, centre: int, date: Any) -> None:
    by_patient: dict[str, list[Any]] = {}
    for row in (row for rows in found for row in rows[2:]):
        by_patient.setdefault(row[0], []).append(row)
    numbers = _cohort_numbers()
    headings = found[0][0]
    sheet.write_row(0, 0, headings)
    at = 1
    for patient in range(patients):
        for row in by_patient.get(numbers[patient % len(numbers)], ()):
            sheet.write_string(at, 0, f"{centre:02d}-{patient + 1:05d}")
            for place, value in enumerate(row[1:], start=1):
                if headings[place] in OF_ONE_PERSON:
                    continue
                if hasattr(value, "year"):
                    sheet.write_datetime(at, place, value, date)
                elif value is not None:
                    sheet.write(at, place, value)
            at += 1


def _cohort_numbers() -> list[str]:
    with databases.connected_to(databases.COHORT), scope(system("bench", read="all")):
        return list(Patient.objects.order_by("number").values_list("number", flat=True))


def _records() -> list[Any]:
    models: tuple[Any, ...] = (Patient, *PATIENT_FORMS)
    return [record for model in models for record in model.objects.all()]


def _loop(records: list[Any]) -> None:
    patients = {record.pk: record for record in records if record.form == "patient"}
    with acting_as(data_manager(CENTRE), REASON, centre=CENTRE, channel="import"):
        for record in records:
            if record.form != "patient":
                record.patient = patients[record.patient_id]
        for record in records:
            record.pk = record.id = None
            if record.form != "patient":
                record.patient_id = record.patient.pk
            record.save(force_insert=True)


def _copy() -> None:
    models: tuple[Any, ...] = (Patient, *PATIENT_FORMS)
    with psycopg.connect(superuser_url(NAMES[1])) as connection, connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(f"create temp table copied_{table} (like {table})")
            with cursor.copy(f"copy {table} to stdout") as source:
                rows = list(source)
            with cursor.copy(f"copy copied_{table} from stdin") as target:
                for row in rows:
                    target.write(row)
