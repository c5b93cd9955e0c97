"""Disclosure control: what a reader of one centre is told about the patients of the others.

Works on the numbers, before anything is rendered: no page, document or file holds more. The rule and what it does not
cover: decision 0021.
"""

from analytics.reports.disclosure.masking import masked
from analytics.reports.disclosure.p_values import without_p_values_of_few_events

__all__ = ["masked", "without_p_values_of_few_events"]
