"""Why an action was not carried out. The text is for the person who asked."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from registry.checks.finding import Finding

RETRY_AFTER_SECONDS: Final = 30  # what is said to programs that met an import


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


class HeldByImport(ActionRefused):
    """An import, or its undoing, is not waited for. `batch` is None where a command imports: it shows at its end."""

    def __init__(self, batch: Any) -> None:
        self.what = _what_holds(batch)
        super().__init__(f"{self.what} {_('Nothing was saved. What you typed is kept: try again when that is done.')}")


class RecordLocked(ActionRefused):
    def __init__(self) -> None:
        super().__init__(_("This record is locked. A monitor or the coordinating investigator can unlock it."))


def _what_holds(batch: Any) -> str:
    if batch is None:
        return _("Patients of this centre are being imported by the administrator.")
    text = {
        "import": _("Patients of this centre are being imported from “%(file)s” by %(name)s."),
        "undo": _("The import of “%(file)s” into this centre is being undone by %(name)s."),
    }[batch.work]
    return text % {"file": batch.file_name, "name": batch.asked_by.name}
