"""Columns that the registry does not know by their names: who brings in the file says what they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from registry.actions.errors import ActionRefused
from registry.models import ColumnMapping, ImportBatch
from registry.transfer.importing import targets
from registry.transfer.importing.layout import suggestion

LEAVE_OUT = "leave-out"  # the tick for all columns without an item


@dataclass(frozen=True)
class AskedColumn:
    """One column with its examples, and what stands in its input: as typed, as remembered, or as its name suggests."""

    name: str  # of the input
    sheet: str
    column: str
    heading: str
    examples: list[str]
    item: str


def columns_of(batch: ImportBatch, posted: Mapping[str, str]) -> dict[str, Any]:
    labels = {target: label for label, target in _targets_by_label().items()}
    elsewhere = dict(
        ColumnMapping.objects.filter(centre=batch.centre_id).order_by("pk").values_list("heading", "target")
    )
    asked = [
        AskedColumn(
            name=_name(place),
            sheet=column["sheet"],
            column=column["column"],
            heading=column["heading"],
            examples=column["examples"],
            item=posted.get(_name(place), labels.get(_first(column, elsewhere), "")),
        )
        for place, column in enumerate(batch.counts.get("columns", []))
    ]
    leaves_out = any(column["target"] == "" for column in batch.counts.get("columns", [])) or LEAVE_OUT in posted
    return {"asked": asked, "items": list(labels.values()), "leaves_out": leaves_out, "leave_out": LEAVE_OUT}


def _first(column: Mapping[str, Any], elsewhere: Mapping[str, str]) -> str:
    """What the centre said of it, else of a column called so on another sheet, else what its name suggests."""
    if column["target"] is not None:
        return str(column["target"])
    return elsewhere.get(column["heading"]) or suggestion(column["heading"], column["examples"])


def matched(batch: ImportBatch, posted: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """What was chosen, by sheet and heading; an empty target leaves the column out."""
    columns, by_label = batch.counts.get("columns", []), _targets_by_label()
    typed = [" ".join(posted.get(_name(place), "").split()) for place, _column in enumerate(columns)]
    _refuse_unknown(columns, typed, by_label)
    if LEAVE_OUT not in posted:
        _refuse_empty(columns, typed)
    _refuse_twice(columns, typed)
    _refuse_without_patient(batch.counts.get("without_patient", []), columns, [by_label.get(text) for text in typed])
    pairs = zip(columns, typed, strict=True)
    return {(column["sheet"], column["heading"]): by_label.get(text, "") for column, text in pairs}


def _refuse_unknown(columns: Any, typed: list[str], by_label: Mapping[str, str]) -> None:
    for column, text in zip(columns, typed, strict=True):
        if text and text not in by_label:
            values = {"heading": column["heading"], "text": text}
            raise ActionRefused(
                _("%(heading)s: “%(text)s” is not in the list of items. Choose one of the list.") % values
            )


def _refuse_empty(columns: Any, typed: list[str]) -> None:
    if empty := [column["heading"] for column, text in zip(columns, typed, strict=True) if not text]:
        message = _("Say what these columns are, or tick below that they are left out: %(headings)s.")
        raise ActionRefused(message % {"headings": ", ".join(empty)})


def _refuse_twice(columns: Any, typed: list[str]) -> None:
    first: dict[tuple[str, str], str] = {}
    for column, text in zip(columns, typed, strict=True):
        other = first.setdefault((column["sheet"], text), column["heading"])
        if text and other != column["heading"]:
            values = {"first": other, "second": column["heading"], "item": text}
            raise ActionRefused(_("%(first)s and %(second)s cannot both be “%(item)s”.") % values)


def _refuse_without_patient(sheets: Sequence[str], columns: Any, chosen: Sequence[str | None]) -> None:
    for sheet in sheets:
        of_sheet = [
            target for column, target in zip(columns, chosen, strict=True) if column["sheet"] == sheet and target
        ]
        if of_sheet and str(targets.Target("", targets.PATIENT)) not in of_sheet:
            message = _("%(sheet)s: say which column holds the patient number, such as 03-007.")
            raise ActionRefused(message % {"sheet": sheet or _("The file")})


def _targets_by_label() -> dict[str, str]:
    """`INO cycle 1: Day 1: date of dose` to its target, in the language of the page."""
    return dict(_labelled())


def _labelled() -> Iterator[tuple[str, str]]:
    for group, options in targets.choices():
        for target, label in options:
            text = f"{group}: {label}" if group else label
            yield " ".join(text.split()), target


def _name(place: int) -> str:
    return f"column-{place}"
