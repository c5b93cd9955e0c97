# Reads the patients of the token's centre and enters a visit of the first. Needs R with jsonlite, and the program curl.
ask <- function(path, body = NULL, key = NULL) {
  headers <- c(paste("Authorization: Bearer", Sys.getenv("REGISTRY_TOKEN")), "Content-Type: application/json")
  if (!is.null(key)) headers <- c(headers, paste("Idempotency-Key:", key))
  sent <- if (!is.null(body)) c("--data", jsonlite::toJSON(body, auto_unbox = TRUE))
  address <- paste0(Sys.getenv("REGISTRY_URL"), "/api/v1/", path)
  arguments <- shQuote(c("--silent", "--show-error", "--fail", rbind("--header", headers), sent, address))
  jsonlite::fromJSON(paste(system2("curl", arguments, stdout = TRUE), collapse = ""), simplifyVector = FALSE)
}
patient <- ask("patients/?order=patient_number")$results[[1]]
visit <- list(patient = patient$id, values = list(visit_date = "2023-06-14", alive = TRUE, lost = FALSE))
saved <- ask("forms/follow_up/", visit, key = paste0("visit-", patient$patient_number, "-2023-06-14"))
cat(patient$patient_number, saved$values$visit_date, saved$state, "\n")
