"""Follow-up and overall survival."""

from dataclasses import replace

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.curves import median_time, survival_at, survival_line
from analytics.plan.registry import analysis
from analytics.plan.results import Curve, Number, Single
from analytics.stats import kaplan_meier, reverse_kaplan_meier

FROM_INO = "first INO dose to death or last contact"
FROM_HCT = "day of HCT to death or last contact"
REVERSE_KAPLAN_MEIER = "reverse Kaplan-Meier (Schemper and Smith 1996), interval on the log scale"
KAPLAN_MEIER = "Kaplan-Meier; interval on the log scale from Greenwood's variance, median by inversion of the band"


def _about(data: AnalysisDataSet, label: str, figure: str) -> Number:
    return Number(
        label=label,
        n=data.n,
        events=Count(data.flag("os_event")),
        population="all patients",
        method=KAPLAN_MEIER,
        unit="%",
        figure=figure,
    )


@analysis(
    "follow-up",
    title="Follow-up",
    section="Survival",
    kind="number",
    population="all patients",
    clock="first INO dose to last contact",
    event="alive at last contact; deaths are censored",
    method=REVERSE_KAPLAN_MEIER,
    software="reverse_kaplan_meier (R: survfit(Surv(t, 1 - d) ~ 1))",
    figures=("P56",),
    r="list(km_median(km(d$os_days, 1 - d$os_event)))",
)
def follow_up(data: AnalysisDataSet) -> Single:
    """P56 (D37)."""
    curve = reverse_kaplan_meier(data.numbers("os_days"), data.numbers("os_event"))
    alive = Count(data.numbers("os_event") == 0)
    about = replace(_about(data, "Median follow-up", "P56"), method=REVERSE_KAPLAN_MEIER, events=alive)
    return Single(n=data.n, number=median_time(curve, about))


@analysis(
    "overall-survival",
    title="Overall survival from the first INO dose",
    section="Survival",
    kind="curve",
    population="all patients",
    clock=FROM_INO,
    event="death",
    method=KAPLAN_MEIER,
    software='kaplan_meier (R: survfit(conf.type = "log"))',
    note="Only transplanted patients are in the data set: nobody could die between the first INO dose and HCT (X24).",
    figures=("P57", "P58", "P59"),
    r="medians_and_years(d$os_days)",
)
def overall_survival(data: AnalysisDataSet) -> Curve:
    """P57 to P59 and the curve of P90."""
    curve = kaplan_meier(data.numbers("os_days"), data.numbers("os_event"))
    landmarks = (
        median_time(curve, _about(data, "Median overall survival", "P57")),
        survival_at(curve, 12, _about(data, "Overall survival at 12 months", "P58")),
        survival_at(curve, 24, _about(data, "Overall survival at 24 months", "P59")),
    )
    line = survival_line("overall survival", "deaths", curve, n=data.n, n_events=Count(data.flag("os_event")))
    return Curve(n=data.n, quantity="Overall survival", origin="first INO dose", lines=(line,), landmarks=landmarks)


@analysis(
    "overall-survival-hct",
    title="Overall survival from HCT",
    section="Survival",
    kind="curve",
    population="all patients",
    clock=FROM_HCT,
    event="death",
    method=KAPLAN_MEIER,
    software='kaplan_meier (R: survfit(conf.type = "log"))',
    note="The same patients without the time in which nobody could die.",
    r="medians_and_years(d$os_hct_days)",
)
def overall_survival_from_hct(data: AnalysisDataSet) -> Curve:
    """D36, beside the published clock."""
    curve = kaplan_meier(data.numbers("os_hct_days"), data.numbers("os_event"))
    landmarks = (
        median_time(curve, _about(data, "Median overall survival from HCT", "")),
        survival_at(curve, 12, _about(data, "Overall survival 12 months after HCT", "")),
        survival_at(curve, 24, _about(data, "Overall survival 24 months after HCT", "")),
    )
    line = survival_line("overall survival", "deaths", curve, n=data.n, n_events=Count(data.flag("os_event")))
    return Curve(n=data.n, quantity="Overall survival", origin="HCT", lines=(line,), landmarks=landmarks)
