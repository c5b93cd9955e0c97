# Recomputes the report in R. Put this file beside analysis.csv and numbers.csv of the report and run:
#     Rscript recompute.R
# It prints a line for each entry of the report, and ends with 1 if a number differs.
# R packages: survival, cmprsk, rms.
suppressPackageStartupMessages({ library(survival); library(cmprsk); library(rms) })
options(warn = -1)

TOLERANCE <- 1e-7  # relative, absolute below 0.001
MONTH <- 30.4375   # days
FEW <- 5           # events in a group: fewer, and the report prints no P value
d <- read.csv("analysis.csv", na.strings = "", stringsAsFactors = FALSE, colClasses = c(patient_id = "character"))
printed <- read.csv("numbers.csv", stringsAsFactors = FALSE, colClasses = c(value = "character"))

# Who: logical vectors without NA, one value a patient.
all_patients <- rep(TRUE, nrow(d))
known <- function(x) !is.na(x)
is <- function(x, ...) known(x) & x %in% c(...)
yes <- function(x) is(x, 1)
no <- function(x) is(x, 0)

# Rows: what numbers.csv prints of a number; what is left out is not compared.
row <- function(value = NULL, lower = NULL, upper = NULL, p = NULL, n = NULL)
  list(value = value, lower = lower, upper = upper, p = p, n = n)
count <- function(who, among = all_patients) row(sum(who & among), n = sum(among))
parts <- function(..., among = all_patients) row(sapply(list(...), function(who) sum(who & among)), n = sum(among))
med <- function(x, among = all_patients) {
  x <- x[among & known(x)]
  if (!length(x)) return(row())
  row(unname(quantile(x, 0.5, type = 7)), min(x), max(x), n = length(x))
}
classes <- function(x) c(list(count(known(x))), lapply(c("t922", "normal", "complex", "other"),
                                                       function(class) count(is(x, class), known(x))))
cross <- function(x, states, ..., among = all_patients) {
  rows <- lapply(states, function(state) {
    who <- (if (is.na(state)) is.na(x) else is(x, state)) & among
    if (any(who)) do.call(parts, c(list(...), list(among = who)))
  })
  Filter(Negate(is.null), rows)
}

among_given <- function(x, course)  # x names several, apart by "; "
  vapply(strsplit(ifelse(known(x), x, ""), "; ", fixed = TRUE), function(given) course %in% given, NA)
agent_given <- function(x, agent)   # the same without the number of cycles behind each
  vapply(strsplit(ifelse(known(x), x, ""), "; ", fixed = TRUE), function(given) agent %in% sub(" .*", "", given), NA)
listed <- function(x, who)          # a row a patient, what is not known left out
  lapply(who, function(i) { values <- unlist(x[i, ]); row(unname(values[known(values)]), n = 1) })

# Curves
in_percent <- function(estimate) if (length(estimate)) 100 * unname(estimate) else NULL
km_median <- function(fit) {
  found <- quantile(fit, 0.5)
  row(unname(found$quantile) / MONTH, unname(found$lower) / MONTH, unname(found$upper) / MONTH, n = fit$n)
}
km_at <- function(fit, months) {
  if (max(fit$time) < months * MONTH && tail(fit$surv, 1) > 0) return(row(n = fit$n))
  at <- summary(fit, times = months * MONTH, extend = tail(fit$surv, 1) == 0)  # at 0 it stays, else it is not known
  row(in_percent(at$surv), in_percent(at$lower), in_percent(at$upper), n = fit$n)
}
medians_and_years <- function(time) list(km_median(km(time, d$os_event)), km_at(km(time, d$os_event), 12),
                                         km_at(km(time, d$os_event), 24))
