"""The pages on which reports are scheduled."""
