# Restricted mean up to four times, the last beyond follow-up; its 95% interval from the printed standard error.
restricted_mean <- function(d) {
  fit <- survfit(Surv(d$time, as.integer(d$status > 0)) ~ 1)
  found <- sapply(1 + c(0.25, 0.5, 1, 1.2) * max(d$time), function(tau) {
    survival:::survmean(fit, rmean = tau)$matrix[c("rmean", "se(rmean)")]  # what print.survfit prints
  })
  list(value = found[1, ], lower = found[1, ] - qnorm(0.975) * found[2, ],
       upper = found[1, ] + qnorm(0.975) * found[2, ])
}
