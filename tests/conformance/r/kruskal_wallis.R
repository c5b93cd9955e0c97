# Several samples by rank: age and a laboratory value by stratum.
kruskal_wallis <- function(d) {
  c(prefix("x1.", kruskal_values(d$x1, d$stratum)), prefix("x3.", kruskal_values(d$x3, d$stratum)))
}

kruskal_values <- function(values, group) {
  if (!all(0:2 %in% group)) return(list(refused = 1))  # an empty sample
  test <- attempt(kruskal.test(values, group))
  if (is.null(test) || !is.finite(test$p.value)) return(list(refused = 1))
  list(refused = 0, statistic = test$statistic, df = test$parameter, p_value = test$p.value)
}
