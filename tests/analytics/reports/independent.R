# A second analysis of an analysis data set, written from the definitions alone: base R, survival and cmprsk.
# Rscript independent.R data.csv values.tsv
# Each line of the result: quantity, field, value; a field of several parts has several lines. A quantity that cannot be
# estimated has the field "error".
suppressPackageStartupMessages({library(survival); library(cmprsk)})
arguments <- commandArgs(trailingOnly = TRUE)
text <- read.csv(arguments[1], colClasses = "character", na.strings = "")
numeric_column <- function(name) as.numeric(text[[name]])
month <- 30.4375
z95 <- qnorm(0.975)

lines <- character()
emit <- function(id, ...) {
  fields <- list(...)
  for (field in names(fields)) for (value in fields[[field]])
    lines <<- c(lines, paste(id, field, sprintf("%.17g", if (is.na(value)) NaN else value), sep = "\t"))
}
refuse <- function(id) lines <<- c(lines, paste(id, "error", "NaN", sep = "\t"))

# --- Counts and ranges: the denominator is the patients in whom the answer is known ---------------------------------
counts <- function(id, value, levels, among = TRUE) {
  value <- value[among & !is.na(among)]
  emit(id, value = vapply(levels, function(level) sum(value %in% level), 0), n = sum(!is.na(value)))
}
spread <- function(id, value, among = TRUE) {
  value <- value[among & !is.na(among) & !is.na(value)]
  if (!length(value)) return(refuse(id))
  emit(id, value = median(value), lower = min(value), upper = max(value), n = length(value))
}

age <- numeric_column("age"); sos <- numeric_column("sos"); fatal <- numeric_column("sos_fatal")
mac <- numeric_column("mac"); dual <- numeric_column("dual_alkylators"); cycles <- numeric_column("ino_cycles")
before_hct <- text$resp_before_hct; in_cr <- before_hct %in% "cr"

emit("P01", value = nrow(text), n = nrow(text))
spread("P02", age)
counts("P03", age < 18, TRUE)
counts("P05", text$ino_programme, "cup")
counts("P07", text$cd22_pos, "1")
spread("P08", numeric_column("wbc")); spread("P09", numeric_column("plt")); spread("P10", numeric_column("hb"))
spread("P11", numeric_column("ldh")); spread("P12", numeric_column("bm_blasts"))
counts("P13", text$sex, "F")
emit("P15a", value = sum(text$ecog %in% "0"), n = nrow(text))
emit("P15b", value = sum(text$ecog %in% c("1", "2")), n = nrow(text))
emit("P15c", value = sum(is.na(text$ecog)), n = nrow(text))
counts("P16", text$emd, "1")
karyotypes <- c("t922", "normal", "complex", "other")
emit("P17", value = sum(!is.na(text$cyto_class)), n = nrow(text))
emit("P20", value = sum(!is.na(text$cyto_class_rr)), n = nrow(text))
for (i in 1:4) {
  counts(paste0("P18", letters[i]), text$cyto_class, karyotypes[i])
  counts(paste0("P21", letters[i]), text$cyto_class_rr, karyotypes[i])
}
counts("P26", text$dx_entity, "cml_lbc")
counts("P27", text$heavily_pretreated, "1"); counts("P28", text$heavily_pretreated, "0")
counts("P29", text$blina_before, "1")
counts("P30", text$blina_context, c("first", "primref", "mrd1", "relapse"), text$blina_before == "1")
counts("P32", text$allo_first_line, "1")
counts("P34", cut(cycles, c(0, 2, 4, 6)), levels(cut(cycles, c(0, 2, 4, 6))))
counts("P35", text$tki_with_ino, "1")
emit("P37", value = sum(!is.na(text$resp_c1)), n = nrow(text))
counts("P38", text$resp_c1, c("cr", "pr", "rd"))
counts("P39", before_hct, c("cr", "pr", "rd", "rel"))
counts("P44", text$ino_responder, "0")
emit("P45", value = sum(in_cr & !is.na(text$mrd_pre_hct)), n = sum(in_cr))
counts("P46", text$mrd_pre_hct, c("neg", "pos", "dnq"), in_cr)
counts("P48", text$mac, c("1", "0"))
counts("P49", text$dual_alkylators, "1")
counts("P50", text$donor3, c("mrel", "mud", "haplo_cb"))
spread("P51", numeric_column("ino_last_to_hct"))
counts("P52", text$maintenance, "1")
counts("P74", sos, 1)
counts("P75", fatal, 1, sos == 1)
counts("P76", text$sos_grade, as.character(1:5), sos == 1)
# The percentage of a subgroup, too, is of the patients in whom the answer is known (definitions, section 2.1).
subgroup <- function(id, member) {
  member <- member & !is.na(member) & !is.na(sos)
  emit(id, value = c(sum(sos[member]), sum(fatal[member & sos == 1], na.rm = TRUE)), n = sum(member))
}
subgroup("P78", mac == 1); subgroup("P79", mac == 0); subgroup("P80", dual == 1); subgroup("P81", dual == 0)
spread("P82", numeric_column("ino_last_to_sos"), sos == 1)
spread("P83", numeric_column("hct_to_sos"), sos == 1)

