# Backward elimination from the Cox model of cause 1 and from the logistic model; x4 and x5 are the two indicators of
# one term of three levels.
backward_elimination <- function(d) {
  d$level <- factor(d$x4 + 2 * d$x5)
  d$event <- as.integer(d$status == 1)
  d$time <- aeqSurv(Surv(d$time, d$event))[, 1]  # cph does not tie almost equal times, as coxph does
  c(prefix("cox.", eliminate(attempt(fit_cox(d, "efron", FALSE)), d, function() {
      cph(Surv(time, event) ~ x1 + x2 + x3 + level, data = d, eps = 1e-12, tol = 1e-13, iter.max = 100)
    })),
    prefix("logistic.", eliminate(attempt(fit_logistic(d)), d, function() {
      lrm(outcome ~ x1 + x2 + x3 + level, data = d, eps = 1e-10, tol = 1e-13, maxit = 100)
    })))
}

eliminate <- function(same_model, d, fit) {
  if (!is_estimable(same_model, d[covariates])) return(list(refused = 1))
  full <- fit()
  c(list(refused = 0),
    prefix("p.", path(fastbw(full, rule = "p", type = "individual", sls = 0.157))),
    prefix("aic.", path(fastbw(full, rule = "aic", type = "individual"))))
}

path <- function(selection) {
  if (is.null(selection$result)) return(list(dropped = numeric(0), kept = selection$factors.kept))
  list(dropped = selection$factors.deleted, kept = selection$factors.kept,
       chi_square = selection$result[, 1], df = selection$result[, 2],
       p_value = pchisq(selection$result[, 1], selection$result[, 2], lower.tail = FALSE))
}
