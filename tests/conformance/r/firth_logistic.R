# Logistic model with Firth's penalty, by R's own maximisation of the penalised likelihood; and
# by brglm2. Limits and P values are those of the profile of the penalised likelihood. With separation and hardly more
# subjects than covariates the likelihood, or its profile, may have several maxima: such data are not compared.
firth_logistic <- function(d) {
  if (nrow(d) > 2000) return(list())
  x <- cbind(1, as.matrix(d[covariates]))
  if (length(unique(d$outcome)) < 2 || any(sapply(d[covariates], function(v) diff(range(v))) == 0) ||
      qr(scale(x[, -1]))$rank < 5) return(list(refused = 1))
  # standardised for the iterations
  centre <- colMeans(x[, -1]); unit <- apply(x[, -1], 2, sd)
  s <- cbind(1, scale(x[, -1]))
  best <- only_maximum(s, d$outcome, c(list(rep(0, 6)), random_starts(4)), integer(0))
  if (is.null(best)) return(list(not_compared = 1))
  none <- penalised_maximum(s, d$outcome, rep(0, 6), 2:6)
  covariance <- solve(penalised_information(s, best$coef))
  std_error <- sqrt(diag(covariance))
  without <- lapply(2:6, function(j) {
    only_maximum(s, d$outcome, lapply(c(list(best$coef), random_starts(2)), replace, j, 0), j)
  })
  limits <- lapply(c(-1, 1), function(side) {
    sapply(2:6, function(j) profile_limit(s, d$outcome, best, j, side * std_error[j]))
  })
  if (any(sapply(without, is.null)) || anyNA(unlist(limits))) return(list(not_compared = 1))
  transform <- rbind(c(1, -centre / unit), cbind(0, diag(1 / unit)))
  own <- transform %*% covariance %*% t(transform)
  estimate <- drop(transform %*% best$coef)
  c(list(refused = 0, coef = estimate[-1], std_error = sqrt(diag(own))[-1],
         p_value = sapply(without, function(w) pchisq(2 * (best$value - w$value), 1, lower.tail = FALSE)),
         lower = exp(limits[[1]] / unit), upper = exp(limits[[2]] / unit), covariance = as.vector(own[-1, -1]),
         intercept = c(estimate[1], sqrt(own[1, 1])), log_likelihood = c(best$value, none$value) + sum(log(unit)),
         likelihood_ratio = 2 * (best$value - none$value)),
    brglm2_values(d, s, transform, best$coef))
}

random_starts <- function(n) {
  set.seed(1)
  lapply(seq_len(n), function(i) rnorm(6, sd = 2))
}

# NULL where the starts lead to different maxima.
only_maximum <- function(x, y, starts, fixed) {
  found <- lapply(starts, function(start) attempt(penalised_maximum(x, y, start, fixed)))
  found <- found[!sapply(found, is.null)]
  heights <- sapply(found, function(f) f$value)
  if (diff(range(heights)) > 1e-7) return(NULL)
  found[[which.max(heights)]]
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

# Steps along the score with a numerical second derivative until it is 0; where they lead astray, optim first.
penalised_maximum <- function(x, y, start, fixed) {
  free <- setdiff(seq_along(start), fixed)
  place <- function(part) replace(start, free, part)
  score <- function(part) penalised_score(x, y, place(part))[free]
  value <- function(part) penalised_likelihood(x, y, place(part))
  part <- attempt(polish(start[free], score))
  if (is.null(part) || value(part) < value(start[free])) {
    near <- optim(start[free], function(part) -value(part), function(part) -score(part), method = "BFGS",
                  control = list(reltol = 1e-12, maxit = 1000))$par
    part <- polish(near, score)
  }
  list(coef = place(part), value = value(part))
}

polish <- function(part, score) {
  for (iteration in 1:20) {
    second <- sapply(seq_along(part), function(j) {
      h <- 1e-5 * max(1, abs(part[j]))
      (score(replace(part, j, part[j] + h)) - score(replace(part, j, part[j] - h))) / (2 * h)
    })
    second <- matrix(second, length(part))
    step <- -solve(second, score(part))
    part <- part + step
    if (max(abs(step)) < 1e-12) break
  }
  if (max(abs(step)) > 1e-8 || max(eigen((second + t(second)) / 2)$values) > 0) stop("no maximum")
  part
}

# NA where the profile has several maxima on the way.
profile_limit <- function(x, y, best, j, reach) {
  last <- best$coef
  fall <- function(distance, starts = list()) {
    value <- best$coef[j] + distance * reach
    at <- only_maximum(x, y, lapply(c(list(best$coef, last), starts), replace, j, value), j)
    if (is.null(at)) stop("several maxima")
    last <<- at$coef
    2 * (best$value - at$value) - qchisq(0.95, 1)
  }
  found <- attempt({
    farthest <- 2
    while (fall(farthest) < 0) farthest <- farthest + 1
    root <- uniroot(fall, c(0.5, farthest), tol = 1e-10)$root
    for (share in c(0.9, 1)) fall(share * root, random_starts(2))
    root
  })
  if (is.null(found)) NA else best$coef[j] + reach * found
}

brglm2_values <- function(d, s, transform, start) {
  fit <- glm(d$outcome ~ s[, -1], family = binomial, method = brglm2::brglmFit, type = "AS_mean", epsilon = 1e-12,
             maxit = 10000, start = start)
  if (!fit$converged) return(list(brglm2.not_compared = 1))
  list(brglm2.coef = drop(transform %*% coef(fit)),
       brglm2.std_error = sqrt(diag(transform %*% vcov(fit) %*% t(transform))))
}
