"""The derived variables of the CRF definitions, section 2: pure functions of what one patient's forms say.

Edit checks, pages and the analysis call the same functions: see docs/decisions/0006.
"""
