# Two samples by rank: age and a laboratory value by x2, normal approximation with correction for continuity.
wilcoxon <- function(d) {
  c(prefix("x1.", wilcoxon_values(d$x1, d$x2)), prefix("x3.", wilcoxon_values(d$x3, d$x2)))
}

wilcoxon_values <- function(values, group) {
  test <- attempt(wilcox.test(values[group == 0], values[group == 1], exact = FALSE))
  if (is.null(test) || !is.finite(test$p.value)) return(list(refused = 1))
  list(refused = 0, statistic = test$statistic, p_value = test$p.value)
}
