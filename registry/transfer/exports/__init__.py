"""Exports: one tidy table a form, in the formats of statistics packages, at four levels of identification."""
