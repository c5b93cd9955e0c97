# Reads every file of this folder with haven, as a statistician does, and writes what it found to haven.json:
# the cells with their tagged or user-defined missing values, the labels of variables, and those of values.

suppressMessages(library(haven))

readers <- list(sav = function(file) read_sav(file, user_na = TRUE), dta = read_dta, xpt = read_xpt)

letter <- function(value) if (is.double(value)) na_tag(value) else rep(NA, length(value))

cells <- function(value) {
  text <- if (inherits(value, "Date")) format(value) else value
  tags <- letter(value)
  plain <- unclass(text)
  attributes(plain) <- NULL
  lapply(seq_along(plain), function(row) {
    if (!is.na(plain[row])) plain[row] else if (!is.na(tags[row])) tags[row] else NULL
  })
}

about <- function(value) {
  given <- attr(value, "labels")
  codes <- unclass(given)
  attributes(codes) <- NULL
  tags <- letter(given)
  list(
    label = attr(value, "label"),
    is_date = inherits(value, "Date"),
    codes = as.list(ifelse(is.na(tags), codes, tags)),
    words = as.list(names(given)),
    missing = as.list(attr(value, "na_range"))
  )
}

found <- list()
for (file in list.files(pattern = "[.](sav|dta|xpt)$")) {
  table <- readers[[tools::file_ext(file)]](file)
  found[[tools::file_path_sans_ext(file)]] <-
    list(rows = nrow(table), cells = lapply(table, cells), about = lapply(table, about))
}
writeLines(jsonlite::toJSON(found, auto_unbox = TRUE, null = "null", digits = NA), "haven.json", useBytes = TRUE)
