"""Formats read back in R: by our own script, and by haven."""

import csv
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.registry.transfer.exports.expected import Rows, in_order
from tests.registry.transfer.exports.expected_labels import Labels
from tests.registry.transfer.exports.labels_file import labels
from tests.registry.transfer.exports.packages import Records, names_in_sas, of_package

SCRIPTS = Path(__file__).parent / "r"
HAVEN = "R, haven"
PACKAGES = ("spss", "stata", "sas")


def csv_with_r(folder: Path) -> dict[str, Rows]:
    """By the script of the export, as a reader would: nothing is edited."""
    run(SCRIPTS / "load_again.R", folder)
    found = {}
    for form in dict.fromkeys(about["form"] for about in labels(folder)):
        with (folder / f"{form}.again").open(encoding="utf-8", newline="") as stream:
            found[form] = in_order(list(csv.DictReader(stream)))
    return found


def with_haven(package: str) -> Callable[[Path], dict[str, Rows]]:
    def read(folder: Path) -> dict[str, Rows]:
        found = _haven(folder)

        def records(name: str) -> Records:
            cells = found[name]["cells"]
            return [{variable: values[row] for variable, values in cells.items()} for row in range(found[name]["rows"])]

        return of_package(package, folder, records)

    return read


def labels_with_haven(folder: Path, *, package: str) -> Labels:
    """By the long names, also of SAS."""
    found = {}
    for file, table in _haven(folder).items():
        form, names = _long_names(folder, file) if package == "sas" else (file, {})
        found[form] = {
            name: label
            for variable, about in table["about"].items()
            for name, label in _labels_of(names.get(variable, variable), about)
        }
    return found


def _labels_of(variable: str, about: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield variable, about["label"]
    for code, words in zip(about["codes"], about["words"], strict=True):
        yield f"{variable}={code}", words


def _long_names(folder: Path, file: str) -> tuple[str, dict[str, str]]:
    integers = {(row["form"], row["column"], row["code"]): row["integer"] for row in labels(folder)}
    form, names = next((f, n) for f, n in names_in_sas(folder).items() if n[0]["data_set"].lower() == file)
    ending = {each["variable"]: integers.get((form, each["column"], each["answer"]), "") for each in names}
    return form, {
        each["variable"]: "_".join(filter(None, (each["column"], each["answer"] and ending[each["variable"]])))
        for each in names
        if each["part"] in ("", "1")
    }


def _haven(folder: Path) -> dict[str, Any]:
    """Every file of the folder, by its name."""
    result = folder / "haven.json"
    if not result.exists():
        run(SCRIPTS / "haven.R", folder)
    return json.loads(result.read_text(encoding="utf-8"))


def run(script: Path, folder: Path) -> str:
    """What the script prints, run in the folder of an export."""
    done = subprocess.run(
        ["Rscript", "--vanilla", str(script)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _has_r() -> bool:
    return shutil.which("Rscript") is not None


def _has_haven() -> bool:
    question = "quit(status = !all(sapply(c('haven', 'jsonlite'), requireNamespace, quietly = TRUE)))"
    return _has_r() and subprocess.run(["Rscript", "--vanilla", "-e", question], check=False).returncode == 0


def what_is_missing() -> Iterator[str]:
    """What the table does not show, and why."""
    if not _has_r():
        yield "R is not installed: the script load.R was not run. On Debian: apt-get install r-base-core"
    if not _has_haven():
        yield "R has no haven: pyreadstat alone read .sav, .dta and .xpt. On Debian: apt-get install r-cran-haven"


def r_readers() -> Iterator[tuple[str, str, Callable[[Path], dict[str, Rows]]]]:
    """Format, program and reader, of the programs that this machine has."""
    if _has_r():
        yield "csv", "R, load.R", csv_with_r
    if _has_haven():
        yield from ((package, HAVEN, with_haven(package)) for package in PACKAGES)
