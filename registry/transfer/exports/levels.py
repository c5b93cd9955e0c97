"""What each level of identification takes away. One table: exports obey it, page and user guide show it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from registry.crf.language import Words
from registry.models.export import Export
from registry.transfer.exports.columns import Column
from registry.transfer.exports.pseudonyms import Pseudonyms

Level = Export.Level
OLDEST: Final = 90  # who is older is this old: few people are


class Treatment(Enum):
    KEPT = _("as entered")
    REMOVED = _("removed")
    PSEUDONYM = _("replaced by a pseudonym, the same in every export")
    SHIFTED = _("moved back by 1 to 365 days, for each patient always the same number: intervals are exact")
    CAPPED = _("90 where it is 90 or more")
    COUNTED = _("counted only, by centre; numbers from 1 to 4 are withheld")


T = Treatment
IN_SHORT: Final[Mapping[str, Words]] = {
    Level.FULL: _("everything as entered"),
    Level.LIMITED: _("without free text and year of birth"),
    Level.DEIDENTIFIED: _("pseudonyms, dates moved, no free text"),
    Level.AGGREGATE: _("counts, no patient"),
}


@dataclass(frozen=True)
class Rule:
    """What happens to some columns, by level; at the aggregate level every answer is only counted."""

    what: Words
    concerns: Callable[[Any, Column], bool]  # the form and the column
    limited: Treatment
    deidentified: Treatment

    def at(self, level: str) -> Treatment:
        treatments = {Level.LIMITED: self.limited, Level.DEIDENTIFIED: self.deidentified, Level.AGGREGATE: T.COUNTED}
        return treatments.get(Level(level), T.KEPT)


def _named(*names: str) -> Callable[[Any, Column], bool]:
    return lambda form, column: column.name in names


# The first rule that concerns a column holds for it.
RULES: Final[tuple[Rule, ...]] = (
    Rule(_("Patient number"), _named("patient_id"), T.KEPT, T.PSEUDONYM),
    Rule(_("Centre number"), _named("centre_no"), T.KEPT, T.PSEUDONYM),
    Rule(
        _("Approval, country and state of a centre"),
        lambda form, column: form.form == "centre" and column.name in ("country", "irb_approval_date", "active"),
        T.KEPT,
        T.REMOVED,
    ),
    Rule(_("Karyotype as ISCN formula"), _named("iscn"), T.KEPT, T.REMOVED),
    Rule(
        _("Free text, names and reference numbers of centres among it"),
        lambda form, column: column.kind == "text",
        T.REMOVED,
        T.REMOVED,
    ),
    Rule(_("Year of birth"), _named("birth_year"), T.REMOVED, T.REMOVED),
    Rule(_("Age"), _named("age_rr"), T.KEPT, T.CAPPED),
    Rule(_("Dates"), lambda form, column: column.kind in ("date", "partial date"), T.KEPT, T.SHIFTED),
    Rule(_("All other answers, and why one is missing"), lambda form, column: True, T.KEPT, T.KEPT),
)


def treatment(form: Any, column: Column, level: str) -> Treatment:
    return next(rule for rule in RULES if rule.concerns(form, column)).at(level)


@dataclass(frozen=True)
class Disguise:
    """A level at work on the tables of one export."""

    level: str
    pseudonyms: Pseudonyms

    @property
    def hides_who(self) -> bool:
        return self.level == Level.DEIDENTIFIED

    def kept(self, form: Any, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """The columns that the level leaves; precision and missing reason go with their item."""
        removed = {column.name for column in columns if treatment(form, column, self.level) is T.REMOVED}
        return tuple(column for column in columns if not removed & {column.name, column.of})

    def change(self, form: Any, column: Column) -> Callable[[Any, str], Any] | None:
        """How a value of this column is changed, given the patient's number; None where it is not."""
        changes: Mapping[tuple[Treatment, str], Callable[[Any, str], Any]] = {
            (T.PSEUDONYM, "text"): lambda value, patient: self.pseudonyms.patient(value),
            (T.PSEUDONYM, "integer"): lambda value, patient: self.pseudonyms.centre(value),
            (T.SHIFTED, "date"): lambda value, patient: self.pseudonyms.shifted(value, of=patient),
            (T.SHIFTED, "partial date"): lambda value, patient: self.pseudonyms.shifted(value, of=patient),
            (T.CAPPED, "integer"): lambda value, patient: min(value, OLDEST),
        }
        return changes.get((treatment(form, column, self.level), column.kind))
