"""What identifies a report in its footer, whatever it is printed on."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

Facts = tuple[tuple[str, str], ...]

REPORT: Final = "Report"
SNAPSHOT: Final = "Snapshot"
SNAPSHOT_SHA256: Final = "Snapshot, sha256"
DATA: Final = "Data"
CUT_OFF: Final = "Data cut-off"
CODE: Final = "Code"
AUDIT_SEAL: Final = "Audit seal"
COMPUTED: Final = "Computed"
ASKED_BY: Final = "Asked for by"
FRONT: Final = (SNAPSHOT, DATA, CUT_OFF, COMPUTED, ASKED_BY)
# What fits into one line, by the words that it is printed with.
FOOTER: Final[Mapping[str, str]] = {
    REPORT: "Report",
    CUT_OFF: "data cut-off",
    SNAPSHOT_SHA256: "snapshot",
    CODE: "code",
    AUDIT_SEAL: "audit seal",
}
_DIGEST = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{28,}")


def facts(
    *,
    report_id: object,
    snapshot: Any,
    data_state: str,
    results_sha256: str,
    code_version: str,
    audit_seal: object | None,
    asked_by: str,
    of_one_centre: bool = False,
) -> Facts:
    """Name and value of each fact, in the order in which they are printed; `audit_seal` is the newest of the trail.

    One centre is not told how many are enrolled in all.
    """
    taken = timezone.localtime(snapshot.taken_at)
    cut_off = snapshot.data_cut_off.isoformat() if snapshot.data_cut_off else "none set"
    enrolled = "" if of_one_centre else f", {snapshot.n_patients} patients"
    return (
        (REPORT, str(report_id)),
        (SNAPSHOT, f"{snapshot.public_id}, taken {taken:%Y-%m-%d %H:%M:%S}{enrolled}"),
        (SNAPSHOT_SHA256, snapshot.sha256),
        (DATA, DATA_STATES[data_state]),
        (CUT_OFF, cut_off),
        ("Results, sha256", results_sha256),
        (CODE, code_version),
        (AUDIT_SEAL, str(audit_seal or "none yet")),
        (COMPUTED, f"{timezone.localtime():%Y-%m-%d %H:%M:%S}"),
        (ASKED_BY, asked_by),
    )


def front(provenance: Facts) -> Facts:
    """What is read before the numbers."""
    return tuple(fact for fact in provenance if fact[0] in FRONT)


def footer(provenance: Facts) -> str:
    """The facts of every page in one line, digests cut to twelve signs."""
    known = {name: _DIGEST.sub(r"\1", value) for name, value in provenance}
    return " · ".join(f"{words} {known[name]}" for name, words in FOOTER.items())


def computed_at(provenance: Facts) -> datetime:
    """When the numbers were computed: the time of every document, so that the same report has the same bytes."""
    return timezone.make_aware(datetime.fromisoformat(dict(provenance)[COMPUTED]))


DATA_STATES: Mapping[str, str] = {
    "complete": "patients whose required forms are all complete",
    "signed": "patients whose required forms are all signed",
    "all": "all patients, drafts included",
}
