"""The tables of an export: what was chosen, read from the database row by row and never held as a whole."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count

from registry.access.roles import ALL_CENTRES_ROLES
from registry.actions.take_snapshot import Facts, frozen_rows
from registry.crf.language import english
from registry.models import ALL_FORMS, FORMS_BY_NAME, Centre, Export, Patient, RegistrySettings
from registry.models.data_state import in_data_state
from registry.transfer.exports.columns import Column, Record, columns_of, database_columns
from registry.transfer.exports.levels import Disguise, Level
from registry.transfer.exports.pseudonyms import Pseudonyms

AT_ONCE: Final = 1000
Row = tuple[Any, ...]
Counts = dict[str, Counter[int]]  # rows by form and centre


@dataclass(frozen=True)
class Choice:
    """Which forms, of which centres and patients, at which level."""

    forms: tuple[str, ...] = tuple(model.form for model in ALL_FORMS)
    centres: tuple[int, ...] = ()  # empty: all that may be read
    data_state: str = "all"
    level: str = Level.FULL
    masks_centres: bool = False
    selects_patients: bool = True  # the analysis data set has a rule of its own for the state of the forms
    with_audit: bool = False

    @classmethod
    def of(cls, export: Export) -> "Choice":
        """Only who reads all centres is told which is which in counts; a centre gets its own row of the centres."""
        centres = export.centres if export.centre_id is None else [export.centre_id]
        return cls(
            tuple(export.forms),
            tuple(centres),
            export.data_state,
            export.level,
            masks_centres=export.requested_by.role not in ALL_CENTRES_ROLES,
            selects_patients=export.format != Export.Format.ANALYSIS,
            with_audit=export.with_audit,
        )


@dataclass(frozen=True)
class Table:
    """One form. `rows` may be asked for several times; each time the database is read."""

    form: str
    title: str
    repeats: bool
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True)
class Content:
    """Everything that a format may write, and what was read for it."""

    choice: Choice
    tables: tuple[Table, ...]
    read: Counts
    progress: Callable[[str], None]
    data_cut_off: dt.date | None
    centre_names: Mapping[int, str]  # for counts by centre; masked where the reader may not compare centres


def no_progress(step: str) -> None:
    """For whom nobody waits."""


def content_of(choice: Choice, progress: Callable[[str], None] = no_progress) -> Content:
    """The chosen tables, in the transaction that knows what may be read."""
    disguise = Disguise(choice.level, Pseudonyms.load())
    read: Counts = {form: Counter() for form in choice.forms}
    queries = querysets(choice)
    tables = tuple(_table(FORMS_BY_NAME[form], queries[form], disguise, read[form]) for form in choice.forms)
    names = {
        centre.pk: f"centre {disguise.pseudonyms.centre(centre.pk):02d}" if choice.masks_centres else str(centre)
        for centre in Centre.objects.all()
    }
    return Content(choice, tables, read, progress, RegistrySettings.load().data_cut_off, names)


def patients_of(choice: Choice) -> Any:
    patients = Patient.objects.all()
    if choice.centres:
        patients = patients.filter(centre__in=choice.centres)
    return in_data_state(patients, choice.data_state) if choice.selects_patients else patients


def querysets(choice: Choice) -> dict[str, Any]:
    """The records of each chosen form."""
    patients = patients_of(choice)
    centres = Centre.objects.filter(pk__in=choice.centres) if choice.centres else Centre.objects.all()
    found = {"centre": centres, "patient": patients}
    for form in choice.forms:
        if form not in found:
            found[form] = FORMS_BY_NAME[form].objects.filter(patient__in=patients)  # type: ignore[attr-defined]
    return {form: found[form] for form in choice.forms}


def count(choice: Choice) -> Counts:
    """Rows by form and centre, counted by the database. One query a form."""
    counted = {}
    for form, query in querysets(choice).items():
        centre = "pk" if form == "centre" else "centre"
        numbers = query.order_by().values(centre).annotate(number=Count("*")).values_list(centre, "number")
        counted[form] = Counter(dict(numbers))
    return counted


def frozen_forms(content: Content) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The chosen records as a snapshot holds them, for what is derived from whole patients: a thousand at a time."""
    queries = querysets(content.choice)
    content.read["centre"].update(queries.pop("centre").values_list("pk", flat=True))
    numbers = sorted(queries["patient"].values_list("number", flat=True))
    for some in (numbers[first : first + AT_ONCE] for first in range(0, len(numbers), AT_ONCE)):
        facts = Facts.read(Patient.objects.filter(number__in=some))
        forms = {}
        for form, query in queries.items():
            model = FORMS_BY_NAME[form]
            forms[form] = frozen_rows(model, query.filter(**{f"{_patient(model)}__in": some}), facts)
            content.read[form].update(row["centre_no"] for row in forms[form])
        yield forms


def _table(model: Any, query: Any, disguise: Disguise, read: Counter[int]) -> Table:
    columns = disguise.kept(model, columns_of(model))
    cells = [_cell(model, column, disguise.change(model, column)) for column in columns]
    centre = "centre_no" if model.form == "centre" else "centre_id"

    def rows() -> Iterator[Row]:
        read.clear()
        for record in _in_order(model, query, disguise):
            read[record[centre]] += 1
            yield tuple(cell(record) for cell in cells)

    return Table(model.form, english(model._meta.verbose_name), model.repeats, columns, rows)


def _in_order(model: Any, query: Any, disguise: Disguise) -> Iterator[Record]:
    """By patient, of de-identified ones by pseudonym, and by the number of the repeat."""
    values, patient = query.values(*database_columns(model)), _patient(model)
    if disguise.hides_who and model.form == "centre":
        return iter(sorted(values, key=lambda record: disguise.pseudonyms.centre(record["centre_no"])))
    first = disguise.pseudonyms.order(patient) if disguise.hides_who else patient
    number = [model.number_field] if model.repeats else []
    found: Iterator[Record] = values.order_by(first, *number).iterator(chunk_size=AT_ONCE)
    return found


def _patient(model: Any) -> str:
    return {"centre": "centre_no", "patient": "number"}.get(model.form, "patient__number")


def _cell(model: Any, column: Column, change: Callable[[Any, str], Any] | None) -> Callable[[Record], Any]:
    if change is None:
        return column.read
    patient, read = _patient(model), column.read

    def disguised(record: Record) -> Any:
        value = read(record)
        return None if value is None else change(value, record[patient])

    return disguised
