"""Files of SPSS, Stata and SAS, as other people's programs read them: integers led back to codes, answers together.

`Records` are the rows of one file by variable: a letter from a to d, or a number from -99 to -96, is a missing value
with its reason.
"""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import pyreadstat

from tests.registry.transfer.exports.expected import Rows, in_order, number
from tests.registry.transfer.exports.labels_file import forms, labels

Records = list[dict[str, Any]]
Read = Callable[[str], Records]  # of the name of a file, without its ending
REASONS = ("UNK", "ND", "NA", "PEND")
LETTERS = dict(zip("abcd", REASONS, strict=True))
SPSS_CODES = dict(zip((-99.0, -98.0, -97.0, -96.0), REASONS, strict=True))
# Which items have their reason in themselves, by the type that labels.csv names.
IN_NUMBERS = ("integer", "decimal", "flag", "code", "codes")
NATIVE = {"spss": IN_NUMBERS, "stata": (*IN_NUMBERS, "date"), "sas": ()}


def spss_with_pyreadstat(folder: Path) -> dict[str, Rows]:
    def read(name: str) -> Records:
        return pyreadstat.read_sav(folder / f"{name}.sav", user_missing=True)[0].to_dict("records")

    return of_package("spss", folder, read)


def stata_with_pyreadstat(folder: Path) -> dict[str, Rows]:
    def read(name: str) -> Records:
        return pyreadstat.read_dta(folder / f"{name}.dta", user_missing=True)[0].to_dict("records")

    return of_package("stata", folder, read)


def sas_with_pyreadstat(folder: Path) -> dict[str, Rows]:
    def read(name: str) -> Records:
        return pyreadstat.read_xport(folder / f"{name}.xpt")[0].to_dict("records")

    return of_package("sas", folder, read)


def of_package(package: str, folder: Path, read: Read) -> dict[str, Rows]:
    """Every form."""
    abouts: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for about in labels(folder):
        abouts[about["form"]][about["column"]].append(about)
    read_form = _under_long_names(folder, read) if package == "sas" else read
    found = {}
    for form in forms(folder):
        rows = []
        for record in read_form(form):
            row = {name: _text(record, name, about) for name, about in abouts[form].items()}
            _check_native_missing(record, row, abouts[form], NATIVE[package])
            rows.append(row)
        found[form] = in_order(rows)
    return found


def names_in_sas(folder: Path) -> dict[str, list[dict[str, str]]]:
    """By form: what names.csv says of each variable."""
    found = defaultdict(list)
    with (folder / "names.csv").open(encoding="utf-8-sig", newline="") as stream:
        for each in csv.DictReader(stream):
            found[each["form"]].append(each)
    return found


def _under_long_names(folder: Path, read: Read) -> Read:
    """The short names led back to the long ones, the parts of long texts together."""
    names = names_in_sas(folder)
    integers = {(row["form"], row["column"], row["code"]): row["integer"] for row in labels(folder)}

    def read_form(form: str) -> Records:
        found = []
        for record in read(names[form][0]["data_set"].lower()):
            assert list(record) == [each["variable"] for each in names[form]]
            assert all(len(name) <= 8 for name in record)
            whole: dict[str, Any] = {}
            for each in names[form]:
                column, value = each["column"], record[each["variable"]]
                if each["answer"]:
                    column = f"{column}_{integers[form, column, each['answer']]}"
                whole[column] = whole[column] + (value or "") if column in whole else value
            found.append(whole)
        return found

    return read_form


def _text(record: dict[str, Any], name: str, about: list[dict[str, str]]) -> str:
    kind = about[0]["type"]
    if kind == "codes":
        named = [each["code"] for each in about if _plain(record[f"{name}_{each['integer']}"]) == "1"]
        return ";".join(sorted(named))
    value = record[name]
    if kind in ("text", "partial date"):
        return "" if pandas.isna(value) else value
    text = _plain(value)
    if kind == "code" and text:
        return next(each["code"] for each in about if each["integer"] == text)
    return text


def _plain(value: Any) -> str:
    """Empty where the package sees a missing value."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if pandas.isna(value) or _native(value):
        return ""
    return number(value) if isinstance(value, int | float) else str(value)


def _native(value: Any) -> str:
    """The reason that a missing value of the package stands for."""
    return LETTERS.get(value, "") if isinstance(value, str) else SPSS_CODES.get(value, "")


def _check_native_missing(
    record: dict[str, Any], row: dict[str, str], abouts: dict[str, list[dict[str, str]]], kinds: tuple[str, ...]
) -> None:
    """A missing value says what the column beside it says, and where that says nothing it is a plain one."""
    for name, about in abouts.items():
        if about[0]["type"] in kinds:
            several = about[0]["type"] == "codes"
            for variable in [f"{name}_{each['integer']}" for each in about] if several else [name]:
                assert _native(record[variable]) == row.get(f"{name}_missing", ""), (variable, record[variable])
