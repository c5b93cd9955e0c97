"""A derived variable in words: what pages and codebook say of it beside its value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from registry.crf.language import Words
from registry.derivations.patient import Patient

Value = bool | int | Decimal | date | str | tuple[str, ...] | None


@dataclass(frozen=True)
class Derived:
    """One variable. `rule` is one plain sentence; `items` are the answers it rests on, as `form.field`."""

    number: str  # D15
    name: Words
    rule: Words
    items: tuple[str, ...]
    derive: Callable[[Patient], Value]
    unit: Words = ""
    codes: Mapping[str, Words] = field(default_factory=dict)
    codes_of: str = ""  # the item whose code list names the values
    applies: Callable[[Patient], bool | None] = lambda _patient: True
    otherwise: Words = ""  # said where it does not apply

    def says(self, text: str) -> bool:
        """Does a search for this text find it? By number, name, rule or item."""
        return text.casefold() in f"{self.number} {self.name} {self.rule} {' '.join(self.items)}".casefold()


@dataclass(frozen=True)
class Group:
    title: Words
    variables: tuple[Derived, ...]
