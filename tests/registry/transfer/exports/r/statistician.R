# A number of Table 1 and a survival time, from an export that is loaded as its README.txt says.

library(survival)

if (file.exists("load.R")) {
  source("load.R", chdir = TRUE)
} else if (file.exists("load.sas")) {
  names <- read.csv("names.csv", fileEncoding = "UTF-8-BOM")
  registry <- lapply(split(names, names$form), function(of_form) {
    table <- haven::read_xpt(paste0(tolower(of_form$data_set[1]), ".xpt"))
    stats::setNames(table, ifelse(of_form$part %in% c(NA, 1), of_form$column, of_form$variable))
  })
} else {
  files <- list.files(pattern = "[.](sav|dta)$")
  read <- list(sav = haven::read_sav, dta = haven::read_dta)
  registry <- lapply(files, function(file) read[[tools::file_ext(file)]](file))
  names(registry) <- tools::file_path_sans_ext(files)
}

first <- aggregate(d1_date ~ patient_id, registry$ino_cycle, min)
last <- aggregate(visit_date ~ patient_id, registry$follow_up, max)
course <- merge(merge(first, last), registry$death[, c("patient_id", "death_date")], all.x = TRUE)
died <- !is.na(course$death_date)
end <- course$visit_date
end[died] <- course$death_date[died]
fit <- survfit(Surv(as.numeric(end - course$d1_date), died) ~ 1)

ldh <- registry$baseline$ldh
cat("\nages", median(registry$patient$age_rr), "\n")
cat("LDH", sum(!is.na(ldh)), median(ldh, na.rm = TRUE), "\n")
cat("survival", sum(died), unname(summary(fit)$table["median"]), "\n")
