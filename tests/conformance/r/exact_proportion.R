# Exact limits of the proportion with the outcome.
exact_proportion <- function(d) {
  list(limits = unlist(lapply(c(0.95, 0.998), function(level) {
    binom.test(sum(d$outcome), nrow(d), conf.level = level)$conf.int
  })))
}
