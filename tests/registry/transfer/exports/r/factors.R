# What `load.R` makes of the columns, and whether it keeps letters that this computer does not know.

source("load.R", chdir = TRUE)
table <- registry$baseline
model <- glm(I(as.numeric(registry$hct$hct_no) > 1) ~ table$emd, family = binomial)
cat("\nlevels", levels(table$emd), levels(registry$ino_cycle$mrd_done), "\n")
cat("coefficient", names(coef(model))[2], "\n")
cat("middle", format(table$rr_date.middle[match("2019-12", table$rr_date)]), class(table$rr_date.middle), "\n")
cat("reasons", paste(levels(table$wbc_missing), collapse = " | "), "\n")
cat("units", attr(table$wbc, "units"), "|", attr(table$emd_sites.node, "label"), "\n")
cat("letters", paste(utf8ToInt(grep("mega", registry$prior_treatment$regimen, value = TRUE)[1]), collapse = " "), "\n")
