"""The centres beside each other: SOS/VOD."""

from dataclasses import replace

import numpy as np

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet, Mask
from analytics.plan.counting import left_out
from analytics.plan.curves import LIMITS
from analytics.plan.entries.sos import SOS_EVENT
from analytics.plan.registry import NotPossible, analysis
from analytics.plan.results import Number, Table
from analytics.stats import funnel_limits

FUNNEL = "percentage of the patients of the centre; 95% limits of chance around all centres, exact binomial"


@analysis(
    "sos-by-centre",
    title="SOS/VOD by centre",
    section="Centres",
    kind="table",
    population="patients with a known centre and answer",
    event=SOS_EVENT,
    method=FUNNEL,
    software="funnel_limits (R: qbinom(p, n, pi) / n)",
    note="Not adjusted for risk: a centre outside the limits is a reason to look, not a verdict.",
    drawn_as="funnel",
    r="""
with(d[known(d$centre_no) & known(d$sos), ], {
  all_centres <- mean(sos)
  rows <- lapply(sort(unique(centre_no)), function(centre) {
    n <- sum(centre_no == centre)
    row(100 * mean(sos[centre_no == centre]), 100 * qbinom(0.025, n, all_centres) / n,
        100 * (n - qbinom(0.025, n, 1 - all_centres)) / n, n = n)
  })
  c(rows, list(row(100 * all_centres, n = length(sos))))
})
""",
)
def sos_by_centre(data: AnalysisDataSet) -> Table:
    """One row a centre, by number, and all together last."""
    known = data.known("centre_no") & data.known("sos")
    if not known.any():
        raise NotPossible("no patient with a known centre and answer")
    centre, occurred = data.numbers("centre_no")[known].astype(int), data.flag("sos")[known]
    numbers, place = np.unique(centre, return_inverse=True)
    sizes, events = np.bincount(place), np.bincount(place[occurred], minlength=numbers.size)
    overall = events.sum() / sizes.sum()
    lower, upper = funnel_limits(overall, sizes)
    every = Number(
        label="All centres",
        value=100 * float(overall),
        n=Count(known),
        events=Count(known & data.flag("sos")),
        population="patients with a known centre and answer",
        method=FUNNEL,
        unit="%",
    )

    def of_centre(number: int) -> Mask:
        mask: Mask = known & (data.numbers("centre_no") == number)
        return mask

    rows = tuple(
        replace(
            every,
            label=f"Centre {number:02d}",
            value=100 * float(events[row] / sizes[row]),
            lower=100 * float(lower[row]),
            upper=100 * float(upper[row]),
            interval=LIMITS,
            n=Count(of_centre(number)),
            events=Count(of_centre(number) & data.flag("sos")),
            population="patients of the centre",
        )
        for row, number in enumerate(numbers.tolist())
    )
    return Table(n=every.n, n_excluded=left_out("centre or answer not known", Count(~known)), rows=(*rows, every))