km <- function(time, event, who = all_patients) survfit(Surv(time[who], event[who]) ~ 1)
rmst <- function(time, event, months = 24) {
  found <- summary(survfit(Surv(time, event) ~ 1), rmean = months * MONTH)$table
  half <- qnorm(0.975) * found["se(rmean)"]
  row(unname(found["rmean"]) / MONTH, unname(found["rmean"] - half) / MONTH, unname(found["rmean"] + half) / MONTH)
}
ci_at <- function(cause, months, who = all_patients) {
  if (!any(d$ci_status[who] == cause)) return(row(n = sum(who)))
  found <- timepoints(cuminc(d$ci_days[who], d$ci_status[who]), months * MONTH)
  place <- paste("1", cause)
  estimate <- found$est[place, 1]; half <- qnorm(0.975) * sqrt(found$var[place, 1])
  row(100 * estimate, 100 * max(0, estimate - half), 100 * min(1, estimate + half), n = sum(who))
}

# Groups: a list of logical vectors, those without anybody left out.
groups <- function(x, ...) Filter(any, lapply(list(...), function(codes) is(x, codes)))
number_of <- function(members) { g <- rep(NA, nrow(d)); for (i in seq_along(members)) g[members[[i]]] <- i; g }
enough <- function(members, event) length(members) > 1 && all(sapply(members, function(who) sum(event & who)) >= FEW)
log_rank <- function(members) {
  if (!enough(members, d$os_event == 1)) return(row())
  g <- number_of(members)
  found <- survdiff(Surv(os_hct_days, os_event) ~ g, data = d)
  row(found$chisq, p = pchisq(found$chisq, length(found$n) - 1, lower.tail = FALSE))
}
gray <- function(members, cause) {
  if (!enough(members, d$ci_status == cause)) return(row())
  g <- number_of(members); who <- known(g)
  tests <- cuminc(d$ci_days[who], d$ci_status[who], g[who])$Tests
  row(tests[as.character(cause), "stat"], p = tests[as.character(cause), "pv"])
}
fisher <- function(members, event) {
  if (!enough(members, event)) return(row())
  g <- number_of(members); who <- known(g)
  if (length(members) > 2 && sum(who) > 2000) return(row())  # too many tables for an exact test
  row(p = fisher.test(table(g[who], event[who]), workspace = 2e7)$p.value)  # its odds ratio has four digits only
}
kruskal <- function(x) {
  who <- known(x) & known(d$sos)
  if (min(table(factor(d$sos[who], 0:1))) < FEW) return(row())
  found <- kruskal.test(x[who], d$sos[who]); row(unname(found$statistic), p = found$p.value)
}
survival_by <- function(members) {
  rows <- lapply(members, function(who) {
    fit <- km(d$os_hct_days, d$os_event, who); list(km_median(fit), km_at(fit, 24))
  })
  c(unlist(rows, recursive = FALSE), list(log_rank(members)))
}
incidence_by <- function(members)
  unlist(lapply(1:2, function(cause) {
    c(lapply(members, function(who) ci_at(cause, 24, who)), list(gray(members, cause)))
  }), recursive = FALSE)
proportion <- function(event, among) {
  if (!any(among)) return(row())
  found <- binom.test(sum(event & among), sum(among))
  row(100 * unname(found$estimate), 100 * found$conf.int[1], 100 * found$conf.int[2], n = sum(among))
}
GROUPS <- list(
  groups(d$mac, 1, 0), groups(d$dual_alkylators, 1, 0), groups(d$allo_first_line, 1, 0), groups(d$blina_before, 1, 0),
  groups(d$ino_gt2, 1, 0), groups(d$resp_before_hct, "cr", c("pr", "rd", "rel")),
  groups(d$donor3, "mrel", "mud", "haplo_cb", "other"), groups(d$ph_positive, 1, 0),
  groups(d$cyto_class, "normal", "t922", "complex", "other")
)

