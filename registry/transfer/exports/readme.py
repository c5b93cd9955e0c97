"""README.txt: what an export is and how to load it, and the manifest in words."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from registry.models import Export
from registry.transfer.exports.levels import Level

FILE: Final = "README.txt"
_HOW_TO_LOAD: Final = Path(__file__).parent / "how_to_load"
_FORMS: Final = """
Each form has the keys patient_id, centre_no and, where it repeats, instance_no. A missing answer is empty; the column
whose name ends in _missing says why: UNK unknown or not documented, ND not done, NA not applicable, PEND result
pending. Laboratory values are as entered, with their unit beside them; the analysis data set has them in one unit."""
_WITHOUT_FORMS: Final = (Export.Format.ANALYSIS, Export.Format.CODEBOOK)


def readme(about: Mapping[str, Any], export: Export) -> str:
    """`about` is the manifest."""
    return "\n".join([*_what(about), "", "How to load it", _how_to_load(export), *_contents(about)]) + "\n"


def _what(about: Mapping[str, Any]) -> Iterator[str]:
    centres = about["centres"]
    yield f"INO registry: {about['format']}, level {about['level']}"
    yield f"Export {about['export']}, made {about['made_at']} for {about['asked_for_by']}"
    yield f"Patients: {about['data_state']}"
    yield f"Centres: {centres if isinstance(centres, str) else ', '.join(f'{centre:02d}' for centre in centres)}"
    yield f"Data cut-off: {about['data_cut_off'] or 'none set'}"
    yield f"Dictionary {about['dictionary_version']}, code {about['code_version'][:12]}, "
    yield f"head of the audit seals {about['seal_head'] or 'none yet'}"


def _how_to_load(export: Export) -> str:
    is_counted = export.level == Level.AGGREGATE and export.format != Export.Format.CODEBOOK
    name = "counts" if is_counted else export.format
    text = (_HOW_TO_LOAD / f"{name}.txt").read_text(encoding="utf-8").rstrip()
    return text if is_counted or export.format in _WITHOUT_FORMS else text + _FORMS


def _contents(about: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", "What this level does")
    yield from (f"  {what}: {how}" for what, how in about["what_the_level_does"].items())
    if about["rows"]:
        yield from ("", "Rows, equal in these files and in the database")
        yield from (f"  {form}: {_total(rows)}" for form, rows in about["rows"].items())
    yield from ("", "Files")
    yield from (f"  {file['name']}, {file['size']} bytes, {file['cells']}" for file in about["files"])


def _total(rows: Any) -> str:
    if not isinstance(rows, dict):
        return str(rows)
    by_centre = ", ".join(f"centre {centre} {number}" for centre, number in rows.items())
    return f"{sum(rows.values())}" + (f" ({by_centre})" if by_centre else "")
