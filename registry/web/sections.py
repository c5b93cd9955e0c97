"""The sections of a long form, as the paper has them, with how much of each is answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from registry.crf.language import Words
from registry.web.lines import Line
from registry.web.record_form import RecordForm


@dataclass(frozen=True)
class Section:
    """Questions under one heading; a short form is one section without a heading."""

    anchor: str
    title: Words
    lines: list[Line] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return sum(line.is_asked for line in self.lines)

    @property
    def answered(self) -> int:
        return sum(line.is_asked and line.is_answered for line in self.lines)


def sections(form: RecordForm, lines: Iterable[Line]) -> list[Section]:
    headings = type(form.record).sections
    found: list[Section] = []
    for line in lines:
        if line.name in headings or not found:
            found.append(Section(f"section-{line.name}", headings.get(line.name, "")))
        found[-1].lines.append(line)
    return found
