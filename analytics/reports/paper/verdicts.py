"""Published against recomputed: the verdict on each figure, computed from the two."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from analytics.reports.paper import rounding
from analytics.reports.paper.claims import CLAIMS
from analytics.reports.paper.conflicts import conflict
from analytics.reports.paper.facts import Figure, figures
from analytics.reports.paper.recomputed import Entries, NotComputed, Recomputed, of_figure, of_row

Kind = Literal["agrees", "print error", "other population", "no number printed", "not computable", "differs"]
Find = Callable[[str, Entries], Recomputed]

RESPONDERS = "incidence-of-responders"


@dataclass(frozen=True)
class Reading:
    """A population on which a figure can be computed."""

    population: str
    find: Find


@dataclass(frozen=True)
class Verdict:
    """``why`` explains every verdict but "agrees"."""

    figure: Figure
    kind: Kind
    recomputed: str = ""
    n: int | None = None
    why: str = ""


def verdicts(entries: Entries) -> tuple[Verdict, ...]:
    """One for each of the 92."""
    return tuple(verdict(figure, entries) for figure in figures().values())


def verdict(figure: Figure, entries: Entries) -> Verdict:
    """The population that the paper names first; only where it does not give the number, the other one."""
    try:
        if figure.id in CLAIMS:
            return _of_claim(figure, entries)
        return _of_readings(figure, entries)
    except NotComputed as reason:
        return Verdict(figure, "not computable", why=str(reason))


def _of_claim(figure: Figure, entries: Entries) -> Verdict:
    claim = CLAIMS[figure.id](entries)
    if claim.holds is None:
        return Verdict(figure, "no number printed", claim.text, claim.n, "the paper prints nothing to compare")
    if not claim.holds and claim.holds_in:
        return Verdict(figure, "other population", claim.text, claim.n, claim.holds_in)
    return Verdict(figure, "agrees" if claim.holds else "differs", claim.text, claim.n)


def _of_readings(figure: Figure, entries: Entries) -> Verdict:
    first, *others = READINGS.get(figure.id, (Reading("", of_figure),))
    found = first.find(figure.id, entries)
    wrong = list(_mismatches(figure, found))
    if not wrong:
        return Verdict(figure, "agrees", found.text, found.n)
    if errors := _errors(figure, found, wrong):
        return Verdict(figure, "print error", found.text, found.n, errors)
    for other in others:
        again = other.find(figure.id, entries)
        remaining = list(_mismatches(figure, again))
        errors = _errors(figure, again, remaining)
        if not remaining or errors:
            why = f"{other.population} give the printed number; {first.population} give {found.text}"
            return Verdict(figure, "other population", again.text, again.n, "; ".join(filter(None, (why, errors))))
    return Verdict(figure, "differs", found.text, found.n, ", ".join(wrong))


def _mismatches(figure: Figure, found: Recomputed) -> Iterator[str]:
    """What of the printed digits does not come out; what is not printed is not compared."""
    if figure.amounts and not (
        len(figure.amounts) == len(found.values)
        and all(rounding.agrees(*pair) for pair in zip(figure.amounts, found.values, strict=True))
    ):
        yield "value"
    for name in ("lower", "upper", "p"):
        printed = getattr(figure, name)
        if printed and not rounding.agrees(printed, getattr(found, name)):
            yield name
    if figure.n.isdigit() and int(figure.n) not in (found.n, found.n + found.missing):
        yield "n"


def _errors(figure: Figure, found: Recomputed, wrong: list[str]) -> str:
    """The print errors that explain all that does not come out; empty where one thing is left unexplained."""
    explained = [conflict(figure, name, found) if name != "n" else "" for name in wrong]
    return "; ".join(explained) if all(explained) else ""


def _row(entry: str, label: str) -> Find:
    return lambda _, entries: of_row(entry, label, entries)


READINGS: Mapping[str, tuple[Reading, ...]] = {
    "P65": (
        Reading(
            "those with CR or CRi on INO, whom its caption names,",
            _row(RESPONDERS, "Relapse or progression at 24 months"),
        ),
        Reading("all patients", of_figure),
    ),
    "P66": (
        Reading(
            "those with CR or CRi on INO, whom its caption names,",
            _row(RESPONDERS, "Death in remission at 24 months"),
        ),
        Reading("all patients", of_figure),
    ),
    "P77": (
        Reading("those who died of it, of whom the sentence speaks,", of_figure),
        Reading("all patients with SOS/VOD", _row("sos-cycles-and-onset", "More than two cycles, SOS/VOD")),
    ),
    "P86": (
        Reading(
            "all patients",
            _row("sos-readings", "Last INO dose to HCT 60 days or less, all patients, whatever the response"),
        ),
        Reading("the patients in CR or CRi before HCT", of_figure),
    ),
}
