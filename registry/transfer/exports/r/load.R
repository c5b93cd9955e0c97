# Loads every table of this export into the list `registry`: factors with labels, dates, numbers. Needs base R alone.
# Make this folder the working directory, then: source("load.R")

read_text <- function(file) {
  read.csv(file, colClasses = "character", na.strings = "", fileEncoding = "UTF-8-BOM", check.names = FALSE)
}

# An apostrophe keeps spreadsheets from running a text as a formula: it is not part of the text.
plain <- function(text) {
  bare <- sub("^'+", "", text)
  marked <- !is.na(text) & startsWith(text, "'") & grepl("^[-=+@\t\r\n\uff1d\uff0b\uff0d\uff20]", bare) &
    !grepl("^[+-]?[0-9]+([.][0-9]+)?$", bare)
  ifelse(marked, substring(text, 2), text)
}

labels <- read_text("labels.csv")
labels$label <- plain(labels$label)
labels$code_label <- plain(labels$code_label)

typed <- function(text, about) {
  codes <- about$code[!is.na(about$code)]
  value <- switch(about$type[1],
    "integer" = as.integer(text),
    "decimal" = as.numeric(text),
    "date" = as.Date(text),
    "flag" = factor(text, levels = codes, labels = about$code_label),
    "code" = factor(text, levels = codes, labels = make.unique(about$code_label)),
    plain(text)  # text; several codes apart by ";"; a date known to its year, month or day
  )
  attr(value, "label") <- about$label[1]
  value
}

# A column of several answers also becomes one logical column an answer: `agents.blina`.
with_answers <- function(table, name, about) {
  for (code in about$code) {
    named <- vapply(strsplit(table[[name]], ";", fixed = TRUE), function(given) code %in% given, logical(1))
    table[[paste(name, code, sep = ".")]] <- ifelse(is.na(table[[name]]), NA, named)
  }
  table
}

load_form <- function(form) {
  table <- read_text(paste0(form, ".csv"))
  for (name in names(table)) {
    about <- labels[labels$form == form & labels$column == name, ]
    table[[name]] <- typed(table[[name]], about)
    if (about$type[1] == "codes") table <- with_answers(table, name, about)
  }
  table
}

registry <- sapply(unique(labels$form), load_form, simplify = FALSE)
