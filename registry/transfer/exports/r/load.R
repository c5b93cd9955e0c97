# Loads every table of this export into the list `registry`: factors with labels, dates, numbers. Needs base R alone.
#   source("FOLDER/load.R", chdir = TRUE)    where FOLDER is that of this file
#   registry$patient; registry$ino_cycle     one data frame a form; `labels` says what columns and codes mean
# Beside the columns of the codebook there are: NAME.CODE, TRUE or FALSE, for each answer where there may be several;
# NAME.middle, where a date may be known to its month or year: the 15th of the month, 1 July of the year.

# Not converted to the letters of this computer: they may be too few.
read_text <- function(file) {
  table <- read.csv(file, colClasses = "character", na.strings = "", encoding = "UTF-8", check.names = FALSE)
  names(table)[1] <- sub("^[^a-z]+", "", names(table)[1], useBytes = TRUE)  # a mark of UTF-8 stands before it
  table
}

# An apostrophe keeps spreadsheets from running a text as a formula: it is not part of the text.
plain <- function(text) {
  bare <- sub("^'+", "", text)
  marked <- !is.na(text) & startsWith(text, "'") & grepl("^[-=+@\t\r\n\uff1d\uff0b\uff0d\uff20]", bare) &
    !grepl("^[+-]?[0-9]+([.][0-9]+)?$", bare)
  text <- ifelse(marked, substring(text, 2), text)
  formula <- "(?=[-=+@\t\r\n\uff1d\uff0b\uff0d\uff20])(?![+-]?[0-9]+([.][0-9]+)?([;\r\n]|\\z))"
  gsub(paste0("([;\r\n])'('*)", formula), "\\1\\2", text, perl = TRUE)
}

labels <- read_text("labels.csv")
labels$label <- plain(labels$label)
labels$code_label <- plain(labels$code_label)

# Of yes and no, no comes first: it is what a model compares with.
labelled <- function(text, about) {
  order <- if (identical(about$code, c("1", "0"))) 2:1 else seq_along(about$code)
  factor(text, levels = about$code[order], labels = make.unique(about$code_label)[order])
}

typed <- function(text, about) {
  value <- switch(about$type[1],
    "integer" = as.integer(text),
    "decimal" = as.numeric(text),
    "date" = as.Date(text),
    "flag" = , "code" = labelled(text, about),
    plain(text)  # text; several codes apart by ";"; a date known to its year, month or day
  )
  attr(value, "label") <- about$label[1]
  if (!is.na(about$unit[1])) attr(value, "units") <- about$unit[1]
  value
}

# A column of several answers also becomes one logical column an answer: `agents.blina`.
with_answers <- function(table, name, about) {
  for (place in seq_along(about$code)) {
    named <- vapply(strsplit(table[[name]], ";", fixed = TRUE), function(given) about$code[place] %in% given, logical(1))
    column <- ifelse(is.na(table[[name]]), NA, named)
    attr(column, "label") <- paste0(about$label[1], ": ", about$code_label[place])
    table[[paste(name, about$code[place], sep = ".")]] <- column
  }
  table
}

# A date that may be known to its month or year also becomes one with a day.
with_middle <- function(table, name, about) {
  rest <- c("-07-01", "-15", "")[match(nchar(table[[name]]), c(4, 7, 10))]
  table[[paste0(name, ".middle")]] <- as.Date(ifelse(is.na(rest), NA, paste0(table[[name]], rest)))
  attr(table[[paste0(name, ".middle")]], "label") <- paste0(about$label[1], ", the middle where the day is not known")
  table
}

load_form <- function(form) {
  table <- read_text(paste0(form, ".csv"))
  for (name in names(table)) {
    about <- labels[labels$form == form & labels$column == name, ]
    table[[name]] <- typed(table[[name]], about)
    if (about$type[1] == "codes") table <- with_answers(table, name, about)
    if (about$type[1] == "partial date") table <- with_middle(table, name, about)
  }
  table
}

registry <- sapply(unique(labels$form), load_form, simplify = FALSE)
cat(sprintf("registry$%-20s %6d rows\n", names(registry), sapply(registry, nrow)), sep = "")
