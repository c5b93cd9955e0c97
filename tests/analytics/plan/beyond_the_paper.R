# Rscript beyond_the_paper.R analysis.csv
# The entries of the plan beyond the paper, from the analysis data set of the reference cohort; survival 3.5, cmprsk 2.2.
# Prints the values that test_beyond_the_paper.py expects.
suppressMessages({library(survival); library(cmprsk)})
d <- read.csv(commandArgs(TRUE)[1], na.strings = "", stringsAsFactors = FALSE)
show <- function(name, ...) cat(name, format(c(...), digits = 12), "\n")
hct <- Surv(d$os_hct_days, d$os_event)
log_rank <- function(group) { fit <- survdiff(hct ~ group); c(fit$chisq, fit$exp) }
show("log-rank, conditioning", log_rank(factor(d$mac, c(1, 0))))
show("log-rank, remission before HCT", log_rank(factor(d$resp_before_hct != "cr")))
show("log-rank, Ph", log_rank(factor(d$ph_positive, c(1, 0))))
landmark <- ifelse(d$cr_at_hct == 0, 4, ifelse(is.na(d$mrd_pre_hct), 3, ifelse(d$mrd_pre_hct == "neg", 1, 2)))
show("log-rank, landmark", log_rank(landmark))
gray <- function(group) cuminc(d$ci_days, d$ci_status, group)$Tests[, "stat"]
show("Gray, alkylators", gray(d$dual_alkylators))
show("Gray, blinatumomab", gray(d$blina_before))
x <- data.frame(gt2 = d$ino_gt2, cr = as.numeric(d$resp_before_hct == "cr"), allo = d$allo_first_line, blina = d$blina_before)
show("zph", cox.zph(coxph(hct ~ ., data = x))$table[, "chisq"])
fg <- crr(d$ci_days, d$ci_status, x[, c("cr", "allo", "blina")], failcode = 2)
show("Fine-Gray, death in remission", exp(fg$coef), sqrt(diag(fg$var)))
month <- 30.4375
rmst <- function(time) summary(survfit(Surv(time, d$os_event) ~ 1), rmean = 24 * month)$table[c("rmean", "se(rmean)")] / month
show("restricted mean", rmst(d$os_days), rmst(d$os_hct_days))
entry <- as.Date(d$entry_date); last <- pmin(as.Date(d$last_contact_date), as.Date(d$cutoff_date))
observed <- as.numeric(last - entry); potential <- as.numeric(as.Date(d$cutoff_date) - entry)
show("Clark", sum(observed) / sum(ifelse(d$os_event == 1 & d$last_contact_date <= d$cutoff_date, observed, potential)))
fisher <- function(group) fisher.test(table(factor(group, c(1, 0)), factor(d$sos, c(1, 0))))$p.value
show("Fisher", fisher(d$dual_alkylators), fisher(d$allo_first_line), fisher(as.numeric(d$ino_last_to_hct <= 60)))
show("Kruskal-Wallis, interval", kruskal.test(d$ino_last_to_hct, d$sos)$statistic)
three <- glm(sos ~ dual_alkylators + allo_first_line + (ino_last_to_hct <= 60), binomial, data = d)
show("logistic", exp(coef(three)[-1]))
show("Clopper-Pearson", binom.test(8, 16)$conf.int)
p <- mean(d$sos)
show("funnel, centre 1", qbinom(c(0.025, 0.975), 11, p) / 11)
