# Counts the report of data quality again. Put this file beside the other files of the report and run:
#     Rscript recompute.R
# It prints a line for each table of the report, and ends with 1 if a number differs. R alone is needed.
TOLERANCE <- 1e-9
reference <- as.Date("REFERENCE_DAY")
read <- function(name, ...) read.csv(name, stringsAsFactors = FALSE, ...)
printed <- read("numbers.csv", colClasses = c(value = "character"))
records <- read("records.csv"); owed <- read("owed.csv"); items <- read("items.csv"); patients <- read("patients.csv")
queries <- read("queries.csv", na.strings = character(0))

# A label is "name: centre 03", or the centre alone.
whose <- sub(".*: ", "", printed$label)
name <- ifelse(grepl(": ", printed$label), sub(": [^:]*$", "", printed$label), "")
of <- function(x, whose) if (whose == "all centres") x else x[x$centre_no == as.integer(sub("centre ", "", whose)), ]
with_name <- function(x, column, name) if (name == "") x else x[x[[column]] == name, ]

completeness <- function(x) {
  x <- x[x$first_dose != "" & !is.na(x$first_dose), ]
  entered <- as.Date(x$first_dose); last <- as.Date(x$last_contact)
  inside <- entered < reference
  possible <- as.numeric(reference - entered)[inside]
  seen <- pmin(pmax(as.numeric(last - entered)[inside], 0), possible)
  over <- (x$dead == 1 & last <= reference)[inside]
  list(100 * sum(seen) / sum(ifelse(over, seen, possible)), sum(inside))
}
states <- function(x) list(sapply(c("open", "answered", "closed"), function(state) sum(x$state == state)), nrow(x))
age <- function(x) { days <- x$days[x$state == "open"]; list(median(days), length(days)) }
counted <- function(entry, name, whose) switch(entry,
  "forms" = {
    begun <- of(with_name(records, "form", name), whose)
    not_begun <- of(with_name(owed[owed$state == "empty", ], "form", name), whose)
    list(sum(begun$state %in% c("complete", "locked")), nrow(begun) + nrow(not_begun))
  },
  "overdue" = { x <- of(with_name(owed, "form", name), whose); list(sum(x$late), nrow(x)) },
  "follow-up" = completeness(of(patients, whose)),
  "queries-by-centre" = , "queries-by-check" = states(of(with_name(queries, "check", name), whose)),
  "query-age-by-centre" = , "query-age-by-check" = age(of(with_name(queries, "check", name), whose)),
  "overrides" = {
    x <- of(with_name(queries, "check", name), whose)
    list(sum(x$verdict == "stands"), sum(x$verdict != ""))
  },
  {
    form <- gsub("-", "_", sub("^items-", "", entry))
    x <- of(with_name(items[items$form == form, ], "item", name), whose)
    list(sapply(c("known", "missing for a reason", "no answer"), function(answer) sum(x$answer == answer)), nrow(x))
  })

compared <- 0; differing <- character()
for (entry in unique(printed$entry)) {
  differences <- unlist(lapply(which(printed$entry == entry), function(i) {
    ours <- as.numeric(strsplit(printed$value[i], "|", fixed = TRUE)[[1]])
    theirs <- counted(entry, name[i], whose[i])
    c(abs(ours - unname(theirs[[1]])), abs(printed$n[i] - theirs[[2]]))
  }))
  compared <- compared + length(differences)
  agrees <- max(differences) <= TOLERANCE * 100
  if (!agrees) differing <- c(differing, entry)
  cat(sprintf("%s %5d numbers, largest difference %.1e  %s\n", if (agrees) "agrees " else "DIFFERS", length(differences),
              max(differences), entry))
}
cat(sprintf("\n%d numbers compared\n", compared))
if (length(differing)) { cat("These differ:", differing, "\n"); quit(status = 1) }