# Models. R's own criteria stop up to 1e-5 before the maximum: each is iterated to the end, glm once more because it
# prints the variance of the estimates before its last step.
fit_glm <- function(y, x) {
  control <- glm.control(epsilon = 1e-14, maxit = 100)
  fit <- glm(y ~ x, binomial, control = control)
  glm(y ~ x, binomial, control = control, start = coef(fit))
}
fit_crr <- function(x, cause, who) {
  step <- function(...) crr(d$ci_days[who], d$ci_status[who], x, failcode = cause, gtol = 1e-10, ...)
  fit <- step()
  for (again in 1:2) fit <- step(init = fit$coef + drop(fit$invinf %*% fit$score), maxiter = 0)
  fit
}
of_ratio <- function(coefficient, std_error, n) {
  z <- coefficient / std_error
  row(exp(coefficient), exp(coefficient - qnorm(0.975) * std_error), exp(coefficient + qnorm(0.975) * std_error),
      2 * pnorm(-abs(z)), n)
}
rows_of <- function(coefficients, std_errors, n) mapply(of_ratio, coefficients, std_errors, n, SIMPLIFY = FALSE)
attempt <- function(expression) tryCatch(expression, error = function(condition) row())
cox1 <- function(x, time, event) attempt({
  fit <- coxph(Surv(time, event) ~ x, control = coxph.control(eps = 1e-12, iter.max = 100))
  of_ratio(unname(coef(fit)), sqrt(vcov(fit)[1, 1]), fit$n)
})
logit1 <- function(x, among = all_patients) attempt({
  who <- among & known(d$sos) & known(x)
  fit <- fit_glm(d$sos[who], x[who])
  of_ratio(unname(coef(fit)[2]), sqrt(vcov(fit)[2, 2]), sum(who))
})
crr1 <- function(x, cause) attempt({
  who <- known(x)
  fit <- fit_crr(x[who], cause, who)
  of_ratio(unname(fit$coef), sqrt(fit$var[1, 1]), sum(who))
})
has_few <- function(x, event) all(na.omit(x) %in% 0:1) && min(sum(event & yes(x)), sum(event & no(x))) < FEW
in_places <- function(chosen, rows) {
  found <- lapply(chosen, function(is_in) row()); found[which(chosen)] <- rows; found
}
CANDIDATES <- with(d, data.frame(
  gt2 = ino_gt2, cr = as.numeric(resp_before_hct == "cr"), allo = allo_first_line, blina = blina_before,
  short = as.numeric(ino_last_to_hct <= 50), male = as.numeric(sex == "M"), mac = mac, matched = donor_matched, age = age
))
published_model <- function() {
  complete <- complete.cases(CANDIDATES)
  x <- CANDIDATES[complete, ]
  survival <- Surv(d$os_hct_days, d$os_event)[complete]
  full <- cph(reformulate(names(x), "survival"), data = x, eps = 1e-10)
  kept <- fastbw(full, rule = "p", type = "individual", sls = 0.157)$names.kept
  fit <- coxph(reformulate(kept, "survival"), data = x, control = coxph.control(eps = 1e-12, iter.max = 100))
  list(kept = names(CANDIDATES) %in% kept, fit = fit, complete = complete)
}
crr_model <- function(cause) {
  event <- d$ci_status == cause
  x <- CANDIDATES[1:4]
  usable <- !sapply(x, has_few, event = event)
  who <- complete.cases(x[usable])
  fit <- fit_crr(as.matrix(x[usable])[who, , drop = FALSE], cause, who)
  in_places(usable, rows_of(unname(fit$coef), sqrt(diag(fit$var)), sum(who)))
}
logit <- function(y, x) {
  fit <- fit_glm(y, x)
  rows_of(unname(coef(fit)[-1]), sqrt(diag(vcov(fit)))[-1], length(y))
}
sos_model <- function(model) {
  x <- with(d, data.frame(dual = dual_alkylators, allo = allo_first_line, short = as.numeric(ino_last_to_hct <= 60)))
  usable <- !sapply(x, has_few, event = yes(d$sos))
  who <- complete.cases(x[usable]) & known(d$sos)
  in_places(usable, model(d$sos[who], as.matrix(x[usable])[who, , drop = FALSE]))
}
# Firth's penalised likelihood (Firth 1993); limits and tests of its profile (Heinze and Schemper 2002).
penalised <- function(y, x, b) {
  eta <- drop(x %*% b); p <- plogis(eta); information <- crossprod(x, x * (p * (1 - p)))
  leverage <- p * (1 - p) * rowSums((x %*% solve(information)) * x)
  list(b = b, information = information, score = drop(crossprod(x, y - p + leverage * (0.5 - p))),
       value = sum(plogis(ifelse(y == 1, eta, -eta), log.p = TRUE)) + determinant(information)$modulus[1] / 2)
}
highest <- function(y, x, start, free) {
  at <- penalised(y, x, start)
  for (iteration in 1:500) {
    step <- solve(at$information[free, free], at$score[free]); share <- 1
    repeat {
      further <- penalised(y, x, replace(at$b, free, at$b[free] + share * step))
      if (further$value >= at$value - 1e-13 || share < 1e-9) break
      share <- share / 2
    }
    at <- further
    if (max(abs(step)) < 1e-12) break
  }
  at
}
firth <- function(y, x) {
  unit <- apply(x, 2, sd); s <- cbind(1, scale(x))
  top <- highest(y, s, rep(0, ncol(s)), seq_len(ncol(s)))
  errors <- sqrt(diag(solve(top$information)))
  lapply(seq_len(ncol(x)), function(term) {
    j <- term + 1
    profile <- function(b) highest(y, s, replace(top$b, j, b), setdiff(seq_along(top$b), j))$value
    fall <- function(b) 2 * (top$value - profile(b)) - qchisq(0.95, 1)
    limit <- function(side) {
      farthest <- 2
      while (fall(top$b[j] + side * farthest * errors[j]) < 0) farthest <- farthest + 1
      uniroot(fall, sort(top$b[j] + side * c(0, farthest) * errors[j]), tol = 1e-13)$root
    }
    ratio <- function(b) exp(b / unit[[term]])
    row(ratio(top$b[j]), ratio(limit(-1)), ratio(limit(1)),
        pchisq(2 * (top$value - profile(0)), 1, lower.tail = FALSE), length(y))
  })
}
firth1 <- function(x) attempt({
  who <- known(d$sos) & known(x)
  firth(d$sos[who], cbind(x[who]))[[1]]
})

