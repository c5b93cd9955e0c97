# Loads the analysis data set into `patients`: factors with labels, dates, numbers; then the median overall survival.
#   source("FOLDER/analysis.R", chdir = TRUE)    where FOLDER is that of this file
# Needs base R, and survival for the last lines.

read_text <- function(file) read.csv(file, colClasses = "character", na.strings = "", encoding = "UTF-8")

labels <- read_text("labels.csv")
patients <- read_text("analysis.csv")

for (name in names(patients)) {
  about <- labels[labels$column == name, ]
  text <- patients[[name]]
  given <- text[!is.na(text)]
  patients[[name]] <-
    if (any(!is.na(about$code))) factor(text, levels = about$code, labels = about$code_label)
    else if (grepl("_date$", name)) as.Date(text)
    else if (name != "patient_id" && all(grepl("^[0-9.]+$", given))) as.numeric(text)
    else text
  attr(patients[[name]], "label") <- about$label[1]
}

if (requireNamespace("survival", quietly = TRUE)) {
  fit <- survival::survfit(survival::Surv(os_days, os_event) ~ 1, data = patients)
  median_os <- unname(summary(fit)$table["median"])
  cat(sprintf("%d patients, %d deaths, median overall survival from the first dose %g days\n",
              nrow(patients), sum(patients$os_event), median_os))
}
