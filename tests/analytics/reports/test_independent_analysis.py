"""A second analysis in R, written from the definitions alone, finds what `manage.py analyse` writes.

`independent.R` and `random_registries.py` were written without reading the plan, the estimators or their tests: they
share no reading of the definitions with them that is not in the definitions. Keep it so: where the two differ, settle
it by the definitions, and never by making one like the other.
"""

import json
import math
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.analytics.reports.random_registries import write
from tests.drawn import first_seed

pytestmark = [pytest.mark.slow, pytest.mark.needs_r]

TOLERANCE = 1e-7
SCRIPT = Path(__file__).with_name("independent.R")
COVARIATES = {
    "ino_gt2": "More than two INO cycles",
    "remission": "CR or CRi before HCT",
    "allo_first_line": "Allogeneic HCT at first line",
    "blina_before": "Blinatumomab before INO",
    "le50": "Last INO dose to HCT 50 days or less",
    "male": "Male sex",
    "mac": "Myeloablative conditioning",
    "donor_matched": "Matched donor",
    "age": "Age, per year",
}
# The quantity of the script: entry of results.json, list in its value, label in that list.
PLACES = {
    "os_hct_median": ("overall-survival-hct", "landmarks", "Median overall survival from HCT"),
    "os_hct_12": ("overall-survival-hct", "landmarks", "Overall survival 12 months after HCT"),
    "os_hct_24": ("overall-survival-hct", "landmarks", "Overall survival 24 months after HCT"),
    "os_curve": ("overall-survival", "lines", "overall survival"),
    "rmst_ino": ("restricted-mean", "rows", "From the first INO dose"),
    "rmst_hct": ("restricted-mean", "rows", "From HCT"),
    "log_rank_mac": ("survival-tests", "rows", "Conditioning intensity"),
    "log_rank_dual": ("survival-tests", "rows", "Double alkylators"),
    "gray_mac_1": ("relapse-tests", "rows", "Conditioning intensity"),
    "gray_mac_2": ("death-in-remission-tests", "rows", "Conditioning intensity"),
    "fine_gray_age_1": ("relapse-factors", "rows", "Age, per year"),
    "fine_gray_age_2": ("death-in-remission-factors", "rows", "Age, per year"),
    "fisher_dual": ("sos-tests", "rows", "Double alkylators"),
    "zph_GLOBAL": ("proportional-hazards", "rows", "All terms together"),
    "ci_curve_1": ("cumulative-incidence", "lines", "relapse or progression"),
    "ci_curve_2": ("cumulative-incidence", "lines", "death in remission"),
    **{f"zph_{name}": ("proportional-hazards", "rows", label) for name, label in COVARIATES.items()},
    **{f"final_{name}": ("survival-model", "terms", label) for name, label in COVARIATES.items()},
}


def analysed(file: Path) -> dict[str, Any]:
    """What the project says, by the names of the script; a quantity that it has no number for is absent."""
    call_command("analyse", str(file), out=file.with_suffix(""))
    results = json.loads((file.with_suffix("") / "results.json").read_text(encoding="utf-8"))
    entries = {entry["id"]: entry["value"] or {} for entry in results["entries"]}
    said = dict(results["published"])
    for quantity, (entry, group, label) in PLACES.items():
        row = next((row for row in entries[entry].get(group, []) if row["label"] == label), None)
        if row:
            said[quantity] = row
    return {quantity: numbers for quantity, numbers in said.items() if not refused(numbers)}


def refused(numbers: dict[str, Any]) -> bool:
    """A median that is not reached may still have a lower limit."""
    return bool(numbers.get("error")) and all(numbers[field] is None for field in ("value", "lower", "upper"))


def computed_in_r(file: Path) -> dict[str, dict[str, list[float]]]:
    values = file.with_suffix(".tsv")
    subprocess.run(["Rscript", str(SCRIPT), str(file), str(values)], check=True)
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for line in values.read_text(encoding="utf-8").splitlines():
        quantity, field, value = line.split("\t")
        found[quantity][field].append(float(value))
    return found


def relative(ours: float | None, theirs: float) -> float:
    if ours is None or math.isnan(theirs):
        return 0.0 if ours is None and math.isnan(theirs) else math.inf
    return abs(ours - theirs) / max(abs(theirs), 1e-300) if ours != theirs else 0.0


def differences(file: Path) -> Iterator[tuple[str, str, float, Any, Any]]:
    """Quantity, field, relative difference, the project's number, R's number."""
    said = analysed(file)
    for quantity, fields in computed_in_r(file).items():
        if "error" in fields or quantity not in said:
            both = "error" in fields and quantity not in said
            yield quantity, "refused", 0.0 if both else math.inf, said.get(quantity), fields
            continue
        for field, theirs in fields.items():
            ours = said[quantity][field]
            ours = ours if isinstance(ours, list) else [ours]
            if len(ours) != len(theirs):
                yield quantity, field, math.inf, ours, theirs
            for one, other in zip(ours, theirs, strict=False):
                yield quantity, field, relative(one, other), one, other


@pytest.mark.parametrize("n", [40, 150, 600])
def test_an_independent_analysis_in_r_finds_the_same_numbers(n: int, tmp_path: Path) -> None:
    seed = first_seed() + n
    print(f"seed {seed}, {n} patients")
    file = tmp_path / "registry.csv"
    write(file, seed=seed, n=n)
    found = list(differences(file))
    assert len({quantity for quantity, *_ in found}) > 100
    assert "\n".join(str(line) for line in found if line[2] > TOLERANCE) == ""
