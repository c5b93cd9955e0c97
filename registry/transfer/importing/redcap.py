"""REDCap's one flat table, with its data dictionary, as one table a form: checkboxes and codes put together again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from registry.transfer.importing import targets
from registry.transfer.importing.lines import Line, Refused
from registry.transfer.importing.values import text_of

INSTRUMENT, INSTANCE = "redcap_repeat_instrument", "redcap_repeat_instance"
# Columns that REDCap adds for itself.
OF_REDCAP: Final = (
    INSTRUMENT,
    INSTANCE,
    "redcap_event_name",
    "redcap_data_access_group",
    "redcap_survey_identifier",
)
NAME, FORM, TYPE, CHOICES = (
    "Variable / Field Name",
    "Form Name",
    "Field Type",
    "Choices, Calculations, OR Slider Labels",
)


@dataclass
class _Variable:
    """One field of the data dictionary, and the columns of the data that hold it."""

    name: str
    form: str
    kind: str
    labels: Mapping[str, str]
    places: dict[str, int] = field(default_factory=dict)  # by code of a checkbox; else under ""

    def value(self, line: Line) -> str | None:
        """As a label where the dictionary has one: its codes are those of that project."""
        if self.kind == "checkbox":
            ticked = [code for code, place in self.places.items() if _text(line, place) == "1"]
            return ";".join(self._label(code) for code in ticked) or None
        text = _text(line, self.places.get(""))
        return (self._label(text) if text else None) or None

    def _label(self, code: str) -> str:
        """Its code says nothing outside that project; the separator of several answers stands in no label."""
        label = self.labels.get(code, "")
        return label if label and ";" not in label else code


def tables(data: Iterator[Line], dictionary: Iterator[Line]) -> Iterator[Line]:
    """Each row of the data once for every form that it answers."""
    variables = list(_variables(dictionary))
    first = next(data, None)
    if first is None:
        raise Refused("The file holds no table: its first row must name the columns.")
    headings = {text_of(cell): place for place, cell in enumerate(first.cells)}
    record = variables[0].name if variables else ""
    if record not in headings:
        raise Refused("The data have no column {name}, with which the data dictionary begins.", name=record)
    _place(variables, headings)
    by_form: dict[str, list[_Variable]] = {}
    for variable in variables[1:]:
        if variable.places:
            by_form.setdefault(variable.form, []).append(variable)
    for form, found in by_form.items():
        yield Line(form, 1, ["patient_id", "instance_no", *(_item(form, each.name) for each in found)])
    for line in data:
        yield from _forms(line, by_form, headings, record)


def _variables(dictionary: Iterator[Line]) -> Iterator[_Variable]:
    first = next(dictionary, None)
    columns = {text_of(cell): place for place, cell in enumerate(first.cells)} if first else {}
    if missing := [name for name in (NAME, FORM, TYPE, CHOICES) if name not in columns]:
        raise Refused("The data dictionary has no column “{name}”.", name=missing[0])
    for line in dictionary:
        name, form, kind, choices = (_text(line, columns[each]) for each in (NAME, FORM, TYPE, CHOICES))
        if kind != "descriptive":
            labels = _labels(choices) if kind in ("radio", "dropdown", "checkbox", "yesno", "truefalse") else {}
            yield _Variable(name, form, kind, labels)


def _labels(choices: str) -> dict[str, str]:
    pairs = (choice.partition(",") for choice in choices.split("|"))
    return {code.strip(): label.strip() for code, _comma, label in pairs if code.strip()}


def _place(variables: list[_Variable], headings: Mapping[str, int]) -> None:
    """Where each variable stands. A column that belongs to none stops the import."""
    named = {variable.name: variable for variable in variables}
    for heading, place in headings.items():
        name, _mark, code = heading.partition("___")
        if variable := named.get(name):
            variable.places[_code(variable, code)] = place
        elif heading and heading not in OF_REDCAP and not heading.endswith("_complete"):
            raise Refused("The column {name} is not in the data dictionary.", name=heading[:60])


def _code(variable: _Variable, written: str) -> str:
    """Of a checkbox: REDCap writes codes in small letters, with _ for other signs."""
    codes = {"".join(sign if sign.isalnum() else "_" for sign in code.lower()): code for code in variable.labels}
    return codes.get(written, written)


def _forms(
    line: Line, by_form: Mapping[str, list[_Variable]], headings: Mapping[str, int], record: str
) -> Iterator[Line]:
    repeated = _text(line, headings.get(INSTRUMENT))
    number = _text(line, headings.get(INSTANCE)) or None
    for form, variables in by_form.items():
        if repeated and repeated != form:
            continue
        values: list[Any] = [variable.value(line) for variable in variables]
        if any(values):
            yield Line(form, line.row, [_text(line, headings[record]), number if repeated else None, *values])


def _item(form: str, name: str) -> str:
    """Names are unique in a REDCap project: where they would not be, something stands before the name of the item."""
    names = (name, name.removeprefix(f"{form}_"), name.partition("_")[2])
    known = targets.form_of_sheet(form)
    return next((each for each in names if known and targets.in_form(known, each)), name)


def _text(line: Line, place: int | None) -> str:
    return text_of(line.cells[place]) if place is not None and place < len(line.cells) else ""
