"""EBMT severity of SOS/VOD (D33; definitions 3.2), and why.

The grade is the highest class that at least two items reach; an item of a higher class also reaches the lower ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.crf import units
from registry.crf.language import Listing, Message, Words, declared
from registry.derivations import liver_kidney
from registry.derivations.patient import Patient, Record
from registry.derivations.sos_risk import risk_factors
from registry.derivations.statement import Statement

MILD, MODERATE, SEVERE, VERY_SEVERE = 1, 2, 3, 4
NAMES: Final = {MILD: _("mild"), MODERATE: _("moderate"), SEVERE: _("severe"), VERY_SEVERE: _("very severe")}
ITEMS_NEEDED: Final = 2
RISK_FACTORS_NEEDED: Final = 2
# One organ besides the liver, in the words of 2016 ("MOD/MOF"); the cut-off of 2023 (SOFA) is not yet verified.
ORGANS_OF_DYSFUNCTION: Final = 1


# The organs besides the liver, as the form lists them.
ORGANS: Final[Mapping[str, str]] = {
    "resp": "respiratory",
    "renal": "renal",
    "cns": "central nervous system",
    "cardio": "cardiovascular",
    "coag": "coagulation",
}


@dataclass(frozen=True)
class Item:
    """One row of the table: the class that it reaches, 0 where it reaches none, None where it is not known."""

    grade: int | None
    words: Words


@dataclass(frozen=True)
class SosSeverity:
    """`grade` is None where fewer than two items can be graded; `is_certain` where no missing item could change it."""

    grade: int | None
    is_certain: bool
    items: tuple[Item, ...]
    risk_factors: tuple[Statement, ...]
    why: Words


def severity(patient: Patient) -> SosSeverity:
    """D33 from the SOS/VOD form, the HCT form and the conditioning."""
    organs, items, factors = _organs(patient.one("sos_vod")), _items(patient), risk_factors(patient)
    if organs:
        named = Listing((declared(words) for organ, words in ORGANS.items() if organ in organs), separator=", ")
        why = Message("multi-organ dysfunction ({organs})", organs=named)
        return SosSeverity(VERY_SEVERE, True, items, factors, why)
    reached = _reached_by_two(items)
    if reached is None:
        return SosSeverity(None, False, items, factors, _("fewer than two items can be graded"))
    present = [factor.words for factor in factors if factor.holds]
    grade = _raised(reached, len(present))
    return SosSeverity(grade, _is_certain(grade, organs, items, factors), items, factors, _why(reached, items, present))


def _organs(sos: Record) -> frozenset[str] | None:
    """New organ dysfunction besides the liver; None where it is not known."""
    answered = sos.codes("mod_organs")
    organs = answered - {"none"}
    if not answered:
        return None
    return organs if len(organs) >= ORGANS_OF_DYSFUNCTION else frozenset()


def _items(patient: Patient) -> tuple[Item, ...]:
    sos = patient.one("sos_vod")
    others = (
        _time(liver_kidney.days_from_first_symptom(patient)),
        _bilirubin(sos),
        _doubling(sos.yes("bili_doubled")),
        _transaminases(liver_kidney.transaminases(patient)),
        _creatinine(liver_kidney.creatinine(patient)),
    )
    return (*others, _weight(sos.decimal("weight_gain"), any((item.grade or 0) >= SEVERE for item in others)))


def _time(days: int | None) -> Item:
    if days is None:
        return Item(None, _("time from first symptom not known"))
    grade = SEVERE if days <= 4 else MODERATE if days <= 7 else MILD
    return Item(grade, Message("{days} days from first symptom to diagnosis", days=days))


def _bilirubin(sos: Record) -> Item:
    """Compared in the unit of entry."""
    value, unit = sos.decimal("bili_max"), sos.code("bili_unit")
    if value is None or unit is None:
        return Item(None, _("highest bilirubin not known"))
    grade = sum(units.bilirubin_at_least(value, unit, limit) for limit in (2, 3, 5, 8))
    name = units.QUANTITIES["bili"].units[unit].label
    return Item(grade, Message("bilirubin {value} {unit}", value=value, unit=name))


def _doubling(doubled: bool | None) -> Item:
    if doubled is None:
        return Item(None, _("doubling of bilirubin not known"))
    return Item(SEVERE, _("bilirubin doubled within 48 hours")) if doubled else Item(0, _("bilirubin not doubled"))


def _transaminases(ratio: Decimal | None) -> Item:
    if ratio is None:
        return Item(None, _("transaminases not known"))
    grade = MILD + (ratio > 2) + (ratio > 5) + (ratio > 8)
    return Item(grade, Message("transaminases {ratio} x ULN", ratio=round(ratio, 1)))


def _creatinine(ratio: Decimal | None) -> Item:
    if ratio is None:
        return Item(None, _("creatinine not known"))
    grade = MILD + (ratio >= Decimal("1.2")) + (ratio >= Decimal("1.5")) + (ratio >= 2)
    return Item(grade, Message("creatinine {ratio} x baseline", ratio=round(ratio, 2)))


def _weight(gain: Decimal | None, other_is_severe: bool) -> Item:
    """5 to 10 % stand in two columns of the table: severe if another item is severe, else moderate."""
    if gain is None:
        return Item(None, _("weight gain not known"))
    between = SEVERE if other_is_severe else MODERATE
    return Item(
        MILD if gain < 5 else VERY_SEVERE if gain >= 10 else between, Message("weight gain {gain} %", gain=gain)
    )


def _reached_by_two(items: Sequence[Item]) -> int | None:
    reached = sorted((item.grade for item in items if item.grade), reverse=True)
    return reached[ITEMS_NEEDED - 1] if len(reached) >= ITEMS_NEEDED else None


def _raised(reached: int, n_risk_factors: int) -> int:
    return reached + 1 if reached <= MODERATE and n_risk_factors >= RISK_FACTORS_NEEDED else reached


def _is_certain(grade: int, organs: frozenset[str] | None, items: Sequence[Item], factors: Sequence[Statement]) -> bool:
    if grade == VERY_SEVERE:
        return True
    if organs is None or any(item.grade is None for item in items):
        return False
    possible = sum(factor.holds is not False for factor in factors)
    reached = _reached_by_two(items)
    return reached is not None and _raised(reached, possible) == grade


def _why(reached: int, items: Sequence[Item], risk_factors_present: Sequence[Words]) -> Message:
    by = Listing(item.words for item in items if item.grade and item.grade >= reached)
    if _raised(reached, len(risk_factors_present)) == reached:
        return Message("{grade} by {by}", grade=NAMES[reached], by=by)
    factors = Listing(risk_factors_present, separator=", ")
    text = "{grade} by {by}; one class higher for risk factors: {factors}"
    return Message(text, grade=NAMES[reached], by=by, factors=factors)
