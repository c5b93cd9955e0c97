# Median, quartiles and range of the times.
describe <- function(d) {
  list(quantiles = quantile(d$time, c(0, 0.25, 0.5, 0.75, 1), type = 7, names = FALSE))
}