# Comparison with what the report prints
apart <- function(ours, theirs) {
  if (is.null(theirs) || anyNA(theirs)) return(NULL)
  if (length(ours) != length(theirs)) return(Inf)
  abs(ours - theirs) / pmax(abs(theirs), 1e-3)
}
compared <- 0; left_out <- 0; largest <- 0; differing <- character()
entry <- function(id, title, rows) {
  ours <- printed[printed$entry == id, ]
  found <- tryCatch(rows, error = function(condition) conditionMessage(condition))
  if (is.character(found) || length(found) != nrow(ours)) {
    reason <- if (is.character(found)) found else paste(length(found), "rows in R,", nrow(ours), "in the report")
    if (all(is.na(ours$n)) || all(ours$value == "")) return(cat("not estimated  ", title, "\n"))
    differing <<- c(differing, id)
    return(cat("DIFFERS        ", title, ":", reason, "\n"))
  }
  differences <- unlist(lapply(seq_along(found), function(i) difference(ours[i, ], found[[i]])))
  compared <<- compared + length(differences)
  if (!length(differences)) return(cat("not compared   ", title, "\n"))
  largest <<- max(largest, differences)
  agrees <- max(differences) <= TOLERANCE
  if (!agrees) differing <<- c(differing, id)
  cat(sprintf("%s %4d numbers, largest difference %.1e  %s\n", if (agrees) "agrees " else "DIFFERS", length(differences),
              max(differences), title))
}
difference <- function(ours, theirs) {
  value <- as.numeric(strsplit(ours$value, "|", fixed = TRUE)[[1]])
  if (!length(value)) { left_out <<- left_out + 1; return(NULL) }  # the report gives a reason in place of the number
  c(apart(value, theirs$value), if (!is.na(ours$n)) apart(ours$n, theirs$n),
    unlist(lapply(c("lower", "upper", "p"), function(name) if (!is.na(ours[[name]])) apart(ours[[name]], theirs[[name]]))))
}
