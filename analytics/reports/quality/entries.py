"""What is counted in them, as entries of ``results.json``: a number a row of a table and centre, and one of all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Any, Final

from analytics.plan.registry import Analysis, Entry
from analytics.plan.results import Number, Table
from analytics.reports.quality.records import KNOWN, NO_ANSWER, REASON, Facts
from registry.crf import codebook
from registry.derivations.completeness_of_follow_up import Followed, completeness_of_follow_up

Row = Mapping[str, Any]
Count = Callable[[Sequence[Row]], Mapping[str, Any]]

ALL: Final = "all centres"
SECTIONS: Final = ("Forms", "Follow-up", "Queries", "Items")
ANSWERS: Final = (KNOWN, REASON, NO_ANSWER)
STATES: Final = ("open", "answered", "closed")


def entries(facts: Facts) -> Iterator[Entry]:
    """In the order of the report."""
    yield _entry(
        "forms", "Forms that are complete", "Forms", facts.records + _not_begun(facts), key="form", count=_complete
    )
    yield _entry("overdue", "Forms that are overdue", "Forms", facts.owed, key="form", count=_overdue)
    yield _entry("follow-up", "Completeness of follow-up", "Follow-up", facts.patients, count=_followed(facts))
    yield _entry("queries-by-centre", "Queries by centre", "Queries", facts.queries, count=_by_state)
    yield _entry("queries-by-check", "Queries by check", "Queries", facts.queries, key="check", count=_by_state)
    yield _entry("query-age-by-centre", "Age of open queries by centre", "Queries", facts.queries, count=_age)
    yield _entry(
        "query-age-by-check", "Age of open queries by check", "Queries", facts.queries, key="check", count=_age
    )
    yield _entry("overrides", "Checks whose value stood", "Queries", facts.queries, key="check", count=_overridden)
    for form in codebook.forms():
        found = [row for row in facts.items if row["form"] == form.form]
        if found:
            id = f"items-{form.form.replace('_', '-')}"
            yield _entry(id, f"Items of the form {form.form}", "Items", found, key="item", count=_answers)


def _not_begun(facts: Facts) -> list[Row]:
    return [row for row in facts.owed if row["state"] == "empty"]


def _entry(id: str, title: str, section: str, rows: Iterable[Row], *, key: str = "", count: Count) -> Entry:
    """A line for each value of the key, one in all without a key; of every centre and of all."""
    found = list(rows)
    numbers = [
        _number(name, whose, chosen, count)
        for name, of_name in _grouped(found, key)
        for whose, chosen in _by_centre(of_name)
    ]
    declared = Analysis(
        id=id,
        title=title,
        section=section,
        kind="table",
        population="all enrolled patients",
        method=METHODS[count.__name__],
        software="counting",
    )
    return Entry(declared, Table(n=len(found), rows=tuple(number for number in numbers if number)))


def _grouped(rows: Sequence[Row], key: str) -> list[tuple[str, list[Row]]]:
    if not key:
        return [("", list(rows))]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row[key]), []).append(row)
    if key == "form":
        return [(model.form, groups[model.form]) for model in codebook.forms() if model.form in groups]
    return sorted(groups.items(), key=lambda group: _in_order(group[0]))


def _in_order(name: str) -> tuple[str, int, str]:
    """C2 before C10, DIA-02 before DIA-10."""
    digits = "".join(letter for letter in name if letter.isdigit())
    return name.rstrip("0123456789"), int(digits or 0), name


def _by_centre(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    yield ALL, list(rows)
    for centre in sorted({row["centre_no"] for row in rows}):
        yield f"centre {centre:02d}", [row for row in rows if row["centre_no"] == centre]


def _number(name: str, whose: str, rows: Sequence[Row], count: Count) -> Number | None:
    counted = {"n": len(rows), "unit": "queries" if count in OF_QUERIES else "records", **count(rows)}
    if not counted["n"]:
        return None
    return Number(label=f"{name}: {whose}" if name else whose, population=whose, method="counting", **counted)


def _complete(rows: Sequence[Row]) -> Mapping[str, Any]:
    return {"value": sum(row["state"] in ("complete", "locked") for row in rows)}


def _overdue(rows: Sequence[Row]) -> Mapping[str, Any]:
    return {"value": sum(row["late"] for row in rows)}


def _by_state(rows: Sequence[Row]) -> Mapping[str, Any]:
    return {"parts": STATES, "value": tuple(sum(row["state"] == state for row in rows) for state in STATES)}


def _age(rows: Sequence[Row]) -> Mapping[str, Any]:
    days = [row["days"] for row in rows if row["state"] == "open"]
    return {"n": len(days), "unit": "days", "value": float(median(days)) if days else None}


def _overridden(rows: Sequence[Row]) -> Mapping[str, Any]:
    settled = [row["verdict"] for row in rows if row["verdict"]]
    return {"n": len(settled), "value": settled.count("stands")}


def _answers(rows: Sequence[Row]) -> Mapping[str, Any]:
    found = [row["answer"] for row in rows]
    return {"parts": ANSWERS, "value": tuple(found.count(answer) for answer in ANSWERS)}


def _followed(facts: Facts) -> Count:
    def completeness(rows: Sequence[Row]) -> Mapping[str, Any]:
        asked = [row for row in rows if row["first_dose"] and row["first_dose"] < facts.reference.isoformat()]
        followed = [
            Followed(date.fromisoformat(row["first_dose"]), date.fromisoformat(row["last_contact"]), bool(row["dead"]))
            for row in asked
        ]
        found = completeness_of_follow_up(followed, until=facts.reference)
        return {"n": len(asked), "unit": "%", "value": None if found is None else 100 * found}

    return completeness


OF_QUERIES: Final = (_by_state, _overridden)
METHODS: Final = {
    "_complete": "records complete or locked, of those begun or owed",
    "_overdue": "past the day by which the form is to be complete, of the forms not begun or in progress",
    "completeness": "Clark's C: observed follow-up as a share of potential follow-up, which ends at death or at the "
    "day of the snapshot or the data cut-off (Clark 2002)",
    "_by_state": "queries open or reopened, answered, closed",
    "_age": "median days since an open query was raised",
    "_overridden": "answered as confirmed or unavailable, of the queries that were settled",
    "_answers": "value known, missing for a stated reason, not answered; of the records in which the item is asked for",
}
