"""How MRD before HCT was measured, and its results at one common limit (X21)."""

import numpy as np

from analytics.cohort.columns import COLUMNS
from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.counting import BY_COUNTING, BY_DESCRIBE, COUNTED, MEDIAN, count, left_out, median
from analytics.plan.registry import analysis
from analytics.plan.results import Table

COMMON_LIMIT = 0.01  # % of cells
SENSITIVE = 0.001
WITH_RESULT = "patients in CR or CRi before HCT, MRD available"


@analysis(
    "mrd-methods",
    title="MRD before HCT: methods and detection limits",
    section="INO and response",
    kind="table",
    population=WITH_RESULT,
    method=f"{COUNTED}; {MEDIAN}",
    software=BY_DESCRIBE,
    more_figures=("P47",),
    r='list(row(), med(d$mrd_lod, is(d$resp_before_hct, "cr") & known(d$mrd_pre_hct)))',
)
def mrd_methods(data: AnalysisDataSet) -> Table:
    """P47."""
    chosen, method = _with_result(data), data.codes("mrd_method")
    methods = {label: method == code for code, label in COLUMNS["mrd_method"].codes.items()}
    rows = (
        count("Method", methods, known=data.known("mrd_method"), within=chosen, population=WITH_RESULT),
        median(
            "Detection limit",
            data.numbers("mrd_lod"),
            unit="% of cells",
            within=chosen,
            population=WITH_RESULT,
            figure="P47",
        ),
    )
    return Table(n=Count(chosen), n_excluded=left_out("no MRD result in CR", Count(~chosen)), rows=rows)


@analysis(
    "mrd-at-a-common-limit",
    title="MRD before HCT by the detection limit of the assay",
    section="INO and response",
    kind="table",
    population=WITH_RESULT,
    method=COUNTED,
    software=BY_COUNTING,
    note="Sensitivity analysis: the paper pools a negative at 0.01% with a negative at 0.0001% of cells (X21).",
    r="""
with(d, lapply(c(0.01, 0.001), function(limit) {
  parts(is(mrd_pre_hct, "neg"), is(mrd_pre_hct, "pos"), is(mrd_pre_hct, "dnq"),
        among = is(resp_before_hct, "cr") & known(mrd_pre_hct) & known(mrd_lod) & mrd_lod <= limit)
}))
""",
)
def mrd_at_a_common_limit(data: AnalysisDataSet) -> Table:
    """Negative, positive and not quantifiable among the assays that reach 0.01%, and among those that reach less."""
    chosen, limit, result = _with_result(data), data.numbers("mrd_lod"), data.codes("mrd_pre_hct")
    results = {label: result == code for code, label in COLUMNS["mrd_pre_hct"].codes.items()}
    reached = {
        "Assays that detect 0.01% of cells": limit <= COMMON_LIMIT,
        "Assays that detect 0.001% of cells": limit <= SENSITIVE,
    }
    rows = tuple(
        count(label, results, known=~np.isnan(limit), within=chosen & mask, population="patients with such an assay")
        for label, mask in reached.items()
    )
    return Table(n=Count(chosen), n_excluded=left_out("no MRD result in CR", Count(~chosen)), rows=rows)


def _with_result(data: AnalysisDataSet) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    chosen = (data.codes("resp_before_hct") == "cr") & data.known("mrd_pre_hct")
    return np.asarray(chosen, dtype=bool)
