"""What the paper says in words: whether the data say so too."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analytics.reports.display import interval_of, p_value
from analytics.reports.paper.facts import table_2
from analytics.reports.paper.recomputed import Entries, Number, row, rows


@dataclass(frozen=True)
class Claim:
    """Whether it holds, and by which numbers; None where the paper announces without saying anything.

    ``holds_in`` says in which other population it holds, where it does not in the one named.
    """

    holds: bool | None
    text: str
    n: int
    holds_in: str = ""


Check = Callable[[Entries], Claim]
INTERVAL = "Last INO dose to HCT, per day"
IN_REMISSION = "patients in CR or CRi before HCT"
NO_EFFECT = (
    "Age, per year",
    "Male sex",
    "Matched donor",
    "Myeloablative conditioning",
    "CR or CRi at HCT",
    INTERVAL,
)
DROPPED = {
    "Last INO dose to HCT 50 days or less",
    "Male sex",
    "Myeloablative conditioning",
    "Matched donor",
    "Age, per year",
}
LEVEL = 0.05


def _imaging(entries: Entries) -> Claim:
    (number,) = rows("extramedullary-imaging", entries)
    parts = "; ".join(f"{name} {part}" for name, part in zip(number["parts"], number["value"], strict=True))
    return Claim(None, parts, number["n"])


def _withheld(entries: Entries) -> Claim:
    (number,) = rows("maintenance-withheld", entries)
    reasons = dict(zip(number["parts"], number["value"], strict=True))
    mainly = reasons["acute GVHD"] + reasons["relapse"]
    text = f"acute GVHD {reasons['acute GVHD']}, relapse {reasons['relapse']}, of {number['n']} with a known reason"
    return Claim(2 * mainly > number["n"], text, number["n"] + number["missing"])


def _dropped(entries: Entries) -> Claim:
    rows("survival-model", entries)
    model = entries["survival-model"]
    steps = model["value"]["dropped"]
    text = "; ".join(f"{step['label']} (P = {p_value(step['p'])})" for step in steps)
    return Claim({step["label"] for step in steps} == DROPPED, text, model["n"])


def _no_effect(entries: Entries) -> Claim:
    factors = [row("sos-risk-factors", label, entries) for label in NO_EFFECT]
    interval = row("sos-readings", f"{INTERVAL}, {IN_REMISSION}", entries)
    without = all(_has_no_effect(factor) for factor in factors if factor["label"] != INTERVAL)
    text = "; ".join(_of_factor(factor) for factor in factors)
    holds_in = ""
    if without and _has_no_effect(interval):
        holds_in = f"the interval has no effect in {IN_REMISSION} (n = {interval['n']}): {_shown(interval)}"
    return Claim(all(map(_has_no_effect, factors)), text, factors[0]["n"], holds_in)


def _has_no_effect(factor: Number) -> bool:
    """By the P value where there is one, else by whether the interval holds 1."""
    if factor["p"] is not None:
        return bool(factor["p"] > LEVEL)
    return factor["lower"] is not None and bool(factor["lower"] <= 1 <= factor["upper"])


def _of_factor(factor: Number) -> str:
    limits = f"95% CI {interval_of(factor)}" if factor["p"] is None and factor["value"] is not None else ""
    return f"{factor['label']}: {limits or _shown(factor)}"


def _table_2(entries: Entries) -> Claim:
    patients = rows("sos-patients", entries)
    computed = Counter(
        frozenset(zip(patient["parts"], map(float, patient["value"]), strict=True)) for patient in patients
    )
    printed = Counter(frozenset(_printed(line).items()) for line in table_2())
    equal = sum((computed & printed).values())
    return Claim(computed == printed, f"{equal} of {len(table_2())} rows are equal item by item", len(patients))


def _printed(line: Mapping[str, str]) -> dict[str, float]:
    return {
        "age": float(line["age"]),
        "female": float(line["sex"] == "F"),
        "ECOG": float(line["ecog"]),
        "grade": float(line["grade"]),
        "HCT at first line": float(line["allo_first_line"]),
        "INO cycles": float(line["ino_cycles"]),
        "last INO to SOS/VOD": float(line["ino_last_to_sos"]),
        "myeloablative": float(line["mac"]),
        "double alkylators": float(line["dual_alkylators"]),
        "HCT to SOS/VOD": float(line["hct_to_sos"]),
    }


def _survival_curve(entries: Entries) -> Claim:
    return _curve("overall-survival", entries)


def _incidence_curves(entries: Entries) -> Claim:
    return _curve("cumulative-incidence", entries)


def _curve(entry: str, entries: Entries) -> Claim:
    rows(entry, entries)
    lines = entries[entry]["value"]["lines"]
    counted = "; ".join(f"{line['label']}: {sum(line['n_event'])} {line['events']}" for line in lines)
    return Claim(None, f"{counted}, curve with band in the report", entries[entry]["n"])


def _announced_tests(entries: Entries) -> Claim:
    chosen = (
        ("Fisher, double alkylators", row("sos-tests", "Double alkylators", entries)),
        ("Fisher, HCT at first line", row("sos-tests", "Allogeneic HCT at first line", entries)),
        ("log-rank, conditioning", row("survival-tests", "Conditioning intensity", entries)),
        (
            "Kruskal-Wallis, last INO dose to HCT by SOS/VOD",
            row("sos-characteristics", "Last INO dose to HCT, days", entries),
        ),
    )
    text = "; ".join(f"{name}: {_shown(number)}" for name, number in chosen)
    return Claim(None, text, chosen[0][1]["n"])


def _shown(number: Number) -> str:
    return str(number["error"]) if number["p"] is None else f"P = {p_value(number['p'])}"


CLAIMS: Mapping[str, Check] = {
    "P36": _imaging,
    "P55": _withheld,
    "P73": _dropped,
    "P88": _no_effect,
    "P89": _table_2,
    "P90": _survival_curve,
    "P91": _incidence_curves,
    "P92": _announced_tests,
}
