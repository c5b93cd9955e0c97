"""Data quality: what is complete, overdue and asked, by centre; with the tables in which R counts again."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_noop

from analytics.cohort.build import build as build_cohort
from analytics.cohort.population import DataState
from analytics.reports import composing, r_script, results_json
from analytics.reports.content import Content, File, Progress, Source, text_file
from analytics.reports.document import Report
from analytics.reports.quality.entries import entries
from analytics.reports.quality.records import Facts
from analytics.reports.quality.tables import sections
from registry.crf.rows import canonical_json, digest

TITLE = "Data quality"
RECOUNT: Final = Path(__file__).parents[1] / "r" / "recount.R"
README: Final = """\
The numbers of this report, to be counted again in R.

  Rscript recompute.R

in this folder prints each table as R counts it beside ours and ends with an error if a number differs. It needs R
alone, without packages.

records.csv    a line a form that was begun: form, centre, state
owed.csv       a line a form that is owed or in progress, and whether it is late
items.csv      a line an item that is asked for in a record, and how it is answered
patients.csv   first dose, last contact and death, from which the follow-up is computed
queries.csv    a line a query: check, centre, state, whether the value stood, days since it was raised
numbers.csv    our numbers
"""


def make(source: Source, progress: Progress) -> Content:
    """The data quality of a snapshot's rows; `progress` is told each step."""
    progress(gettext_noop("counting forms, items and queries"))
    facts = Facts(source)
    tables = _tables(facts)
    cohort = build_cohort(source.forms, data_state=DataState.COMPLETE, cut_off=source.cut_off)
    hashes = digest(canonical_json([{name: digest(text) for name, text in tables.items()}]))
    found = results_json.of_entries(entries(facts), n=len(facts.patients), sha256=hashes)
    progress(gettext_noop("writing tables"))
    flow = composing.flow_section(cohort.flow)
    stated = (("Reference day", str(facts.reference)), *composing.facts(found))
    report = Report(TITLE, stated, (flow, *sections(found["entries"])))
    return Content(found, report, tuple(_bundle(found, tables, facts)))


def _tables(facts: Facts) -> dict[str, str]:
    return {
        "records.csv": _csv(("form", "centre_no", "state"), facts.records),
        "owed.csv": _csv(("form", "centre_no", "state", "late"), facts.owed),
        "items.csv": _csv(("form", "item", "centre_no", "answer"), facts.items),
        "patients.csv": _csv(("patient_id", "centre_no", "first_dose", "last_contact", "dead"), facts.patients),
        "queries.csv": _csv(("check", "centre_no", "state", "verdict", "days"), facts.queries),
    }


def _csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _bundle(found: Mapping[str, Any], tables: Mapping[str, str], facts: Facts) -> Iterator[File]:
    yield text_file("README.txt", "text/plain", README)
    for name, text in tables.items():
        yield text_file(name, "text/csv", text)
    yield text_file("numbers.csv", "text/csv", r_script.table(found["entries"]))
    script = RECOUNT.read_text(encoding="utf-8").replace("REFERENCE_DAY", str(facts.reference))
    yield text_file("recompute.R", "text/plain", script)
