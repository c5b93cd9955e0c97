"""Seeds of data that no test has seen before."""

import os
import secrets

REPEATABLE = 20_261_127


def first_seed() -> int:
    """Another one each time; in continuous integration always the same, so that a run can be repeated."""
    return REPEATABLE if os.environ.get("CI") == "true" else secrets.randbelow(10**9)
