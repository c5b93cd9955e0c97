"""Why a value is missing: a reason that stands beside the value, never in its place."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.crf.language import Words

REASONS: Final[Mapping[str, Words]] = {
    "UNK": _("unknown or not documented"),
    "ND": _("not done"),
    "NA": _("not applicable"),
    "PEND": _("result pending"),
}
