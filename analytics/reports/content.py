"""What a report is made of, and what comes out of making it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from analytics.cohort.forms import Forms
from analytics.cohort.population import DataState
from analytics.reports.document import Report
from analytics.reports.results_json import as_text, plain

Row = Mapping[str, Any]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Work:
    """Beside the forms: queries, and forms that are owed or not complete."""

    queries: Sequence[Row] = ()
    owed: Sequence[Row] = ()


@dataclass(frozen=True)
class Source:
    """The rows of a snapshot and how they are to be read; `centre` is whose report it is, if it is of one centre."""

    forms: Forms
    data_state: DataState
    cut_off: date | None
    taken_at: datetime
    centre: int | None = None
    work: Work = Work()


@dataclass(frozen=True)
class File:
    """A file of a report."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Content:
    """The content of results.json, the report without a renderer, and what a statistician needs to recompute it."""

    results: Mapping[str, Any]
    report: Report
    bundle: tuple[File, ...]

    @cached_property
    def results_text(self) -> str:
        return as_text(self.results)

    @property
    def document(self) -> Any:
        """The report as JSON, which pages render."""
        return plain(self.report)

    @property
    def problems(self) -> list[str]:
        """Entries that could not be computed although they should: the report is partial."""
        return [f"{entry['title']}: {entry['error']}" for entry in self.results["entries"] if entry["failed"]]

    @property
    def results_file(self) -> File:
        return text_file("results.json", "application/json", self.results_text)

    def files(self) -> Iterator[File]:
        """What a statistician works with, file by file."""
        yield self.results_file
        yield from self.bundle


def text_file(name: str, media_type: str, text: str) -> File:
    return File(name, media_type, text.encode())
