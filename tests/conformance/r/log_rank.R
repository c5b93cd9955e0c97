# Log-rank test and weighted ones, with and without strata.
log_rank <- function(d) {
  d$event <- as.integer(d$status > 0)
  d$level <- d$x4 + 2 * d$x5
  c(prefix("three_groups.", survdiff_values(Surv(time, event) ~ level, d, 0)),
    prefix("two_groups.", survdiff_values(Surv(time, event) ~ x2, d, 0)),
    prefix("strata.", survdiff_values(Surv(time, event) ~ level + strata(stratum), d, 0)),
    prefix("rho.", survdiff_values(Surv(time, event) ~ level, d, 1)),
    prefix("rho_strata.", survdiff_values(Surv(time, event) ~ level + strata(stratum), d, 0.5)))
}

survdiff_values <- function(formula, d, rho) {
  fit <- attempt(survdiff(formula, data = d, rho = rho))
  if (is.null(fit)) return(list(refused = 1))
  observed <- if (is.matrix(fit$obs)) rowSums(fit$obs) else fit$obs
  expected <- if (is.matrix(fit$exp)) rowSums(fit$exp) else fit$exp
  df <- sum(expected > 0) - 1
  if (df < 1) return(list(refused = 1))
  list(refused = 0, statistic = fit$chisq, df = df, p_value = fit$pvalue, observed = observed, expected = expected)
}
