"""Why an action was not carried out. The text is for the person who asked."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from registry.checks.finding import Finding


class ActionRefused(Exception):
    """Base of the refusals below; nothing was saved."""


class StaleVersion(ActionRefused):
    """Somebody else saved the record meanwhile. `stored` is what stands now."""

    def __init__(self, stored: Any) -> None:
        self.stored = stored
        super().__init__(_("Somebody else changed this record after you opened it. Nothing of yours was saved yet."))


class NotComplete(ActionRefused):
    """A completed record would no longer be complete."""

    def __init__(self, faults: Sequence[Finding]) -> None:
        self.faults = tuple(faults)
        super().__init__(_("This record is complete; the change would make it incomplete, so it was not saved."))


class ReasonNeeded(ActionRefused):
    def __init__(self, text: str = "") -> None:
        super().__init__(text or _("This record is complete: say why it is changed, in at least 5 characters."))


class RegistryFrozen(ActionRefused):
    def __init__(self) -> None:
        super().__init__(
            _("The registry is frozen for an analysis: records can be changed again once the freeze is lifted.")
        )


class RecordLocked(ActionRefused):
    def __init__(self) -> None:
        super().__init__(_("This record is locked. A monitor or the coordinating investigator can unlock it."))
