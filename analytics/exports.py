"""The analysis data set as an export of the registry: one row a patient, its labels, who was left out, an R script."""

import csv
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from analytics.cohort import csv_text
from analytics.cohort.build import Cohort, build_from
from analytics.cohort.columns import COLUMNS
from analytics.cohort.data_set import read_csv
from analytics.cohort.forms import patients
from analytics.cohort.population import STANDING, DataState, Flow, Selection
from registry.derivations.patient import Patient
from registry.transfer.exports.levels import OLDEST, Level
from registry.transfer.exports.pseudonyms import Pseudonyms
from registry.transfer.exports.tables import AT_ONCE, Content, frozen_forms

SCRIPT: Final = Path(__file__).parent / "cohort" / "r" / "analysis.R"


def write(content: Content, folder: Path) -> None:
    selection = Selection(STANDING, DataState(content.choice.data_state))
    cohort = build_from(_patients(content), selection=selection, cut_off=content.data_cut_off)
    (folder / "analysis.csv").write_text(_text(cohort, content.choice.level), encoding="utf-8")
    (folder / "labels.csv").write_text(csv_text.labels(), encoding="utf-8")
    _write_flow(cohort.flow, folder / "flow.csv")
    shutil.copy(SCRIPT, folder / SCRIPT.name)


def _patients(content: Content) -> Iterator[Patient]:
    for number, forms in enumerate(frozen_forms(content)):
        content.progress(f"deriving the analysis data set, patient {number * AT_ONCE + 1} and those after")
        yield from patients(forms)


def _text(cohort: Cohort, level: str) -> str:
    text = cohort.data_set.text
    if level != Level.DEIDENTIFIED:
        return text
    pseudonyms = Pseudonyms.load()
    columns = csv_text.parse(text)
    rows = (dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True))
    disguised = sorted((_disguised(row, pseudonyms) for row in rows), key=lambda row: row["patient_id"])
    return read_csv(csv_text.write(disguised)).text


def _disguised(row: Mapping[str, str], pseudonyms: Pseudonyms) -> dict[str, str]:
    """As every de-identified table: the same pseudonyms, and every date of a patient moved by as many days."""
    patient = row["patient_id"]
    found = dict(row) | {"patient_id": pseudonyms.patient(patient)}
    if row["centre_no"]:
        found["centre_no"] = str(pseudonyms.centre(int(row["centre_no"])))
    if row["age"]:
        found["age"] = str(min(int(row["age"]), OLDEST))
    for column in COLUMNS.values():
        if column.kind == "date" and row[column.name]:
            found[column.name] = pseudonyms.shifted(date.fromisoformat(row[column.name]), of=patient).isoformat()
    return found


def _write_flow(flow: Flow, file: Path) -> None:
    """Who is in the data set, and why others are not."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("step", "patients", "left_out", "reason"))
        for step in flow.steps:
            for reason, number in step.left_out.items() or (("", 0),):
                writer.writerow((step.title, step.n, number, reason))
