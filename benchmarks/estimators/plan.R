# Rscript plan.R FOLDER RUNS : the standing plan as an R script, on the data frame of analysis.csv; no figures.
suppressPackageStartupMessages({ library(survival); library(cmprsk); library(rms) })
options(warn = -1)
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]; runs <- as.integer(arguments[2])
d <- read.csv(file.path(folder, "analysis.csv"), na.strings = "", stringsAsFactors = FALSE)
month <- 30.4375

factors <- c("mac", "dual_alkylators", "allo_first_line", "blina_before", "ino_gt2", "remission", "donor3", "ph_positive",
             "cyto_class")
counted <- c("sex", "ecog", "cyto_class", "cyto_class_rr", "cyto_class_patient", "ph_positive", "emd", "blina_before",
             "allo_first_line", "heavily_pretreated", "ino_gt2", "resp_c1", "best_resp_ino", "ino_responder",
             "resp_before_hct", "cr_at_hct", "mrd_pre_hct", "mac", "dual_alkylators", "donor3", "donor_matched", "sos",
             "sos_grade", "sos_fatal", "maintenance", "death_cause", "cd22_pos", "ino_programme", "dx_entity",
             "blina_context", "tki_with_ino", "ci_status")
measured <- c("age", "wbc", "plt", "hb", "ldh", "bm_blasts", "ino_cycles", "ino_last_to_hct", "ino_first_to_hct",
              "ino_last_to_sos", "hct_to_sos")
characteristics <- c("age", "ino_last_to_hct", "ino_first_to_hct", "ino_cycles", "wbc", "plt", "bm_blasts")

plan <- function(d) {
  d$remission <- as.numeric(d$resp_before_hct == "cr")
  d$male <- as.numeric(d$sex == "M")
  d$short50 <- as.numeric(d$ino_last_to_hct <= 50)
  d$short60 <- as.numeric(d$ino_last_to_hct <= 60)
  d$older <- as.numeric(d$age >= 60)
  c(describe(d), survival(d), incidence(d), prognosis(d), sos(d))
}

describe <- function(d) list(
  counts = lapply(d[counted], function(x) { found <- table(x); list(found, 100 * found / sum(found), sum(is.na(x))) }),
  quantiles = lapply(d[measured], function(x) list(quantile(x, na.rm = TRUE, type = 7), sum(is.na(x)))),
  courses = list(table(d$cyto_class, d$cyto_class_rr), table(d$best_resp_ino, d$resp_before_hct),
                 table(d$resp_c1, d$best_resp_ino), table(d$mrd_pre_hct, d$cr_at_hct)),
  centres = centres(d)
)

centres <- function(d) {
  n <- table(d$centre_no); events <- tapply(d$sos, d$centre_no, sum); p <- mean(d$sos)
  list(n, events, qbinom(0.025, n, p) / n, (n - qbinom(0.025, n, 1 - p)) / n)
}

curve <- function(time, event) {
  fit <- survfit(Surv(time, event) ~ 1)
  list(fit$time, fit$surv, fit$lower, fit$upper, quantile(fit, 0.5), summary(fit, times = c(12, 24) * month, extend = TRUE))
}

survival <- function(d) {
  landmark <- ifelse(d$cr_at_hct == 0, 4, ifelse(is.na(d$mrd_pre_hct), 3, ifelse(d$mrd_pre_hct == "neg", 1, 2)))
  entry <- as.Date(d$entry_date); cutoff <- as.Date(d$cutoff_date)
  last <- pmin(as.Date(d$last_contact_date), cutoff)
  list(
    curve(d$os_days, d$os_event), curve(d$os_hct_days, d$os_event),
    quantile(survfit(Surv(d$os_days, 1 - d$os_event) ~ 1), 0.5),
    lapply(list(d$os_days, d$os_hct_days), function(time) {
      summary(survfit(Surv(time, d$os_event) ~ 1), rmean = 24 * month)$table
    }),
    sum(last - entry) / sum(ifelse(d$os_event == 1, last - entry, cutoff - entry)),
    lapply(c(lapply(factors, function(name) d[[name]]), list(landmark)), function(group) by_group(d, group))
  )
}

by_group <- function(d, group) {
  fit <- survfit(Surv(d$os_hct_days, d$os_event) ~ group)
  list(fit$surv, fit$lower, fit$upper, quantile(fit, 0.5), summary(fit, times = 24 * month, extend = TRUE),
       survdiff(Surv(d$os_hct_days, d$os_event) ~ group))
}

incidence <- function(d) {
  fit <- cuminc(d$ci_days, d$ci_status)
  list(fit, timepoints(fit, 24 * month), lapply(factors, function(name) {
    fit <- cuminc(d$ci_days, d$ci_status, d[[name]])
    list(fit, fit$Tests, timepoints(fit, 24 * month))
  }))
}

