# Observed over potential follow-up: entry at x1, last contact `time` later, two cut-offs.
clark_completeness <- function(d) {
  list(completeness = sapply(max(d$x1) + c(median(d$time), 0) + 1, function(cutoff) {
    contact <- d$x1 + d$time
    observed <- pmin(contact, cutoff) - d$x1
    sum(observed) / sum(ifelse(d$status > 0 & contact <= cutoff, observed, cutoff - d$x1))
  }))
}
