"""The edit checks over several forms of a patient, by subsection of the catalogue; importing them registers them."""

from registry.models.checks import (
    bridging,
    dates,
    genetics,
    identity,
    inotuzumab,
    laboratory,
    outcome,
    prior_treatment,
    sos_vod,
    transplant,
)

__all__ = [
    "bridging",
    "dates",
    "genetics",
    "identity",
    "inotuzumab",
    "laboratory",
    "outcome",
    "prior_treatment",
    "sos_vod",
    "transplant",
]
