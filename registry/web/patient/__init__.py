"""One patient, one page: what to do next, forms, queries, timeline, derived values."""