# --- Survival ------------------------------------------------------------------------------------------------------
died <- numeric_column("os_event"); os <- numeric_column("os_days"); os_hct <- numeric_column("os_hct_days")
curve <- function(days, event) survfit(Surv(days, event) ~ 1, subset = !is.na(days) & !is.na(event))
middle <- function(id, fit) {
  at <- quantile(fit, 0.5)
  if (all(is.na(unlist(at)))) refuse(id)
  else emit(id, value = at$quantile / month, lower = at$lower / month, upper = at$upper / month, n = fit$n)
}
at_months <- function(id, fit, months) {
  at <- summary(fit, times = months * month)
  if (!length(at$surv)) refuse(id)
  else emit(id, value = 100 * at$surv, lower = 100 * at$lower, upper = 100 * at$upper, n = fit$n)
}
restricted <- function(id, fit) {
  table <- summary(fit, rmean = 24 * month)$table
  half <- z95 * table[["se(rmean)"]]
  emit(id, value = table[["rmean"]] / month, lower = (table[["rmean"]] - half) / month,
       upper = (table[["rmean"]] + half) / month, n = fit$n)
}
from_ino <- curve(os, died); from_hct <- curve(os_hct, died)
middle("P56", curve(os, 1 - died)); middle("P57", from_ino)
at_months("P58", from_ino, 12); at_months("P59", from_ino, 24)
middle("os_hct_median", from_hct); at_months("os_hct_12", from_hct, 12); at_months("os_hct_24", from_hct, 24)
emit("os_curve", time = from_ino$time, estimate = from_ino$surv, lower = from_ino$lower, upper = from_ino$upper)
restricted("rmst_ino", from_ino); restricted("rmst_hct", from_hct)

# Fewer than 5 events in a group, or in all: no P value beyond the published figures.
few <- function(event, group) any(tapply(event, group, sum) < 5)
few_of <- function(event, x) if (all(x %in% 0:1)) few(event, x) else sum(event) < 5
log_rank <- function(id, group) {
  known <- !is.na(os_hct) & !is.na(died) & !is.na(group)
  d <- data.frame(days = os_hct, event = died, group = group)[known, ]
  if (few(d$event, d$group)) return(refuse(id))
  test <- survdiff(Surv(days, event) ~ group, d)
  emit(id, value = test$chisq, p = pchisq(test$chisq, 1, lower.tail = FALSE), n = nrow(d))
}
log_rank("log_rank_mac", mac); log_rank("log_rank_dual", dual)

