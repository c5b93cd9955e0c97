# Exact tests of the first 100 subjects, of the first 50 where the table has many cells. fisher.test finds the odds ratio
# of a 2 x 2 table and its limits by uniroot with a tolerance of 1e-4; the same equations are solved here to the last
# digits.
fisher_exact <- function(d) {
  d <- head(d, 100); few <- head(d, 50)
  fourfold <- table(factor(d$outcome, 0:1), factor(d$x2, 0:1))
  list("2_by_2.p_value" = fisher.test(fourfold)$p.value,
       "2_by_2.odds_ratio" = conditional_odds_ratio(fourfold),
       "2_by_3.p_value" = exact_p(d$outcome, 0:1, d$stratum, 0:2),
       "3_by_3.p_value" = exact_p(d$stratum, 0:2, d$x4 + 2 * d$x5, 0:2),
       "3_by_6.p_value" = exact_p(few$status, 0:2, few$stratum + 3 * few$x2, 0:5))
}

exact_p <- function(row, rows, column, columns) {
  counts <- table(factor(row, rows), factor(column, columns))
  counts <- counts[rowSums(counts) > 0, colSums(counts) > 0, drop = FALSE]
  if (min(dim(counts)) < 2) return(1)  # one table only
  fisher.test(counts, workspace = 2e7)$p.value
}

conditional_odds_ratio <- function(counts) {
  x <- counts[1, 1]; m <- sum(counts[, 1]); n <- sum(counts[, 2]); k <- sum(counts[1, ])
  support <- max(0, k - n):min(k, m)
  density <- function(log_ratio) {
    log_weights <- dhyper(support, m, n, k, log = TRUE) + log_ratio * support
    weights <- exp(log_weights - max(log_weights))
    weights / sum(weights)
  }
  solve_for <- function(f) exp(uniroot(f, c(-20, 20), extendInt = "yes", tol = 1e-14, maxiter = 10000)$root)
  lowest <- x == min(support); highest <- x == max(support)
  c(if (lowest) 0 else if (highest) Inf else solve_for(function(b) sum(support * density(b)) - x),
    if (lowest) 0 else solve_for(function(b) sum(density(b)[support >= x]) - 0.025),
    if (highest) Inf else solve_for(function(b) 0.025 - sum(density(b)[support <= x])))
}
