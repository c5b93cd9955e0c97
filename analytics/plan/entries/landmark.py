"""Landmark analysis: patients divided by what was known on the day of HCT, followed from that day."""

from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.by_group import survival_by_group
from analytics.plan.comparing import LOG_RANK, compare_survival
from analytics.plan.entries.survival import FROM_HCT, KAPLAN_MEIER
from analytics.plan.registry import analysis
from analytics.plan.results import Curve


@analysis(
    "landmark-hct",
    title="Landmark analysis at HCT by remission and MRD on that day",
    section="Survival by group",
    kind="curve",
    population="all patients, alive at the landmark",
    clock=FROM_HCT,
    event="death",
    method=f"{KAPLAN_MEIER}; {LOG_RANK}",
    software='kaplan_meier (R: survfit(conf.type = "log")), log_rank (R: survdiff)',
    note="Remission is that on the day of HCT (D20), whatever treatment led to it; later changes do not count.",
    r="""
survival_by(Filter(any, list(
  yes(d$cr_at_hct) & is(d$mrd_pre_hct, "neg"), yes(d$cr_at_hct) & is(d$mrd_pre_hct, "pos", "dnq"),
  yes(d$cr_at_hct) & is.na(d$mrd_pre_hct), no(d$cr_at_hct)
)))
""",
)
def landmark_at_hct(data: AnalysisDataSet) -> Curve:
    """Everybody in the data set reached the landmark: HCT is a condition of entering it."""
    remission, mrd = data.flag("cr_at_hct"), data.codes("mrd_pre_hct")
    members = {
        "CR or CRi, MRD-negative": remission & (mrd == "neg"),
        "CR or CRi, MRD detectable": remission & ((mrd == "pos") | (mrd == "dnq")),
        "CR or CRi, MRD not known": remission & (mrd == ""),
        "not in remission": ~remission & data.known("cr_at_hct"),
    }
    present = {label: mask for label, mask in members.items() if mask.any()}
    title = "remission and MRD on the day of HCT"
    return survival_by_group(present, data, title, test=compare_survival(present, data, title))
