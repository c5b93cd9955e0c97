"""What is measured. Each side has a function of the same name: ours.py, peers.py, measure.R."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """An estimator, the arrays that it is given, and R's call of the same, empty where no package used here has it."""

    name: str
    title: str
    inputs: tuple[str, ...]
    r_call: str
    in_lifelines: bool = False

    def is_had_by(self, side: str) -> bool:
        return {"ours": True, "R": bool(self.r_call), "lifelines": self.in_lifelines}[side]


CASES = (
    Case("kaplan_meier", "Kaplan-Meier with band", ("time", "event"), "survfit(Surv(time, event) ~ 1)", True),
    Case("restricted_mean", "Restricted mean", ("time", "event"), "summary(survfit(...), rmean = 1825)", True),
    Case(
        "log_rank",
        "Log-rank test, three groups",
        ("time", "event", "group"),
        "survdiff(Surv(time, event) ~ group)",
        True,
    ),
    Case("cumulative_incidence", "Cumulative incidence, two causes", ("time", "status"), "cuminc(time, status)", True),
    Case("gray_test", "Gray's test, both causes", ("time", "status", "group"), "cuminc(time, status, group)$Tests"),
    Case("cox", "Cox model with concordance", ("time", "event", "x"), "coxph(Surv(time, event) ~ x)", True),
    Case("proportional_hazards", "Test of proportional hazards", ("time", "event", "x"), "cox.zph(fit)", True),
    Case(
        "concordance",
        "Concordance",
        ("time", "event", "x1"),
        "concordance(Surv(time, event) ~ x1, reverse = TRUE)",
        True,
    ),
    Case(
        "backward_elimination",
        "Cox model, elimination, model of what is kept",
        ("time", "event", "x"),
        'cph, fastbw(rule = "p", type = "individual"), cph',
    ),
    Case("fine_gray", "Fine-Gray model", ("time", "status", "x"), "crr(time, status, x)"),
    Case("logistic", "Logistic model", ("outcome", "x"), "glm(outcome ~ x, binomial)"),
    Case(
        "firth_estimates", "Firth's model, estimates", ("outcome", "x"), "glm(outcome ~ x, binomial, brglm2::brglmFit)"
    ),
    Case("firth_logistic", "Firth's model with limits and P by profile", ("outcome", "x"), ""),
    Case("kruskal_wallis", "Kruskal-Wallis test, three groups", ("x7", "group"), "kruskal.test(x7, group)"),
    Case("wilcoxon", "Wilcoxon test", ("x7", "x2"), "wilcox.test(x7 ~ x2, exact = FALSE)"),
    Case("fisher_exact", "Fisher's exact test, 2 x 2", ("outcome", "x2"), "fisher.test(table(outcome, x2))"),
)

PLAN = Case("plan", "Full plan, 58 patients", (), "plan.R")
