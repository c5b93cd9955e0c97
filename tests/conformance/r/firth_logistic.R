# Logistic model with Firth's penalty, by R's own maximisation of the penalised likelihood; where brglm2 is installed
# also by it. Limits and P values are those of the profile of the penalised likelihood.
firth_logistic <- function(d) {
  if (nrow(d) > 2000) return(list())
  x <- cbind(1, as.matrix(d[covariates]))
  if (length(unique(d$outcome)) < 2 || any(sapply(d[covariates], function(v) diff(range(v))) == 0) ||
      qr(scale(x[, -1]))$rank < 5) return(list(refused = 1))
  # standardised for the iterations
  centre <- colMeans(x[, -1]); unit <- apply(x[, -1], 2, sd)
  s <- cbind(1, scale(x[, -1]))
  best <- penalised_maximum(s, d$outcome, rep(0, 6), integer(0))
  none <- penalised_maximum(s, d$outcome, rep(0, 6), 2:6)
  covariance <- solve(penalised_information(s, best$coef))
  transform <- rbind(c(1, -centre / unit), cbind(0, diag(1 / unit)))
  own <- transform %*% covariance %*% t(transform)
  log_likelihoods <- c(best$value, none$value) + sum(log(unit))
  std_error <- sqrt(diag(covariance))
  tests <- sapply(2:6, function(j) {
    without <- penalised_maximum(s, d$outcome, replace(best$coef, j, 0), j)
    pchisq(2 * (best$value - without$value), 1, lower.tail = FALSE)
  })
  limits <- sapply(2:6, function(j) {
    sapply(c(-1, 1), function(side) profile_limit(s, d$outcome, best, j, side * std_error[j]))
  })
  estimate <- drop(transform %*% best$coef)
  c(list(refused = 0, coef = estimate[-1], std_error = sqrt(diag(own))[-1], p_value = tests,
         lower = exp(limits[1, ] / unit), upper = exp(limits[2, ] / unit), covariance = as.vector(own[-1, -1]),
         intercept = c(estimate[1], sqrt(own[1, 1])), log_likelihood = log_likelihoods,
         likelihood_ratio = 2 * (best$value - none$value)),
    if (requireNamespace("brglm2", quietly = TRUE)) brglm2_values(d, s, transform))
}

penalised_information <- function(x, coef) {
  p <- plogis(drop(x %*% coef))
  crossprod(x, x * (p * (1 - p)))
}

penalised_likelihood <- function(x, y, coef) {
  eta <- drop(x %*% coef)
  sum(plogis(eta[y == 1], log.p = TRUE)) + sum(plogis(-eta[y == 0], log.p = TRUE)) +
    determinant(penalised_information(x, coef))$modulus[1] / 2
}

penalised_score <- function(x, y, coef) {
  p <- plogis(drop(x %*% coef))
  leverage <- p * (1 - p) * rowSums((x %*% solve(penalised_information(x, coef))) * x)
  drop(crossprod(x, y - p + leverage * (0.5 - p)))
}

# optim to the neighbourhood, then steps along the score with a numerical second derivative until it is 0.
penalised_maximum <- function(x, y, start, fixed) {
  free <- setdiff(seq_along(start), fixed)
  place <- function(part) replace(start, free, part)
  score <- function(part) penalised_score(x, y, place(part))[free]
  part <- optim(start[free], function(part) -penalised_likelihood(x, y, place(part)), function(part) -score(part),
                method = "BFGS", control = list(reltol = 1e-14, maxit = 1000))$par
  for (iteration in 1:20) {
    gradient <- score(part)
    second <- sapply(seq_along(part), function(j) {
      h <- 1e-5 * max(1, abs(part[j]))
      (score(replace(part, j, part[j] + h)) - score(replace(part, j, part[j] - h))) / (2 * h)
    })
    step <- -solve(matrix(second, length(part)), gradient)
    part <- part + step
    if (max(abs(step)) < 1e-12) break
  }
  list(coef = place(part), value = penalised_likelihood(x, y, place(part)))
}

profile_limit <- function(x, y, best, j, reach) {
  fall <- function(distance) {
    at <- penalised_maximum(x, y, replace(best$coef, j, best$coef[j] + distance * reach), j)
    2 * (best$value - at$value) - qchisq(0.95, 1)
  }
  farthest <- 3
  while (fall(farthest) < 0) farthest <- 1.5 * farthest
  best$coef[j] + reach * uniroot(fall, c(0.5, farthest), tol = 1e-11)$root
}

brglm2_values <- function(d, s, transform) {
  fit <- glm(d$outcome ~ s[, -1], family = binomial, method = brglm2::brglmFit, type = "AS_mean", epsilon = 1e-12,
             maxit = 10000)
  list(brglm2.coef = drop(transform %*% coef(fit)),
       brglm2.std_error = sqrt(diag(transform %*% vcov(fit) %*% t(transform))))
}
