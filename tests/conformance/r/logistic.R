# Logistic model with Wald intervals. The iterations are run to the end (epsilon), then once more from there, because
# glm's covariance matrix is that of the estimates before the last step.
fit_logistic <- function(d, formula = outcome ~ x1 + x2 + x3 + x4 + x5) {
  control <- glm.control(epsilon = 1e-14, maxit = 200)
  fit <- glm(formula, data = d, family = binomial, control = control)
  glm(formula, data = d, family = binomial, control = control, start = coef(fit))
}

logistic <- function(d) {
  fit <- attempt(fit_logistic(d))
  if (!is_estimable(fit, d[covariates])) return(list(refused = 1))
  null <- fit_logistic(d, outcome ~ 1)
  table <- summary(fit)$coefficients
  interval <- confint.default(fit)[-1, ]
  ratio <- 2 * as.numeric(logLik(fit) - logLik(null))
  list(refused = 0,
       intercept = table[1, 1:2], coef = table[-1, 1], std_error = table[-1, 2], z = table[-1, 3],
       p_value = table[-1, 4], odds_ratio = exp(coef(fit)[-1]),
       lower = exp(interval[, 1]), upper = exp(interval[, 2]), covariance = as.vector(vcov(fit)[-1, -1]),
       log_likelihood = c(logLik(fit), logLik(null)),
       likelihood_ratio = ratio, likelihood_ratio.p_value = pchisq(ratio, length(covariates), lower.tail = FALSE))
}
