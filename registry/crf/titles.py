"""What a record is called: its form and, where the form repeats, its number."""

from typing import Any

from registry.crf.language import Message, Words


def number_codes(model: Any) -> dict[Any, Words]:
    """The code list of the number where it has one: the time points of cytogenetics."""
    field = model._meta.get_field(model.number_field)
    return dict(field.crf.choices) if hasattr(field, "crf") else {}


def next_number(model: Any, taken: list[Any]) -> Any:
    """The number after the highest; of a form known by time points, the first that is free."""
    if codes := number_codes(model):
        return next((code for code in codes if code not in taken), None)
    return max((number for number in taken if number is not None), default=0) + 1


def title_of(record: Any) -> str:
    """`Baseline`, `INO cycle 3`, `Cytogenetics: first diagnosis`, `Centre 03 Baltimore`."""
    name = str(record._meta.verbose_name)
    if record.form == "centre" and record.is_started:
        return f"{name} {record}"
    if not record.repeats:
        return name
    return title_of_number(type(record), getattr(record, record.number_field))


def numbered_title(record: Any) -> Words:
    """The form with the number of the repeat, also where the number has a label."""
    name: Words = record._meta.verbose_name
    number = getattr(record, "instance_no", None)
    return Message("{form} {number}", form=name, number=number) if number else name


def title_of_number(model: Any, number: Any) -> str:
    name = str(model._meta.verbose_name)
    if codes := number_codes(model):
        return f"{name}: {codes.get(number, number)}"
    return f"{name} {number}" if number is not None else name