candidates <- c("ino_gt2", "remission", "allo_first_line", "blina_before", "short50", "male", "mac", "donor_matched", "age")

prognosis <- function(d) {
  full <- cph(reformulate(candidates, "Surv(os_hct_days, os_event)"), data = d, x = TRUE, y = TRUE)
  kept <- fastbw(full, rule = "p", type = "individual", sls = 0.157)$names.kept
  model <- coxph(reformulate(kept, "Surv(os_hct_days, os_event)"), data = d)
  list(
    lapply(c("age", "older"), function(name) summary(coxph(reformulate(name, "Surv(os_days, os_event)"), data = d))),
    summary(model), cox.zph(model),
    lapply(1:2, function(cause) {
      fit <- function(names) summary(crr(d$ci_days, d$ci_status, as.matrix(d[names]), failcode = cause))
      c(lapply(candidates, fit), list(fit(c("remission", "allo_first_line", "blina_before"))))
    })
  )
}

risk_factors <- c("dual_alkylators", "allo_first_line", "ino_gt2", "short60", "age", "male", "donor_matched", "mac",
                  "cr_at_hct", "ino_last_to_hct")
three <- c("dual_alkylators", "allo_first_line", "short60")

sos <- function(d) list(
  lapply(risk_factors, logistic, d = d), logistic("short60", d[d$remission == 1, ]), lapply(risk_factors, logistic, d = d),
  logistic(three, d), lapply(risk_factors, firth, d = d), firth(three, d),
  lapply(c(factors, setdiff(risk_factors, c(factors, "age", "ino_last_to_hct"))), function(name) {
    fisher.test(table(d[[name]], d$sos))
  }),
  lapply(factors, function(name) lapply(split(d$sos, d[[name]]), function(sos) binom.test(sum(sos), length(sos))$conf.int)),
  ftable(d$mac, d$dual_alkylators, d$sos), ftable(d$mac, d$dual_alkylators, d$sos_fatal),
  lapply(characteristics, function(name) kruskal.test(d[[name]], d$sos))
)

logistic <- function(names, d) {
  fit <- glm(reformulate(names, "sos"), family = binomial, data = d)
  list(summary(fit)$coefficients, exp(cbind(coef(fit), confint.default(fit))))
}

# Firth's model by scoring, with limits and P values from the profile of the penalised likelihood.
firth <- function(names, d) {
  d <- d[complete.cases(d[names]), ]
  x <- cbind(1, as.matrix(d[names]))
  fit <- penalised(x, d$sos)
  error <- sqrt(diag(solve(fit$information)))
  t(sapply(seq_along(names) + 1, function(j) {
    fall <- function(value) 2 * (fit$value - penalised(x, d$sos, replace(fit$coef, j, value), j)$value)
    limit <- function(side) uniroot(function(k) fall(fit$coef[j] + side * k * error[j]) - qchisq(0.95, 1), c(0.1, 6),
                                    extendInt = "upX", tol = 1e-8)$root
    c(exp(fit$coef[j] + c(0, -limit(-1), limit(1)) * error[j]), pchisq(fall(0), 1, lower.tail = FALSE))
  }))
}

penalised <- function(x, y, coef = rep(0, ncol(x)), fixed = integer(0)) {
  free <- setdiff(seq_along(coef), fixed)
  at <- function(coef) {
    p <- plogis(drop(x %*% coef)); w <- p * (1 - p)
    information <- crossprod(x, x * w)
    half <- tryCatch(chol(information), error = function(condition) NULL)
    if (is.null(half)) return(list(value = -Inf))  # the step was too long
    list(coef = coef, p = p, w = w, information = information, half = half,
         value = sum(log(ifelse(y == 1, p, 1 - p))) + sum(log(diag(half))))
  }
  now <- at(coef)
  for (iteration in 1:50) {
    leverage <- now$w * colSums(backsolve(now$half, t(x), transpose = TRUE)^2)
    score <- drop(crossprod(x, y - now$p + leverage * (0.5 - now$p)))
    step <- solve(now$information[free, free], score[free])
    repeat {
      reached <- at(replace(now$coef, free, now$coef[free] + step))
      if (is.finite(reached$value) && reached$value > now$value - 1e-10) break
      step <- step / 2
    }
    now <- reached
    if (max(abs(step)) < 1e-9) return(now)
  }
  now
}

invisible(capture.output(plan(d)))
seconds <- replicate(runs, {
  begin <- sum(proc.time()[1:2])
  invisible(capture.output(plan(d)))
  sum(proc.time()[1:2]) - begin
})
cat(sprintf('{"seconds": [%s], "peak": 0, "input": 0, "value": %d}\n', paste(seconds, collapse = ", "), nrow(d)))
