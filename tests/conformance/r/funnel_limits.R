# Limits of the proportion of the outcome in strata of these sizes, around that of all.
funnel_limits <- function(d) {
  n <- as.vector(table(d$stratum))
  p <- mean(d$outcome)
  list(lower = qbinom(0.025, n, p) / n, upper = (n - qbinom(0.025, n, 1 - p)) / n)
}
