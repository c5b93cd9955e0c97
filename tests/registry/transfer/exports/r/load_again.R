# Every table that `load.R` made, written again: codes for factors, as the labels say.

options(scipen = 999)
source("load.R")
for (form in names(registry)) {
  table <- registry[[form]]
  for (name in names(table)) {
    about <- labels[labels$form == form & labels$column == name, ]
    value <- table[[name]]
    table[[name]] <-
      if (is.factor(value)) about$code[match(value, make.unique(about$code_label))]
      else if (is.numeric(value)) vapply(value, function(one) if (is.na(one)) "" else format(one, digits = 15), "")
      else as.character(value)
  }
  columns <- names(table) %in% labels$column[labels$form == form]
  write.csv(table[, columns], paste0(form, ".again"), row.names = FALSE, na = "", fileEncoding = "UTF-8")
}
