"""Where R itself can be argued with, or where its functions differ from each other: what we do."""

NOTES = (
    (
        "Times that are equal but for rounding",
        "survival takes times as tied that differ by less than 1.5e-8, absolutely or relative to their mean (aeqSurv), "
        "cmprsk only equal ones. Each estimator does as its own R function: Kaplan-Meier, log-rank and Cox tie, "
        "cumulative incidence, Gray's test and Fine-Gray do not.",
    ),
    (
        "Median where the curve is flat at exactly 50%",
        "The midpoint of the flat part, as quantile.survfit and print.survfit; other programs take its beginning.",
    ),
    (
        "Variance of the cumulative incidence",
        "cmprsk::cuminc and survfit(Surv(t, factor(status)) ~ 1) use different formulas; ours is cuminc's. "
        "Where everybody "
        "left fails at the last time, survival reaches 0 and cuminc leaves out what competing failures at that time "
        "would add; so do we.",
    ),
    (
        "Intervals of the cumulative incidence",
        "cuminc gives none. Ours are linear, estimate -/+ 1.96 standard errors, cut at 0 and 1.",
    ),
    (
        "Restricted mean beyond the last observation",
        "The curve is taken as flat, as print.survfit does; summary.survfit refuses a limit before the first time, "
        "print.survfit and we do not.",
    ),
    (
        "Gray's test where the scores of the groups determine each other",
        "cuminc gives the statistic -1; we refuse.",
    ),
    (
        "Gray's test where a single group is left",
        "Its later failures change no score. Where everybody had failed of the cause by then, cuminc divides 0 by 0 "
        "and stops, unless that group is the last by its number; ours does not depend on how groups are numbered.",
    ),
    (
        "Infinite coefficients of Cox and logistic models",
        "coxph and glm warn, or do not, and print large numbers; we refuse and name the covariate. Firth's "
        "penalty gives "
        "finite estimates there.",
    ),
    (
        "How far R iterates",
        "With its default tolerances coxph, glm and crr stop up to 1e-5 before the maximum. For the comparison R "
        "iterates to the end. The standard errors that glm prints are those of the last but one iteration.",
    ),
    (
        "Covariates in very different units",
        "cox.zph stops, and the Wald test of coxph loses degrees of freedom, where the scales of covariates "
        "differ by a "
        "million; ours are standardised first. Compared are differences up to a thousand.",
    ),
    (
        "Time 0 in the Fine-Gray model",
        "The weights are the share uncensored just before a time; at time 0 crr takes the share after the "
        "censorings of "
        "that day. So do we.",
    ),
    (
        "Odds ratio of Fisher's test",
        "fisher.test finds the conditional estimate and its limits with a tolerance of 1e-4 on the odds ratio or its "
        "inverse, so that a limit of 622 stands for 626. We solve the same equations to the last digits, and compare "
        "with R solving them so.",
    ),
    (
        "Two-sided exact P values",
        "All tables at most as probable as the observed one count, with a relative tolerance of 1e-7 as in "
        "fisher.test.",
    ),
    (
        "Wilcoxon's test",
        "Normal approximation with correction for continuity and ties, which is what wilcox.test does from 50 subjects "
        "on or with ties.",
    ),
    (
        "Several maxima of Firth's likelihood",
        "With separation and hardly more subjects than covariates the penalised likelihood, or its profile, may have "
        "several maxima. The fit takes the highest that it meets; the comparison leaves such data out and counts them.",
    ),
    (
        "logistf",
        "It is not in Debian. Firth's estimates are compared with brglm2, limits and P values with R's own "
        "maximisation "
        "of the penalised likelihood.",
    ),
    (
        "Completeness of follow-up",
        "No R package is taken as reference: the sums are written out in R. Clark et al. give no interval.",
    ),
)
