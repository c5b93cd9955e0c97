"""Formats read back in R: by our own script, and by the packages that this machine has."""

import csv
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.registry.transfer.exports.expected import in_order
from tests.registry.transfer.exports.readers import Forms, labels

# Every table that `load.R` made, written again: codes for factors, as the labels say.
_WRITE = """
options(scipen = 999)
source("load.R")
for (form in names(registry)) {
  table <- registry[[form]]
  for (name in names(table)) {
    about <- labels[labels$form == form & labels$column == name, ]
    value <- table[[name]]
    table[[name]] <-
      if (is.factor(value)) about$code[as.integer(value)]
      else if (is.numeric(value)) vapply(value, function(one) if (is.na(one)) "" else format(one, digits = 15), "")
      else as.character(value)
  }
  columns <- names(table) %in% labels$column[labels$form == form]
  write.csv(table[, columns], paste0(form, ".again"), row.names = FALSE, na = "", fileEncoding = "UTF-8")
}
"""


def csv_with_r(folder: Path) -> Forms:
    """By the script of the export, as a reader would: nothing is edited."""
    _run(_WRITE, folder)
    found = {}
    for form in dict.fromkeys(about["form"] for about in labels(folder)):
        with (folder / f"{form}.again").open(encoding="utf-8", newline="") as stream:
            found[form] = in_order(list(csv.DictReader(stream)))
    return found


def _run(script: str, folder: Path) -> None:
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", script], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def has_r() -> bool:
    return shutil.which("Rscript") is not None


def has_package(name: str) -> bool:
    question = f"quit(status = !requireNamespace('{name}', quietly = TRUE))"
    return has_r() and subprocess.run(["Rscript", "--vanilla", "-e", question], check=False).returncode == 0


def what_is_missing() -> Iterator[str]:
    """What the table does not show, and why."""
    if not has_r():
        yield "R is not installed: the script load.R was not run."
    if not has_package("haven"):
        yield "R's haven is not installed: .sav and .dta were read by pyreadstat, on the same library (ReadStat), only."


R_READERS: dict[str, tuple[str, Callable[[Path], Forms]]] = {"R, load.R": ("csv", csv_with_r)} if has_r() else {}
