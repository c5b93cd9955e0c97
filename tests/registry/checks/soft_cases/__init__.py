"""For every soft check: changes of the valid patient that raise it, do not, and leave it open.

Messages are those of the CRF definitions, section 1, with the values filled in.
"""

from tests.registry.checks.case import Case
from tests.registry.checks.soft_cases.after_transplant import OUTCOME, SOS_VOD
from tests.registry.checks.soft_cases.before_ino import GENETICS, LABORATORY, PRIOR_TREATMENT
from tests.registry.checks.soft_cases.enrolment import DATES, IDENTITY
from tests.registry.checks.soft_cases.ino_to_transplant import BRIDGING, INOTUZUMAB, MRD, TRANSPLANT

SOFT_CASES: dict[str, Case] = (
    IDENTITY
    | DATES
    | GENETICS
    | LABORATORY
    | PRIOR_TREATMENT
    | INOTUZUMAB
    | MRD
    | BRIDGING
    | TRANSPLANT
    | SOS_VOD
    | OUTCOME
)

__all__ = ["SOFT_CASES", "Case"]
