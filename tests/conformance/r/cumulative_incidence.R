# Incidence of each cause with cmprsk's variance: at each time of an event of the cause, and at chosen times.
cumulative_incidence <- function(d) {
  if (all(d$status == 0)) return(list(refused = 1))
  fit <- cuminc(d$time, d$status)
  at <- timepoints(fit, chosen_times(d$time))
  result <- list(refused = 0)
  for (curve in names(fit)) {
    cause <- strsplit(curve, " ")[[1]][2]
    # cuminc gives two rows a time, before and after the step, after a first row at 0
    last <- !duplicated(fit[[curve]]$time, fromLast = TRUE)
    result[[paste0(cause, ".time")]] <- thin(fit[[curve]]$time[last])
    result[[paste0(cause, ".estimate")]] <- thin(fit[[curve]]$est[last])
    result[[paste0(cause, ".variance")]] <- thin(fit[[curve]]$var[last])
    result[[paste0(cause, ".at.estimate")]] <- at$est[curve, ]
    result[[paste0(cause, ".at.variance")]] <- at$var[curve, ]
  }
  result
}
