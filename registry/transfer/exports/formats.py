"""The formats by name. The analysis data set is made by the application that knows it, and registers itself."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from registry.models import Export
from registry.transfer.exports import (
    aggregate,
    codebook,
    csv_r,
    dataset_json,
    odm,
    redcap,
    sas,
    spss,
    stata,
    xlsx,
)
from registry.transfer.exports.tables import Content

Writer = Callable[[Content, Path], None]
SAFE: Final = "safe for spreadsheets: an apostrophe stands before a text that would run as a formula"
TYPED: Final = "every cell has its type: no text is a formula"
RAW: Final = "raw, for programs: do not open in a spreadsheet"
NO_CELLS: Final = "not for a spreadsheet"

_WRITERS: Final[dict[str, Writer]] = {
    Export.Format.CSV: csv_r.write,
    Export.Format.XLSX: xlsx.write,
    Export.Format.SPSS: spss.write,
    Export.Format.STATA: stata.write,
    Export.Format.SAS: sas.write,
    Export.Format.ODM: odm.write,
    Export.Format.DATASET_JSON: dataset_json.write,
    Export.Format.REDCAP: redcap.write,
    Export.Format.CODEBOOK: codebook.write,
}
_AGGREGATE: Final[Mapping[str, Writer]] = {
    Export.Format.CSV: aggregate.write_csv,
    Export.Format.XLSX: aggregate.write_xlsx,
}
_RAW_FILES: Final = {"analysis.csv"}  # no item of it is free text


def writer_of(export: Export) -> Writer:
    if export.level == Export.Level.AGGREGATE and export.format in _AGGREGATE:
        return _AGGREGATE[export.format]
    return _WRITERS[export.format]


def register(name: str, writer: Writer) -> None:
    """For formats that another application makes."""
    _WRITERS[name] = writer


def cells_of(file: str) -> str:
    """What the manifest says of opening a file in a spreadsheet."""
    if file in _RAW_FILES:
        return RAW
    return {".csv": SAFE, ".xlsx": TYPED}.get(Path(file).suffix, NO_CELLS)
