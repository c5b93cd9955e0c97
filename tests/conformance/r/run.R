# Rscript run.R OUT.json DATA.csv... : writes {data set: {statistic: [numbers]}}; NA and NaN become null.
suppressPackageStartupMessages({ library(survival); library(cmprsk); library(rms) })
options(warn = -1)

folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
families <- c("kaplan_meier", "restricted_mean", "cumulative_incidence", "log_rank", "gray_test", "cox",
              "proportional_hazards", "fine_gray", "logistic", "firth_logistic", "backward_elimination", "wilcoxon",
              "kruskal_wallis", "fisher_exact", "describe", "clark_completeness", "exact_proportion", "funnel_limits")

# Long curves are compared at every k-th row, so that the file of expected values stays small.
thin <- function(x) if (length(x) > 200) x[seq(1, length(x), by = ceiling(length(x) / 200))] else x
chosen_times <- function(time) c((0:9) * max(time) / 10, max(time))
prefix <- function(before, values) if (length(values)) setNames(values, paste0(before, names(values))) else list()
attempt <- function(expression) tryCatch(expression, error = function(condition) NULL)

# No estimate: R stopped, left out a covariate, did not converge (100 iterations in cox.R), or its standard error over
# the covariate's range shows infinity.
is_estimable <- function(fit, covariates) {
  if (is.null(fit) || anyNA(coef(fit)) || length(coef(fit)) == 0) return(FALSE)
  if (isFALSE(fit$converged) || fit$iter >= 100) return(FALSE)
  std_error <- tail(sqrt(diag(vcov(fit))), length(covariates))
  width <- sapply(covariates, function(x) diff(range(x)))
  !anyNA(std_error) && all(width > 0) && all(std_error > 0) && all(std_error * width < 100)
}

for (family in families) source(file.path(folder, paste0(family, ".R")))

as_json <- function(x) {
  x <- as.numeric(x)
  paste0("[", paste(ifelse(is.finite(x), sprintf("%.17g", x), "null"), collapse = ","), "]")
}

members <- function(names, values, separator) {
  paste0("{", paste(paste0("\"", names, "\":", values), collapse = separator), "}")
}

files <- commandArgs(trailingOnly = TRUE)[-1]
results <- sapply(files, function(file) {
  d <- read.csv(file, colClasses = "numeric")  # not integer, whose products overflow
  values <- unlist(lapply(families, function(family) prefix(paste0(family, "."), get(family)(d))), recursive = FALSE)
  members(names(values), sapply(values, as_json), ",\n")
})
data_sets <- sub("\\.csv$", "", basename(names(results)))
writeLines(members(data_sets, results, ",\n"), commandArgs(trailingOnly = TRUE)[1])
