"""The texts that pages say: every literal given to gettext in their templates and modules."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).parent.parent.parent
TEMPLATES: Final = ("templates",)
MODULES: Final = (
    "registry/access",
    "registry/actions",
    "registry/templatetags",
    "registry/web",
    "analytics/actions.py",
    "analytics/delivery.py",
    "analytics/failures.py",
    "analytics/models",
    "analytics/publish.py",
    "analytics/reports/kinds",
    "analytics/rights.py",
    "analytics/scheduling",
    "analytics/snapshots.py",
    "analytics/web",
)
# What the pages take from the language of the case report form is in the catalogue `dictionary`.
_FUNCTIONS: Final = {
    "_",
    "Message",
    "Refused",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
_LITERAL: Final = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_CALL: Final = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(({_LITERAL}(?:\s*,\s*{_LITERAL})*)")


@dataclass
class Text:
    """One text; `plural` and `context` are empty where it has none."""

    text: str
    plural: str = ""
    context: str = ""
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


def texts() -> dict[tuple[str, str], Text]:
    """By context and text, in the order of the files."""
    found: dict[tuple[str, str], Text] = {}
    for path in sorted(file for place in (*TEMPLATES, *MODULES) for file in _files(ROOT / place)):
        name = path.relative_to(ROOT).as_posix()
        for text in _texts_of(path):
            known = found.setdefault(text.key, text)
            known.plural = known.plural or text.plural
            known.files += [name] if name not in known.files else []
    return found


def _files(place: Path) -> Iterator[Path]:
    yield from [place] if place.is_file() else place.rglob("*")


def _texts_of(path: Path) -> Iterator[Text]:
    if path.suffix == ".py":
        yield from in_module(path.read_text())
    elif path.suffix in (".html", ".txt"):
        yield from in_template(path.read_text())


def in_template(source: str) -> Iterator[Text]:
    for call in _CALL.finditer(templatize(source)):
        yield _text(call[1], [ast.literal_eval(each) for each in re.findall(_LITERAL, call[2])])


def in_module(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
            literals = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if literals:
                yield _text(node.func.id, literals)


def _text(function: str, literals: list[Any]) -> Text:
    context = literals.pop(0) if function.removesuffix("_lazy") in ("pgettext", "npgettext") else ""
    plural = literals[1] if function.lstrip("p").startswith("n") and len(literals) > 1 else ""
    return Text(literals[0], plural, context)
