"""The documents that are generated: `python -m tests.docs.generated` writes them again.

A test compares each with what stands in the repository.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analytics.cohort.build import build
from analytics.reports import methods
from analytics.reports.paper.document import as_text
from analytics.reports.results_json import results
from tests.analytics import reference_cohort

DOCS = Path(__file__).resolve().parents[2] / "docs"


@cache
def reference_results() -> Mapping[str, Any]:
    """The plan on the reference cohort."""
    return results(build(reference_cohort.forms(), cut_off=reference_cohort.CUT_OFF).data_set)


def the_paper_recomputed() -> str:
    """Published and recomputed figures."""
    return as_text(reference_results()["entries"])


GENERATED: Mapping[str, Callable[[], str]] = {
    "the-paper-recomputed.md": the_paper_recomputed,
    "methods.md": methods.as_text,
}


if __name__ == "__main__":
    for name, make in GENERATED.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
