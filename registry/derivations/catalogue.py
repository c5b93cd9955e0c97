"""The derived variables as patient page and codebook list them: name, rule and items of each, in one place."""

from typing import Final

from registry.derivations.catalogue_before_hct import BEFORE_INO, INO, PATIENT
from registry.derivations.catalogue_from_hct import OUTCOME, SOS_VOD, TRANSPLANT
from registry.derivations.derived import Group

GROUPS: Final[tuple[Group, ...]] = (PATIENT, BEFORE_INO, INO, TRANSPLANT, SOS_VOD, OUTCOME)
