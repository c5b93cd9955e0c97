"""The file labels.csv beside the data: what the columns and codes are."""

import csv
from pathlib import Path


def labels(folder: Path) -> list[dict[str, str]]:
    with (folder / "labels.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def forms(folder: Path) -> list[str]:
    return list(dict.fromkeys(about["form"] for about in labels(folder)))
