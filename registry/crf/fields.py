"""CRF fields: ordinary Django fields that also carry what the paper form says of them.

A CRF field is declared once, on its model. Forms, edit checks, exports, codebook and history read `field.crf`.
Migrations see only the plain Django field, so that a new label, code list or range makes no migration.
An empty value is always NULL; why it is empty stands in the record's `missing` map.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal as Number
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.crf import partial_dates
from registry.crf.language import Words, declared

# Django's own list of what a field says without touching the database; a column name and a key do touch it.
_NOT_IN_MIGRATIONS = set(models.Field.non_db_attrs) - {"db_column", "on_delete"}

MOST_DIGITS = 100  # before or after the point: written out, 1e999999999 would fill the memory

Range = tuple[Number, Number]


@dataclass(frozen=True)
class Item:
    """What the case report form knows of one field, beyond its type."""

    number: str
    name: str  # the name in dictionary and exports
    kind: str  # int, decimal, text, bool, choice, multi-choice, date, partial-date
    source: Words
    unit: Words = ""  # the unit of the value, or the standard unit where the unit is entered beside it
    hard: Range | None = None  # outside: the record cannot be completed
    soft: Range | None = None  # outside: a query asks for confirmation
    required: bool | Q = False  # a condition over the same record
    may_be_missing: bool = False  # a reason may stand in place of the value
    quantity: str = ""  # key of the unit table, where the unit is entered beside the value
    unit_field: str = ""
    review_only: bool = False  # entered by the coordinating centre
    choices: Mapping[str, Words] = field(default_factory=dict)

    @property
    def integer_codes(self) -> dict[str, int]:
        """Stable integers for statistics packages: the code itself where it is a number, else its place in the list."""
        if all(code.isdigit() for code in self.choices):
            return {code: int(code) for code in self.choices}
        return {code: place for place, code in enumerate(self.choices, start=1)}


def _range(limits: tuple[str, str] | None) -> Range | None:
    return (Number(limits[0]), Number(limits[1])) if limits else None


class CrfField(models.Field):
    """Mixed in before a Django field class; keeps the `Item` and hides it from migrations.

    The declaration is in English; what it says in words is translated for each reader from here on.
    """

    kind = ""
    crf: Item

    def __init__(  # noqa: PLR0913 - one argument for each thing that the paper says of an item
        self,
        label: str,
        *,
        item: str,
        source: str = "paper",
        name: str = "",
        unit: str = "",
        hard: tuple[str, str] | None = None,
        soft: tuple[str, str] | None = None,
        required: bool | Q = False,
        missing: bool = False,
        quantity: str = "",
        unit_field: str = "",
        review_only: bool = False,
        choices: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        labels = {code: declared(text) for code, text in (choices or {}).items()}
        self._crf: dict[str, Any] = {
            "number": item,
            "name": name,
            "kind": self.kind,
            "source": declared(source),
            "unit": declared(unit),
            "hard": _range(hard),
            "soft": _range(soft),
            "required": required,
            "may_be_missing": missing,
            "quantity": quantity,
            "unit_field": unit_field,
            "review_only": review_only,
            "choices": labels,
        }
        if labels and self.kind == "choice":
            options["choices"] = list(labels.items())
        if not options.get("primary_key"):
            options.setdefault("null", True)
        super().__init__(**{"verbose_name": declared(label), "blank": True, **options})

    def contribute_to_class(self, cls: type[models.Model], name: str, **options: Any) -> None:  # type: ignore[override]
        super().contribute_to_class(cls, name, **options)
        self.crf = Item(**{**self._crf, "name": self._crf["name"] or name})

    @property
    def _plain(self) -> Any:
        return next(base for base in type(self).__mro__ if base.__module__.startswith("django."))

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, arguments, options = super().deconstruct()
        kept = {key: value for key, value in options.items() if key not in _NOT_IN_MIGRATIONS}
        module = "django.contrib.postgres.fields" if self._plain is ArrayField else "django.db.models"
        return name, f"{module}.{self._plain.__name__}", arguments, kept

    def clone(self) -> Any:
        """Only migrations clone fields; they need the plain one."""
        _, _, arguments, options = self.deconstruct()
        return self._plain(*arguments, **options)


class Text(CrfField, models.CharField):
    kind = "text"
    # PostgreSQL does not keep the first of them, and no XML, which workbooks are as well, any.
    default_validators = [
        RegexValidator(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]",
            _("The text holds a character that cannot be shown. Type it again."),
            inverse_match=True,
        )
    ]

    def __init__(self, label: str, *, max_length: int = 200, **options: Any) -> None:
        super().__init__(label, max_length=max_length, **options)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.strip() or None if isinstance(value, str) else value


class Integer(CrfField, models.IntegerField):
    kind = "int"
    default_error_messages = {"invalid": _("“%(value)s” is not a whole number. Write digits only, for example 12.")}


class Decimal(CrfField, models.DecimalField):
    """A number as entered; digits that say nothing (trailing zeros) are not kept."""

    kind = "decimal"
    default_error_messages = {"invalid": _("“%(value)s” is not a number. Write digits, for example 5.9.")}

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, **{"max_digits": 20, "decimal_places": 8, **options})

    def from_db_value(self, value: Number | None, *_: Any) -> Number | None:
        return None if value is None else shortest(value)

    def to_python(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        number = super().to_python(value)
        if number is None or not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
            raise ValidationError(gettext("“%(value)s” is not a number.") % {"value": value}, code="invalid")
        number = shortest(number)
        if -int(number.as_tuple().exponent) > self.decimal_places:
            values = {"value": value, "places": self.decimal_places, "rounded": round(number, 2)}
            text = gettext("“%(value)s” has more than %(places)d decimal places. Round it, for example to %(rounded)s.")
            raise ValidationError(text % values, code="max_decimal_places")
        return number


class Bool(CrfField, models.BooleanField):
    kind = "bool"

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, choices={"1": "yes", "0": "no"}, **options)


class Choice(CrfField, models.CharField):
    kind = "choice"

    def __init__(self, label: str, *, max_length: int = 20, **options: Any) -> None:
        super().__init__(label, max_length=max_length, **options)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or None


class MultiChoice(CrfField, ArrayField):
    """Several codes of one list, kept sorted and without repetition."""

    kind = "multi-choice"

    def __init__(self, label: str = "", *, base_field: Any = None, **options: Any) -> None:
        super().__init__(label, base_field=models.CharField(max_length=20), **options)

    def to_python(self, value: Any) -> Any:
        if value in (None, "", [], ()):
            return None
        codes = value.split(";") if isinstance(value, str) else value
        return sorted({str(code).strip() for code in codes})

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        unknown = [code for code in value if code not in self.crf.choices]
        if unknown:
            allowed = ", ".join(self.crf.choices)
            refused = gettext("“%(code)s” is not in the list of answers (%(allowed)s).")
            raise ValidationError(refused % {"code": unknown[0], "allowed": allowed}, code="invalid_choice")


class Date(CrfField, models.DateField):
    kind = "date"
    default_error_messages = {
        "invalid": _("“%(value)s” is not a date. Write year, month and day: 2019-04-03."),
        "invalid_date": _("“%(value)s” is no day of the calendar. Check year, month and day."),
    }


class PartialDate(CrfField, models.CharField):
    """A date known to the year, the month or the day; kept as `2019`, `2019-04` or `2019-04-03`."""

    kind = "partial-date"

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, **{"max_length": 10, **options})

    def from_db_value(self, value: str | None, *_: Any) -> partial_dates.PartialDate | None:
        return None if value is None else partial_dates.PartialDate.parse(value)

    def to_python(self, value: Any) -> Any:
        if value in (None, "") or isinstance(value, partial_dates.PartialDate):
            return value or None
        try:
            return partial_dates.PartialDate.parse(str(value).strip())
        except ValueError as error:
            raise ValidationError(str(error), code="C14") from error

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else str(value)

    def run_validators(self, value: Any) -> None:
        """The length is right by construction; there is no text to validate."""


class Reference(CrfField, models.ForeignKey):  # type: ignore[misc]
    """The centre of a patient: an item of the form and a key of the database at once."""

    kind = "int"

    def __init__(self, label: str, *, to: Any, on_delete: Any, **options: Any) -> None:
        super().__init__(label, to=to, on_delete=on_delete, **options)


def shortest(value: Number) -> Number:
    """The same number without trailing zeros and without an exponent."""
    text = format(value, "f")
    return Number(text.rstrip("0").rstrip(".") if "." in text else text)


def crf_fields(model: type[models.Model]) -> list[Any]:
    """The CRF fields of a form in the order of the paper form."""
    return [field for field in model._meta.concrete_fields if isinstance(field, CrfField)]


def is_unit(field: Any) -> bool:
    """Does this field hold the unit of others? It says nothing where none of them has a value."""
    return any(other.crf.unit_field == field.name for other in crf_fields(field.model))


def is_beside_value(field: Any) -> bool:
    """Does this field hold the unit of one value? The unit of several is a question of its own."""
    return len([other for other in crf_fields(field.model) if other.crf.unit_field == field.name]) == 1


def unit_beside(field: Any) -> str:
    """The unit field that stands beside this value; empty where there is none."""
    unit = str(field.crf.unit_field)
    return unit if unit and is_beside_value(field.model._meta.get_field(unit)) else ""