# --- Competing risks -----------------------------------------------------------------------------------------------
ci_days <- numeric_column("ci_days"); ci_status <- numeric_column("ci_status")
known_ci <- !is.na(ci_days) & !is.na(ci_status)
counts("P62", paste(ci_status, died), list(c("1 0", "1 1"), "1 0", "1 1"), known_ci)
# P65, P66: all patients (X11), variance of cuminc, linear interval.
incidence <- cuminc(ci_days[known_ci], ci_status[known_ci], cencode = 0)
days <- sort(unique(ci_days[known_ci]))
for (cause in 1:2) {
  curve_of_cause <- incidence[paste(1, cause)]
  emit(paste0("ci_curve_", cause), time = days, estimate = timepoints(curve_of_cause, days)$est[1, ])
  at <- timepoints(curve_of_cause, 24 * month)
  half <- z95 * sqrt(at$var[1, 1])
  id <- c("P65", "P66")[cause]
  if (is.na(at$est[1, 1])) refuse(id)
  else emit(id, value = 100 * at$est[1, 1], lower = 100 * max(0, at$est[1, 1] - half),
            upper = 100 * min(1, at$est[1, 1] + half), n = sum(known_ci))
}
in_remission <- known_ci & ci_status %in% 2
emit("P63", value = c(sum(in_remission), vapply(c("covid", "gvhd", "mof", "sepsis", "sos"),
     function(cause) sum(in_remission & text$death_cause %in% cause), 0)), n = sum(known_ci))
counts("P64", ci_status, 0, known_ci)
known_gray <- known_ci & !is.na(mac)
gray <- cuminc(ci_days[known_gray], ci_status[known_gray], mac[known_gray], cencode = 0)$Tests
for (cause in 1:2) {
  id <- paste0("gray_mac_", cause)
  if (few(ci_status[known_gray] == cause, mac[known_gray])) refuse(id)
  else emit(id, value = gray[cause, "stat"], p = gray[cause, "pv"], n = sum(known_gray))
}
emit_ratio <- function(id, beta, se, n, few_events = FALSE)
  emit(id, value = exp(beta), lower = exp(beta - z95 * se), upper = exp(beta + z95 * se),
       p = if (few_events) NaN else 2 * pnorm(-abs(beta / se)), n = n)
known_age <- known_ci & !is.na(age)
# crr stops where its line search no longer sees the likelihood rise, up to 1e-6 before the maximum: one Newton step from
# there, then the variance where that ends.
for (cause in 1:2) {
  fine_gray <- function(...)
    crr(ci_days[known_age], ci_status[known_age], cbind(age = age[known_age]), failcode = cause, ...)
  stopped <- fine_gray(gtol = 1e-12, maxiter = 100)
  beta <- stopped$coef[[1]] + stopped$invinf[1, 1] * sum(stopped$res)
  se <- sqrt(fine_gray(init = beta, maxiter = 0)$var[1, 1])
  emit_ratio(paste0("fine_gray_age_", cause), beta, se, sum(known_age),
             few_events = sum(ci_status[known_age] == cause) < 5)
}

# --- Cox models ----------------------------------------------------------------------------------------------------
tight <- coxph.control(eps = 1e-13, iter.max = 100, toler.chol = 1e-14)
fit_cox <- function(d, terms) {
  fit <- suppressWarnings(coxph(reformulate(terms, "Surv(days, event)"), d, control = tight, x = TRUE))
  scaled <- suppressWarnings(sqrt(diag(as.matrix(vcov(fit))))) * vapply(d[terms], sd, 0)
  if (anyNA(coef(fit)) || !all(is.finite(scaled)) || any(scaled > 50)) NULL else fit
}
by_age <- function(id, x) {
  d <- na.omit(data.frame(days = os, event = died, x = x))
  fit <- fit_cox(d, "x")
  if (is.null(fit)) refuse(id) else emit_ratio(id, coef(fit)[[1]], sqrt(vcov(fit)[1, 1]), nrow(d))
}
by_age("P60", age); by_age("P61", as.numeric(age >= 60))

candidates <- data.frame(
  days = os_hct, event = died, ino_gt2 = numeric_column("ino_gt2"), remission = ifelse(is.na(before_hct), NA, in_cr + 0),
  allo_first_line = numeric_column("allo_first_line"), blina_before = numeric_column("blina_before"),
  le50 = as.numeric(numeric_column("ino_last_to_hct") <= 50), male = as.numeric(text$sex == "M"), mac = mac,
  donor_matched = numeric_column("donor_matched"), age = age)
