"""The reference cohort gives every figure of targets.csv at the printed precision."""

import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from tests.analytics.reference_cohort import FIXTURES


def targets() -> list[dict[str, str]]:
    with (FIXTURES / "targets.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def agrees(printed: str, computed: object) -> bool:
    """Rounded half up to the printed decimals; parts of one target one by one. Nothing printed, nothing compared."""
    if not printed:
        return True
    parts = re.split("[|;]", printed)
    values = computed if isinstance(computed, list) else [computed]
    if len(parts) != len(values) or any(value is None for value in values):
        return False
    return all(
        Decimal(repr(value)).quantize(Decimal(part), ROUND_HALF_UP) == Decimal(part)
        for part, value in zip(parts, values, strict=True)
    )


def verdict(target: dict[str, str], figure: dict[str, Any]) -> str:
    wrong = [name for name in ("value", "lower", "upper", "p") if not agrees(target[name], figure[name])]
    wrong += ["n"] if int(target["n"]) != figure["n"] else []
    return figure["error"] or ("differs: " + ", ".join(wrong) if wrong else "agrees")


def printed(numbers: list[Any]) -> str:
    return " ".join("-" if number in (None, "") else str(number) for number in numbers)


def test_all_72_published_figures_agree(reference_results: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    published = reference_results["published"]
    verdicts = {target["id"]: verdict(target, published[target["id"]]) for target in targets()}
    with capsys.disabled():
        print(f"\n{'id':5} {'target':28} {'computed':72} verdict")
        for target in targets():
            figure = published[target["id"]]
            wanted = printed([target[name] for name in ("value", "lower", "upper", "p")])
            computed = printed([figure[name] for name in ("value", "lower", "upper", "p")])
            print(f"{target['id']:5} {wanted:28} {computed:72} {verdicts[target['id']]}")
        print(f"{list(verdicts.values()).count('agrees')} of {len(verdicts)} agree")
    assert len(verdicts) == 72
    assert {figure: found for figure, found in verdicts.items() if found != "agrees"} == {}


def test_the_plan_publishes_exactly_the_targets(reference_results: dict[str, Any]) -> None:
    assert set(reference_results["published"]) == {target["id"] for target in targets()}


def test_a_number_that_differs_in_the_last_printed_digit_is_seen() -> None:
    assert agrees("11.2", 11.249)
    assert not agrees("11.2", 11.25)
    assert not agrees("21;2|2", [21, 2, 3])
    assert not agrees("5", None)
