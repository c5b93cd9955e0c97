# Rscript measure.R CASE FOLDER N RUNS : R's side; protocol and output as of worker.py.
suppressPackageStartupMessages({ library(survival); library(cmprsk) })
options(warn = -1)
arguments <- commandArgs(trailingOnly = TRUE)
name <- arguments[1]; folder <- arguments[2]; n <- arguments[3]; runs <- as.integer(arguments[4])
if (name == "backward_elimination") suppressPackageStartupMessages(library(rms))

covariates <- paste0("x", 1:9)
column <- function(n, name) {
  path <- file.path(folder, n, paste0(name, ".f64"))
  readBin(path, "double", file.size(path) / 8)
}
matrix_of <- function(n) {
  x <- sapply(covariates, function(name) column(n, name))
  colnames(x) <- covariates
  x
}
survival_arrays <- c("time", "event", "x")

# Each takes its arrays, prepares what is not timed, and returns the call that is.
cases <- list(
  kaplan_meier = list(c("time", "event"), function(a) function() {
    sum(survfit(Surv(a$time, a$event) ~ 1)$lower)
  }),
  restricted_mean = list(c("time", "event"), function(a) function() {
    unname(summary(survfit(Surv(a$time, a$event) ~ 1), rmean = 1825)$table["rmean"])
  }),
  log_rank = list(c("time", "event", "group"), function(a) function() {
    survdiff(Surv(a$time, a$event) ~ a$group)$chisq
  }),
  cumulative_incidence = list(c("time", "status"), function(a) function() {
    timepoints(cuminc(a$time, a$status), 1000)$var["1 1", 1]
  }),
  gray_test = list(c("time", "status", "group"), function(a) function() {
    sum(cuminc(a$time, a$status, a$group)$Tests[, "stat"])
  }),
  cox = list(survival_arrays, function(a) function() unname(coxph(Surv(a$time, a$event) ~ a$x)$concordance["concordance"])),
  proportional_hazards = list(survival_arrays, function(a) {
    d <- data.frame(time = a$time, event = a$event, a$x)
    fit <- coxph(Surv(time, event) ~ ., data = d)
    function() cox.zph(fit)$table["GLOBAL", "chisq"]
  }),
  concordance = list(c("time", "event", "x1"), function(a) function() {
    unname(concordance(Surv(a$time, a$event) ~ a$x1, reverse = TRUE)$concordance)
  }),
  backward_elimination = list(survival_arrays, function(a) {
    d <- data.frame(time = a$time, event = a$event, a$x)
    function() {
      full <- cph(Surv(time, event) ~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9, data = d)
      kept <- fastbw(full, rule = "p", type = "individual", sls = 0.157)$names.kept
      unname(coef(cph(reformulate(kept, "Surv(time, event)"), data = d))[1])
    }
  }),
  fine_gray = list(c("time", "status", "x"), function(a) function() sqrt(crr(a$time, a$status, a$x)$var[1, 1])),
  logistic = list(c("outcome", "x"), function(a) function() unname(coef(glm(a$outcome ~ a$x, family = binomial))[2])),
  firth_estimates = list(c("outcome", "x"), function(a) function() {
    unname(coef(glm(a$outcome ~ a$x, family = binomial, method = brglm2::brglmFit, type = "AS_mean"))[2])
  }),
  kruskal_wallis = list(c("x7", "group"), function(a) function() unname(kruskal.test(a$x7, a$group)$statistic)),
  wilcoxon = list(c("x7", "x2"), function(a) function() unname(wilcox.test(a$x7 ~ a$x2, exact = FALSE)$statistic)),
  fisher_exact = list(c("outcome", "x2"), function(a) function() fisher.test(table(a$outcome, a$x2))$conf.int[1])
)

read_arrays <- function(n, names) sapply(names, function(name) if (name == "x") matrix_of(n) else column(n, name),
                                         simplify = FALSE)
resident <- function(which) {
  line <- grep(paste0("^", which, ":"), readLines("/proc/self/status"), value = TRUE)
  as.numeric(gsub("[^0-9]", "", line)) * 1024
}
timed <- function(call, times = 1) {
  processor <- function() sum(proc.time()[1:2])
  begin <- processor()
  for (i in seq_len(times)) value <- call()
  list(seconds = (processor() - begin) / times, value = value)
}

case <- cases[[name]]
invisible(case[[2]](read_arrays("58", case[[1]]))())
invisible(gc())
before <- resident("VmRSS")
read <- read_arrays(n, case[[1]])
call <- case[[2]](read)
invisible(gc())
cat("5", file = "/proc/self/clear_refs")
first <- timed(call)
peak <- resident("VmHWM") - before
times <- max(1, round(0.1 / max(first$seconds, 1e-3)))
seconds <- if (first$seconds > 5) first$seconds else replicate(runs, timed(call, times)$seconds)
cat(sprintf('{"seconds": [%s], "peak": %.0f, "input": %.0f, "value": %.17g}\n',
            paste(sprintf("%.9g", seconds), collapse = ", "), peak, sum(8 * lengths(read)), first$value))