# A model takes the patients in whom all its covariates are known; the refitted model stays with the same patients.
candidates <- na.omit(candidates)
terms <- setdiff(names(candidates), c("days", "event"))
published <- c(P69 = "ino_gt2", P70 = "remission", P71 = "allo_first_line", P72 = "blina_before")
# Lawless and Singhal 1978: estimates without a term come from the full model, the weakest term goes while P > 0.157.
eliminate <- function(fit) {
  beta <- coef(fit); covariance <- vcov(fit); kept <- names(beta)
  while (length(kept)) {
    gone <- setdiff(names(beta), kept)
    b <- beta[kept]; v <- covariance[kept, kept, drop = FALSE]
    if (length(gone)) {
      link <- covariance[kept, gone, drop = FALSE] %*% solve(covariance[gone, gone, drop = FALSE])
      b <- b - as.vector(link %*% beta[gone]); v <- v - link %*% covariance[gone, kept, drop = FALSE]
    }
    p <- pchisq(b^2 / diag(v), 1, lower.tail = FALSE)
    if (max(p) <= 0.157) break
    kept <- kept[-which.max(p)]
  }
  kept
}
full <- fit_cox(candidates, terms)
kept <- if (is.null(full)) character() else eliminate(full)
final <- if (length(kept)) fit_cox(candidates, kept)
for (id in names(published)) {
  term <- published[[id]]
  if (is.null(final) || !term %in% kept) refuse(id)
  else emit_ratio(id, coef(final)[[term]], sqrt(vcov(final)[term, term]), nrow(candidates))
}
zph <- if (!is.null(final)) cox.zph(final, transform = "km")$table
scarce <- c(vapply(terms, function(term) few_of(candidates$event, candidates[[term]]), TRUE),
            GLOBAL = sum(candidates$event) < 5)
for (term in c(terms, "GLOBAL")) {
  id <- paste0("zph_", term)
  if (term %in% rownames(zph) && !scarce[[term]]) emit(id, value = zph[term, "chisq"], p = zph[term, "p"]) else refuse(id)
}
for (term in terms) {
  id <- paste0("final_", term)
  if (is.null(final) || !term %in% kept) refuse(id)
  else emit_ratio(id, coef(final)[[term]], sqrt(vcov(final)[term, term]), nrow(candidates),
                  few_events = !term %in% published && scarce[[term]])
}

# --- SOS/VOD -------------------------------------------------------------------------------------------------------
wald <- function(id, x, among = TRUE) {
  d <- na.omit(data.frame(y = sos, x = x)[among, ])
  if (sd(d$x) == 0 || sd(d$y) == 0) return(refuse(id))
  fit <- suppressWarnings(glm(y ~ x, binomial, d, control = glm.control(epsilon = 1e-14, maxit = 100)))
  # glm's standard errors are those of the last iteration but one: one more from where it stopped.
  fit <- suppressWarnings(update(fit, start = coef(fit)))
  se <- sqrt(vcov(fit)["x", "x"])
  if (se * sd(d$x) > 50) refuse(id) else emit_ratio(id, coef(fit)[["x"]], se, nrow(d))
}
wald("P84", dual); wald("P85", numeric_column("allo_first_line"))
wald("P86", as.numeric(numeric_column("ino_last_to_hct") <= 60), in_cr)
wald("P87", numeric_column("ino_gt2"))

# fisher.test searches the odds ratio and its limits with a tolerance of 1e-4 only: the same equations, solved on.
fisher <- function(id, exposure) {
  known <- !is.na(sos) & !is.na(exposure)
  table <- table(factor(exposure[known], 0:1), factor(sos[known], 0:1))
  if (any(table[, 2] < 5)) return(refuse(id))
  test <- fisher.test(table)
  m <- sum(table[, 1]); k <- sum(table[, 2]); drawn <- sum(table[2, ]); x <- table[2, 2]
  support <- max(0, drawn - m):min(k, drawn)
  log_base <- dhyper(support, k, m, drawn, log = TRUE)
  density <- function(log_odds) { d <- log_base + log_odds * support; d <- exp(d - max(d)); d / sum(d) }
  solve_for <- function(f) exp(uniroot(f, c(-12, 12), tol = 1e-14, maxiter = 10000)$root)
  emit(id, value = solve_for(function(b) sum(support * density(b)) - x),
       lower = solve_for(function(b) sum(density(b)[support >= x]) - 0.025),
       upper = solve_for(function(b) sum(density(b)[support <= x]) - 0.025), p = test$p.value, n = sum(known))
}
fisher("fisher_dual", dual)
writeLines(lines, arguments[2])
