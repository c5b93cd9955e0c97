"""For every hard check: changes of the valid patient that raise it, do not, and leave it open.

Messages are those of the CRF definitions, section 1, with the values filled in. C14 has no case: it is refused by the
type of the field, before there is a record that the engine could read.
"""

from tests.registry.checks.case import Case, Changes
from tests.registry.checks.hard_cases.after_transplant import OUTCOME, SOS_VOD
from tests.registry.checks.hard_cases.before_ino import DATES, GENETICS, IDENTITY, LABORATORY, PRIOR_TREATMENT
from tests.registry.checks.hard_cases.ino_to_transplant import BRIDGING, INOTUZUMAB, TRANSPLANT

HARD_CASES: dict[str, Case] = (
    IDENTITY | DATES | GENETICS | LABORATORY | PRIOR_TREATMENT | INOTUZUMAB | BRIDGING | TRANSPLANT | SOS_VOD | OUTCOME
)

__all__ = ["HARD_CASES", "Case", "Changes"]
