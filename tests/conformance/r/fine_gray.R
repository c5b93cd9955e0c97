# Fine-Gray model of each cause. The iterations are run to the end: crr's own, then steps from its score and information
# (with maxiter = 0 it takes the coefficients as given).
fine_gray <- function(d) {
  if (nrow(d) > 2000) return(list())  # crr takes time with the square of the subjects
  c(prefix("cause_1.", crr_values(d, 1)), prefix("cause_2.", crr_values(d, 2)))
}

crr_values <- function(d, cause) {
  x <- as.matrix(d[covariates])
  fit <- attempt(crr(d$time, d$status, x, failcode = cause, gtol = 1e-10, maxiter = 100))
  if (!is.null(fit)) for (step in 1:3) {
    fit <- attempt(crr(d$time, d$status, x, failcode = cause, init = fit$coef + drop(fit$invinf %*% fit$score), maxiter = 0))
    if (is.null(fit)) break
  }
  if (is.null(fit) || !is_finite_crr(fit, d[covariates])) return(list(refused = 1))
  table <- summary(fit)
  std_error <- sqrt(diag(fit$var))
  z <- fit$coef / std_error
  list(refused = 0, coef = fit$coef, std_error = std_error, z = z, p_value = 2 * pnorm(-abs(z)),
       hazard_ratio = table$conf.int[, 1], lower = table$conf.int[, 3], upper = table$conf.int[, 4],
       covariance = as.vector(fit$var), log_likelihood = c(fit$loglik, fit$loglik.null),
       likelihood_ratio = table$logtest[1])
}

# The sandwich is small where a coefficient is infinite; the information tells.
is_finite_crr <- function(fit, covariates) {
  width <- sapply(covariates, function(x) diff(range(x)))
  std_error <- suppressWarnings(sqrt(diag(fit$invinf)))
  !anyNA(fit$coef) && !anyNA(std_error) && all(width > 0) && all(std_error * width < 100)
}
