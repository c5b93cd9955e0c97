"""Schedules in words: those that most people want, by name; any other as it was written."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OWN: Final = "own"
USUAL: Final[dict[str, Promise]] = {
    "0 2 * * *": _("every night at 02:00"),
    "0 6 * * 1": _("every Monday at 06:00"),
    "0 6 1 * *": _("on the first of the month at 06:00"),
    "0 6 1 1,7 *": _("twice a year: 1 January and 1 July at 06:00"),
}
