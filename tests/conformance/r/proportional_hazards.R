# Test of proportional hazards of the models of cox.R.
proportional_hazards <- function(d) {
  c(prefix("efron.", zph_values(d, "efron", FALSE)),
    prefix("breslow.", zph_values(d, "breslow", FALSE)),
    prefix("stratified.", zph_values(d, "efron", TRUE)))
}

zph_values <- function(d, ties, stratified) {
  fit <- attempt(fit_cox(d, ties, stratified))
  if (!is_estimable(fit, d[covariates])) return(list(refused = 1))
  test <- attempt(cox.zph(fit, transform = "km"))
  if (is.null(test)) return(list(refused = 1))
  list(refused = 0, statistic = test$table[, "chisq"], p_value = test$table[, "p"])
}
