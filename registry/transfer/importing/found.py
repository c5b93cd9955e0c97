"""What a file holds beside its rows: columns and words that only the centre can explain, and what it should know."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from registry.actions.importing.rows import FileRow, Says
from registry.models import FORMS_BY_NAME
from registry.transfer.importing import targets
from registry.transfer.importing.layout import Sheet
from registry.transfer.importing.lines import Line
from registry.transfer.importing.values import text_of

EXAMPLES: Final = 3  # of a column, for who says what it is
MOST_WORDS: Final = 40
WORDS_COUNTED: Final = 10_000  # a file may hold another word in each of millions of cells
CODED: Final = ("bool", "choice", "multi-choice")


@dataclass
class Found:
    """Known once all lines were read."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)  # sheets with a line below their headings
    above: set[str] = field(default_factory=set)  # sheets with a line before their headings
    examples: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    words: Counter[tuple[str, str]] = field(default_factory=Counter)
    is_windows: bool = False

    def keep_examples(self, sheet: Sheet, line: Line) -> None:
        self.filled.add(sheet.name)
        for column in sheet.asked:
            examples = self.examples.setdefault((sheet.name, column.place), [])
            if len(examples) < EXAMPLES and column.place < len(line.cells):
                text = text_of(line.cells[column.place])[:60]
                examples += [text] if text and text not in examples else []

    def count_words(self, row: FileRow) -> None:
        """Texts that no item can read. A number or date that is badly written is no word."""
        for cell in row.cells:
            if cell.says is Says.UNREADABLE and cell.text and not cell.text.startswith("#"):
                kind = FORMS_BY_NAME[row.form]._meta.get_field(cell.field).crf.kind
                if kind in CODED or not any(sign.isdigit() for sign in cell.text):
                    self._count(cell.text[:100], f"{row.form}.{cell.field}")

    def _count(self, word: str, item: str) -> None:
        if (word, item) in self.words or len(self.words) < WORDS_COUNTED:
            self.words[word, item] += 1

    @property
    def has_unknown(self) -> bool:
        return any(column.target is None for sheet in self.sheets.values() for column in sheet.columns)

    def as_json(self) -> dict[str, Any]:
        """Kept with the batch."""
        return {
            "columns": list(self._columns()),
            "words": [[word, item, count] for (word, item), count in self.words.most_common(MOST_WORDS)],
            "notes": list(self._notes()),
            "without_patient": [sheet.name for sheet in self.sheets.values() if not _names_patient(sheet)],
        }

    def _columns(self) -> Iterator[dict[str, Any]]:
        """Those that no name explains; `target` is None where nobody has matched one, empty where it is left out."""
        for sheet in self.sheets.values():
            for column in sheet.asked:
                yield {
                    "sheet": sheet.name,
                    "row": sheet.row,
                    "column": column.letter,
                    "heading": column.heading,
                    "examples": self.examples.get((sheet.name, column.place), []),
                    "target": "" if column.target == targets.LEFT_OUT else column.target and str(column.target),
                }

    def _notes(self) -> Iterator[str]:
        if self.is_windows:
            yield _(
                "The file is not in UTF-8. It was read as Excel saves CSV under Windows: look at letters with accents."
            )
        if without := sorted(self.above - set(self.sheets)):
            yield _("Not read, because no table stands there: sheet %(sheets)s.") % {"sheets": ", ".join(without)}
        for sheet in self.sheets.values():
            place = f"{sheet.name}: " if sheet.name else ""
            if sheet.name in self.above:
                said = _("The headings were found in row %(row)d; what stands above was not read.")
                yield place + said % {"row": sheet.row}
            if sheet.name not in self.filled:
                yield place + _("No row stands below the headings.")


def _names_patient(sheet: Sheet) -> bool:
    """By a name that the registry knows; else the centre says which column it is."""
    return sheet.patient is not None and not sheet.patient.is_asked
