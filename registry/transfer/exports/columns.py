"""The columns of an exported form: keys, items, and beside an item its precision and its missing reason.

They follow from the declarations alone: an empty registry exports the same ones.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal

from registry.crf.fields import crf_fields
from registry.crf.language import english
from registry.crf.missing import REASONS
from registry.crf.partial_dates import PartialDate
from registry.crf.titles import number_codes
from registry.models import ALL_FORMS, CrfForm

Kind = Literal["text", "integer", "decimal", "flag", "code", "codes", "date", "partial date"]
Record = Mapping[str, Any]

_KINDS: Final[Mapping[str, Kind]] = {
    "text": "text",
    "int": "integer",
    "decimal": "decimal",
    "bool": "flag",
    "choice": "code",
    "multi-choice": "codes",
    "date": "date",
    "partial-date": "partial date",
}
PRECISIONS: Final = {"year": "year", "month": "month", "day": "day"}
MISSING, PRECISION = "_missing", "_precision"


@dataclass(frozen=True)
class Column:
    """One column of one form. `read` takes its value from a record as the database gives it."""

    name: str
    label: str
    kind: Kind
    read: Callable[[Record], Any]
    short: str  # at most 8 letters and digits, from the item number of the paper
    of: str = ""  # the item beside which it stands, for a missing reason or a precision
    unit: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    integers: Mapping[str, int] = field(default_factory=dict)
    max_length: int = 0
    item: Any = None  # the declared field
    is_key: bool = False

    @property
    def is_missing_reason(self) -> bool:
        return self.name == f"{self.of}{MISSING}"


def columns_of(model: Any) -> tuple[Column, ...]:
    """All columns of a form, in the order of the paper."""
    items = [column for item in crf_fields(model) for column in _columns_of_item(item)]
    own = _of_patient() if model.form == "patient" else ()
    return (*_keys(model), *items, *own, _state())


def database_columns(model: Any) -> list[str]:
    """What is read of each record."""
    names = [item.attname for item in crf_fields(model)] + ["missing", "state"]
    if model.form == "patient":
        return [*names, "excluded", "excluded_reason"]
    if model.form == "centre":
        return names
    number = [] if not model.repeats or model.number_field in names else [model.number_field]
    return ["patient__number", "centre_id", *number, *names]


def _keys(model: Any) -> Iterator[Column]:
    if model.form in ("centre", "patient"):
        return
    yield Column("patient_id", "Registry patient number", "text", _get("patient__number"), "PATID", is_key=True)
    yield Column("centre_no", "Centre", "integer", _get("centre_id"), "CENTRE", is_key=True)
    if model.repeats:
        yield Column("instance_no", "Number of the repeat", "integer", _number(model), "INSTNO", is_key=True)


def _columns_of_item(item: Any) -> Iterator[Column]:
    name, label, short = item.crf.name, english(item.verbose_name), item.crf.number.replace("-", "")
    yield Column(
        name,
        label,
        _KINDS[item.crf.kind],
        _get(item.attname),
        short,
        unit=english(item.crf.unit),
        codes={code: english(words) for code, words in item.crf.choices.items()},
        integers=item.crf.integer_codes,
        max_length=getattr(item, "max_length", None) or 0,
        item=item,
        is_key=name in ("patient_id", "centre_no"),
    )
    if item.crf.kind == "partial-date":
        yield _coded(
            f"{name}{PRECISION}",
            f"{label}: known to the",
            _precision(item),
            short=f"{short}P",
            codes=PRECISIONS,
            of=name,
        )
    if item.crf.may_be_missing:
        reasons = {code: english(words) for code, words in REASONS.items()}
        yield _coded(
            f"{name}{MISSING}", f"{label}: why missing", _reason(item), short=f"{short}M", codes=reasons, of=name
        )


def _of_patient() -> tuple[Column, ...]:
    yes_no = {"codes": {"1": "yes", "0": "no"}, "integers": {"1": 1, "0": 0}}
    flag = Column("excluded", "Excluded from analysis", "flag", _get("excluded"), "EXCLUDED", **yes_no)
    text = Column("excluded_reason", "Reason for exclusion", "text", _get("excluded_reason"), "EXRSN", max_length=500)
    return flag, text


def _state() -> Column:
    states = {state.value: state.value for state in CrfForm.State}
    return _coded("form_state", "State of the form", _state_of, short="STATE", codes=states)


def _state_of(record: Record) -> str:
    return str(record["state"])


def _coded(
    name: str, label: str, read: Callable[[Record], Any], *, short: str, codes: Mapping[str, str], of: str = ""
) -> Column:
    integers = {code: place for place, code in enumerate(codes, start=1)}
    return Column(name, label, "code", read, short, of=of, codes=codes, integers=integers)


def _get(name: str) -> Callable[[Record], Any]:
    return lambda record: record[name]


def _reason(item: Any) -> Callable[[Record], Any]:
    return lambda record: record["missing"].get(item.name)


def _precision(item: Any) -> Callable[[Record], Any]:
    def read(record: Record) -> Any:
        value: PartialDate | None = record[item.attname]
        return value and value.precision

    return read


def _number(model: Any) -> Callable[[Record], Any]:
    """The number of the repeat; of cytogenetics, the place of its time point."""
    codes = list(number_codes(model))
    return lambda record: codes.index(record[model.number_field]) + 1 if codes else record[model.number_field]


@cache
def short_forms() -> Mapping[str, str]:
    """Each form by the letters of its item numbers; a number follows where another form before it has the same."""
    found: dict[str, str] = {}
    for model in ALL_FORMS:
        letters = crf_fields(model)[0].crf.number.partition("-")[0]
        taken = sum(short.rstrip("0123456789") == letters for short in found.values())
        found[model.form] = f"{letters}{taken + 1}" if taken else letters
    return found
