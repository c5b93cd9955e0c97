# Gray's test for each cause, with strata and weights. cmprsk gives -1 where the scores determine each other. Where all
# have failed of the cause before the last failures, which are of one group, it divides 0 by 0, unless that group is the
# last by its number: not compared.
gray_test <- function(d) {
  d$level <- d$x4 + 2 * d$x5
  one <- rep(1, nrow(d))
  c(prefix("cause_1.", gray_values(d, 1, d$level, one, 0)),
    prefix("cause_2.", gray_values(d, 2, d$level, one, 0)),
    prefix("two_groups.", gray_values(d, 1, d$x2, one, 0)),
    prefix("strata.", gray_values(d, 1, d$level, d$stratum, 0)),
    prefix("rho.", gray_values(d, 1, d$level, one, 1)),
    prefix("rho_strata.", gray_values(d, 1, d$level, d$stratum, 0.5)))
}

gray_values <- function(d, cause, group, strata, rho) {
  tests <- tryCatch(cuminc(d$time, d$status, group, strata, rho = rho)$Tests, error = conditionMessage)
  if (is.character(tests)) return(if (grepl("NaN", tests)) list(not_compared = 1) else list(refused = 1))
  if (is.null(tests) || !as.character(cause) %in% rownames(tests)) return(list(refused = 1))
  found <- tests[as.character(cause), ]
  if (!is.finite(found["stat"]) || found["stat"] == -1) return(list(refused = 1))
  list(refused = 0, statistic = found["stat"], df = found["df"],
       p_value = pchisq(found["stat"], found["df"], lower.tail = FALSE))
}
