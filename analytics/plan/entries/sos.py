"""SOS/VOD after HCT: frequency, timing, subgroups and risk factors."""

from dataclasses import replace

from analytics.cohort.data_set import AnalysisDataSet, Mask
from analytics.plan.counting import BY_COUNTING, BY_DESCRIBE, COUNTED, MEDIAN, count, median
from analytics.plan.covariates import Covariate, at_most, indicator
from analytics.plan.registry import analysis
from analytics.plan.regression import LOGISTIC, binary_outcome, univariable
from analytics.plan.results import Number, Table

WITH_SOS = "patients with SOS/VOD"
IN_REMISSION = "patients in CR or CRi before HCT"
SHORT_INTERVAL = 60  # days, as in the abstract of the paper
SOS_EVENT = "SOS/VOD after the index HCT; no censoring"


@analysis(
    "sos",
    title="SOS/VOD after HCT",
    section="SOS/VOD",
    kind="table",
    population="all patients",
    event=SOS_EVENT,
    method=f"{COUNTED}; {MEDIAN}",
    software=BY_DESCRIBE,
    figures=("P74", "P75", "P76", "P82", "P83"),
    r="""
list(count(yes(d$sos), known(d$sos)), count(yes(d$sos_fatal), yes(d$sos) & known(d$sos_fatal)),
parts(is(d$sos_grade, 1), is(d$sos_grade, 2), is(d$sos_grade, 3), is(d$sos_grade, 4), is(d$sos_grade, 5),
      among = yes(d$sos) & known(d$sos_grade)),
med(d$ino_last_to_sos, yes(d$sos)), med(d$hct_to_sos, yes(d$sos)), count(yes(d$ino_gt2), yes(d$sos) & known(d$ino_gt2)))
""",
)
def sos(data: AnalysisDataSet) -> Table:
    """P74 to P76, P82 and P83."""
    occurred, grade = data.flag("sos"), data.codes("sos_grade")
    grades = {f"grade {code}": grade == code for code in ("1", "2", "3", "4", "5")}
    return Table(
        n=data.n,
        rows=(
            count("SOS/VOD", occurred, known=data.known("sos"), figure="P74"),
            _among_sos(data, "Fatal SOS/VOD", "sos_fatal", "P75"),
            count(
                "Grade of SOS/VOD",
                grades,
                known=data.known("sos_grade"),
                within=occurred,
                population=WITH_SOS,
                partition=True,
                figure="P76",
            ),
            _days(data, "Last INO dose to SOS/VOD", "ino_last_to_sos", "P82"),
            _days(data, "HCT to SOS/VOD", "hct_to_sos", "P83"),
            _among_sos(data, "SOS/VOD after more than two INO cycles", "ino_gt2", ""),
        ),
    )


def _among_sos(data: AnalysisDataSet, label: str, column: str, figure: str) -> Number:
    return count(
        label,
        data.flag(column),
        known=data.known(column),
        within=data.flag("sos"),
        population=WITH_SOS,
        figure=figure,
    )


def _days(data: AnalysisDataSet, label: str, column: str, figure: str) -> Number:
    days, occurred = data.numbers(column), data.flag("sos")
    return median(label, days, unit="days", within=occurred, population=WITH_SOS, figure=figure)


@analysis(
    "sos-by-conditioning",
    title="SOS/VOD by conditioning",
    section="SOS/VOD",
    kind="table",
    population="all patients",
    event=SOS_EVENT,
    method=COUNTED,
    software=BY_COUNTING,
    figures=("P78", "P79", "P80", "P81"),
    r="""
lapply(list(yes(d$mac), no(d$mac), yes(d$dual_alkylators), no(d$dual_alkylators)),
       function(who) parts(yes(d$sos), yes(d$sos_fatal), among = who & known(d$sos)))
""",
)
def sos_by_conditioning(data: AnalysisDataSet) -> Table:
    """P78 to P81."""
    mac, dual = data.flag("mac"), data.flag("dual_alkylators")

    def of(label: str, group: Mask, figure: str) -> Number:
        return count(
            label,
            {"SOS/VOD": data.flag("sos"), "fatal": data.flag("sos_fatal")},
            known=data.known("sos"),
            within=group,
            population=f"patients with {label[0].lower()}{label[1:]}",
            figure=figure,
        )

    return Table(
        n=data.n,
        rows=(
            of("Myeloablative conditioning", mac, "P78"),
            of("Reduced-intensity conditioning", ~mac & data.known("mac"), "P79"),
            of("Double alkylators", dual, "P80"),
            of("No double alkylators", ~dual & data.known("dual_alkylators"), "P81"),
        ),
    )


@analysis(
    "sos-risk-factors",
    title="Risk factors of SOS/VOD, one model each",
    section="SOS/VOD",
    kind="table",
    population="all patients",
    event=SOS_EVENT,
    method=LOGISTIC,
    software="logistic (R: glm(family = binomial), confint.default)",
    note="Only patients in CR or CRi before HCT (D21) give the printed odds ratio of the 60-day interval (X05).",
    drawn_as="forest",
    figures=("P84", "P85", "P86", "P87"),
    r="""
list(logit1(d$dual_alkylators), logit1(d$allo_first_line),
logit1(as.numeric(d$ino_last_to_hct <= 60), is(d$resp_before_hct, "cr")), logit1(d$ino_gt2),
logit1(as.numeric(d$ino_last_to_hct <= 60)), logit1(d$age), logit1(as.numeric(d$sex == "M")), logit1(d$donor_matched),
logit1(d$mac), logit1(d$cr_at_hct), logit1(d$ino_last_to_hct))
""",
)
def sos_risk_factors(data: AnalysisDataSet) -> Table:
    """P84 to P88."""
    occurred = binary_outcome(data.flag("sos"), data.known("sos"))
    rows = [univariable(factor, occurred) for factor in risk_factors(data)]
    published = replace(short_interval(data), figure="P86")
    in_remission = data.codes("resp_before_hct") == "cr"
    rows.insert(2, univariable(published, occurred, within=in_remission, population=IN_REMISSION))
    return Table(n=data.n, rows=tuple(rows))


def risk_factors(data: AnalysisDataSet) -> tuple[Covariate, ...]:
    """What the paper examined; the ids of those with a published figure."""
    return (
        Covariate("Double alkylators", data.numbers("dual_alkylators"), "P84"),
        Covariate("Allogeneic HCT at first line", data.numbers("allo_first_line"), "P85"),
        Covariate("More than two INO cycles", data.numbers("ino_gt2"), "P87"),
        short_interval(data),
        Covariate("Age, per year", data.numbers("age")),
        Covariate("Male sex", indicator(data.codes("sex"), "M")),
        Covariate("Matched donor", data.numbers("donor_matched")),
        Covariate("Myeloablative conditioning", data.numbers("mac")),
        Covariate("CR or CRi at HCT", data.numbers("cr_at_hct")),
        Covariate("Last INO dose to HCT, per day", data.numbers("ino_last_to_hct")),
    )


def short_interval(data: AnalysisDataSet) -> Covariate:
    """P86 on any population."""
    return Covariate("Last INO dose to HCT 60 days or less", at_most(data.numbers("ino_last_to_hct"), SHORT_INTERVAL))
