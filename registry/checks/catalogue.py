"""The catalogue of edit checks C01 to C100, wherever each is enforced: what pages, manual and query lists show."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from registry.checks import completeness, locking
from registry.checks.engine import CHECKS
from registry.checks.finding import Severity
from registry.checks.rules import rules_of
from registry.crf import codebook
from registry.crf.fields import crf_fields
from registry.crf.language import Words, declared
from registry.crf.partial_dates import HOW

WELL_FORMED_DATE = "C14"
# A patient is locked as a whole: of the forms that must be there, the items that show it.
ASKED_AT_THE_LOCK = (
    "ino_cycle.cycle_no",
    "hct.hct_date",
    "sos_vod.occurred",
    "gvhd.agvhd",
    "maintenance.given",
    "follow_up.visit_date",
    "death.death_date",
)


@dataclass(frozen=True)
class Entry:
    """One check. Braces in the message are filled by what was found; `fields` are those concerned, `form.field`."""

    check_id: str
    severity: Severity
    message: Words
    fields: tuple[str, ...]
    version: int


def catalogue() -> tuple[Entry, ...]:
    """Every check once, in the order of its number."""
    entries: dict[str, Entry] = {}
    for entry in (*_functions(), *_rules(), *_of_single_items(), _at_the_lock()):
        known = entries.get(entry.check_id)
        entries[entry.check_id] = entry if known is None else _with_fields(known, entry.fields)
    return tuple(sorted(entries.values(), key=lambda entry: int(entry.check_id[1:])))


def _with_fields(entry: Entry, more: tuple[str, ...]) -> Entry:
    return replace(entry, fields=tuple(dict.fromkeys((*entry.fields, *more))))


def _functions() -> Iterator[Entry]:
    """Checks over the records of a patient."""
    for check in CHECKS.values():
        yield Entry(check.check_id, check.severity, declared(check.message), check.fields, check.version)


def _rules() -> Iterator[Entry]:
    """Checks within one record: a rule may stand in several forms."""
    for model in codebook.forms():
        for rule in rules_of(model):
            fields = tuple(f"{rule.form}.{field}" for field in rule.fields)
            yield Entry(rule.check_id, Severity.HARD, declared(rule.message), fields, rule.version)


def _of_single_items() -> Iterator[Entry]:
    """What the type of an item refuses (a malformed partial date), and what its possible range does."""
    items = [(f"{model.form}.{field.name}", field) for model in codebook.forms() for field in crf_fields(model)]
    partial_dates = tuple(name for name, field in items if field.crf.kind == "partial-date")
    ranged = tuple(name for name, field in items if field.crf.hard is not None)
    yield Entry(WELL_FORMED_DATE, Severity.HARD, HOW, partial_dates, version=1)
    possible = declared(CHECKS[completeness.HARD_RANGE].message)
    yield Entry(completeness.HARD_RANGE, Severity.HARD, possible, ranged, CHECKS[completeness.HARD_RANGE].version)


def _at_the_lock() -> Entry:
    return Entry(locking.CHECK_ID, Severity.HARD, declared(locking.MESSAGE), ASKED_AT_THE_LOCK, version=1)
