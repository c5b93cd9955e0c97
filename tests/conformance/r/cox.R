# Cox model of cause 1: both treatments of ties, and with strata. The iterations are run to the end (eps).
covariates <- c("x1", "x2", "x3", "x4", "x5")

fit_cox <- function(d, ties, stratified) {
  formula <- if (stratified) Surv(time, status == 1) ~ x1 + x2 + x3 + x4 + x5 + strata(stratum)
             else Surv(time, status == 1) ~ x1 + x2 + x3 + x4 + x5
  coxph(formula, data = d, ties = ties, control = coxph.control(eps = 1e-12, iter.max = 100))
}

cox <- function(d) {
  c(prefix("efron.", cox_variant(d, "efron", FALSE)),
    prefix("breslow.", cox_variant(d, "breslow", FALSE)),
    prefix("stratified.", cox_variant(d, "efron", TRUE)))
}

cox_variant <- function(d, ties, stratified) {
  fit <- attempt(fit_cox(d, ties, stratified))
  if (!is_estimable(fit, d[covariates])) return(list(refused = 1))
  table <- summary(fit)
  list(refused = 0,
       coef = coef(fit), std_error = sqrt(diag(vcov(fit))), z = table$coefficients[, "z"],
       p_value = table$coefficients[, "Pr(>|z|)"],
       hazard_ratio = table$conf.int[, 1], lower = table$conf.int[, 3], upper = table$conf.int[, 4],
       covariance = as.vector(vcov(fit)), log_likelihood = rev(fit$loglik),
       likelihood_ratio = table$logtest[1], likelihood_ratio.p_value = table$logtest[3],
       wald = fit$wald.test, wald.p_value = pchisq(fit$wald.test, length(covariates), lower.tail = FALSE),
       score = table$sctest[1], score.p_value = table$sctest[3],
       concordance = table$concordance[1])
}
