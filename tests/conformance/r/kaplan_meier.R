# Survival with each kind of interval, its quantiles, its values at chosen times, and follow-up by reverse Kaplan-Meier.
kaplan_meier <- function(d) {
  event <- as.integer(d$status > 0)
  fit <- survfit(Surv(d$time, event) ~ 1)
  result <- list(time = fit$time, n_risk = fit$n.risk, n_event = fit$n.event, n_censor = fit$n.censor,
                 survival = fit$surv, std_error = fit$surv * fit$std.err)
  result <- lapply(result, thin)
  for (type in c("log", "log-log", "plain")) {
    fit <- survfit(Surv(d$time, event) ~ 1, conf.type = type)
    result[[paste0(type, ".lower")]] <- thin(fit$lower)
    result[[paste0(type, ".upper")]] <- thin(fit$upper)
    result[[paste0(type, ".quantiles")]] <- unlist(quantile(fit, c(0.25, 0.5, 0.75)))
  }
  at <- summary(survfit(Surv(d$time, event) ~ 1), times = chosen_times(d$time))
  result$at.n_risk <- at$n.risk
  result$at.n_event <- cumsum(at$n.event)
  result$at.survival <- at$surv
  result$at.std_error <- at$std.err
  result$at.lower <- at$lower
  result$at.upper <- at$upper
  result$reverse.quantiles <- unlist(quantile(survfit(Surv(d$time, 1 - event) ~ 1), c(0.25, 0.5, 0.75)))
  result
}
