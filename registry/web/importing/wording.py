"""Words that the registry cannot read: who brings in the file says, once for the centre, what they mean."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from registry.crf.fields import CrfField
from registry.crf.missing import REASONS
from registry.models import FORMS_BY_NAME, ImportBatch, WordMapping
from registry.transfer.importing.found import CODED
from registry.transfer.importing.notation import folded
from registry.transfer.importing.values import YES_NO

FAULT, BLANK, REASON, ANSWER = "", "blank", "reason=", "answer="
Choices = list[tuple[str, list[tuple[str, Any]]]]


@dataclass(frozen=True)
class AskedWord:
    """One word, of one item or wherever it stands, with what it may mean and what it means now."""

    name: str  # of the input
    word: str
    item: str
    where: str
    cells: int
    choices: Choices
    chosen: str = FAULT


def words_of(batch: ImportBatch) -> dict[str, list[AskedWord]]:
    """Those that the file holds and nobody has explained; and those that the centre explained before."""
    known = [
        AskedWord(f"known-{each.pk}", each.word, each.item, _where([each.item]), 0, _choices(each.item), _chosen(each))
        for each in WordMapping.objects.filter(centre=batch.centre_id)
    ]
    return {"asked": list(_asked(batch)), "known": known}


def explained(batch: ImportBatch, posted: Mapping[str, str]) -> dict[tuple[str, str], dict[str, str] | None]:
    """What was chosen, by item and word; None where a word is a fault again."""
    words = words_of(batch)
    found: dict[tuple[str, str], dict[str, str] | None] = {}
    for each in [*words["asked"], *words["known"]]:
        chosen = posted.get(each.name, each.chosen)
        if chosen != each.chosen and chosen in _values(each.choices):
            found[each.item, folded(each.word)] = _meaning(chosen)
    return found


def _asked(batch: ImportBatch) -> Iterator[AskedWord]:
    """A word among numbers or dates says why there is none: one line for all items. Else a line for each item."""
    place = 0
    for word, counted in _by_word(batch).items():
        together = [item for item in counted if _field(item).crf.may_be_missing]
        if all(_field(item).crf.kind in CODED for item in counted):
            together = []
        for item, items in [*([("", together)] if together else []), *((i, [i]) for i in counted if i not in together)]:
            cells = sum(counted[each] for each in items)
            yield AskedWord(f"word-{place}", word, item, _where(items), cells, _choices(item))
            place += 1


def _by_word(batch: ImportBatch) -> dict[str, Counter[str]]:
    """However it is written; shown as it was written first."""
    shown: dict[str, str] = {}
    found: dict[str, Counter[str]] = {}
    for word, item, count in batch.counts.get("words", []):
        first = shown.setdefault(folded(word), word)
        found.setdefault(first, Counter())[item] += count
    return found


def _choices(item: str) -> Choices:
    """With the fault that it is now as the first one."""
    choices: Choices = [("", [(FAULT, _("a fault")), (BLANK, _("a blank cell"))])]
    field = _field(item) if item else None
    if field is not None and field.crf.kind in CODED:
        answers = YES_NO if field.crf.kind == "bool" else field.crf.choices
        choices.append((_("Answer"), [(f"{ANSWER}{code}", label) for code, label in answers.items()]))
    if field is None or field.crf.may_be_missing:
        choices.append((_("Reason missing"), [(f"{REASON}{code}", label) for code, label in REASONS.items()]))
    return choices


def _values(choices: Choices) -> set[str]:
    return {value for _group, options in choices for value, _label in options}


def _meaning(chosen: str) -> dict[str, str] | None:
    if chosen == FAULT:
        return None
    kind, _sign, code = chosen.partition("=")
    return {"answer": "", "reason": ""} | ({kind: code} if code else {})


def _chosen(mapping: Any) -> str:
    if mapping.answer:
        return f"{ANSWER}{mapping.answer}"
    return f"{REASON}{mapping.reason}" if mapping.reason else BLANK


def _where(items: list[str]) -> str:
    return ", ".join(dict.fromkeys(_label(item) for item in items)) if items != [""] else _("wherever it stands")


def _label(item: str) -> str:
    return f"{FORMS_BY_NAME[item.partition('.')[0]]._meta.verbose_name}: {_field(item).verbose_name}"


def _field(item: str) -> CrfField:
    form, _dot, name = item.partition(".")
    field: Any = FORMS_BY_NAME[form]._meta.get_field(name)
    return field
