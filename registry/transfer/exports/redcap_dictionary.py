"""The REDCap data dictionary, computed from the declarations."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from registry.crf.language import english
from registry.models import FORMS_BY_NAME, PATIENT_FORMS, Patient
from registry.transfer.exports.columns import Column, columns_of, short_forms
from registry.transfer.exports.tables import Table

COLUMNS: Final = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
KEY: Final = "patient_id"
_FIELD_TYPES: Final = {"code": "radio", "codes": "checkbox", "flag": "yesno"}
_VALIDATIONS: Final = {"integer": "integer", "decimal": "number", "date": "date_ymd"}
_IDENTIFIERS: Final = ("patient_id", "birth_year")


def is_field(form: str, column: Column) -> bool:
    """The key is a field of the first instrument; the number of a repeat is none."""
    if column.name in ("instance_no", KEY):
        return False
    return not column.is_key or form == "patient"


def field_name(column: Column, form: str) -> str:
    """Unique in the project: a name that stands on several forms begins with the letters of its form."""
    return f"{short_forms()[form].lower()}_{column.name}" if column.name in _on_several_forms() else column.name


@cache
def _on_several_forms() -> frozenset[str]:
    """Of all forms, whichever are exported: a field has the same name in every export."""
    models = [(Patient.form, Patient), *((model.form, model) for model in PATIENT_FORMS)]
    names = Counter(column.name for form, model in models for column in columns_of(model) if is_field(form, column))
    return frozenset(name for name, number in names.items() if number > 1)


def dictionary(tables: Sequence[Table]) -> Iterator[list[str]]:
    """The first row is the key of a record, as REDCap wants it."""
    for place, table in enumerate(tables):
        sections = FORMS_BY_NAME[table.form].sections
        if place == 0:
            yield _row(KEY, table, _key(), "")
        for column in table.columns:
            if is_field(table.form, column):
                section = english(sections.get(column.item.name, "")) if column.item else ""
                yield _row(field_name(column, table.form), table, column, section)


def _key() -> Column:
    return Column(KEY, "Registry patient number", "text", lambda record: record[KEY], "PATID", is_key=True)


def _row(name: str, table: Table, column: Column, section: str) -> list[str]:
    about = column.item.crf if column.item else None
    limits = (str(about.hard[0]), str(about.hard[1])) if about and about.hard else ("", "")
    cells = {
        "Variable / Field Name": name,
        "Form Name": table.form,
        "Section Header": section,
        "Field Type": _FIELD_TYPES.get(column.kind, "text"),
        "Field Label": column.label,
        "Choices, Calculations, OR Slider Labels": _choices(column),
        "Field Note": column.unit,
        "Text Validation Type OR Show Slider Number": _VALIDATIONS.get(column.kind, ""),
        "Text Validation Min": limits[0],
        "Text Validation Max": limits[1],
        "Identifier?": "y" if column.name in _IDENTIFIERS else "",
        "Required Field?": "y" if about and about.required is True else "",
        "Field Annotation": about.number if about else "",
    }
    return [cells.get(head, "") for head in COLUMNS]


def _choices(column: Column) -> str:
    if column.kind not in ("code", "codes"):
        return ""
    return " | ".join(f"{code}, {label.replace('|', '/')}" for code, label in column.codes.items())
