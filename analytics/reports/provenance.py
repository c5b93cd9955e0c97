"""What identifies a report in its footer, whatever it is printed on."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

Facts = tuple[tuple[str, str], ...]


def facts(
    *, report_id: object, snapshot: Any, data_state: str, results_sha256: str, code_version: str, asked_by: str
) -> Facts:
    """Name and value of each fact, in the order in which they are printed."""
    taken = timezone.localtime(snapshot.taken_at)
    cut_off = snapshot.data_cut_off.isoformat() if snapshot.data_cut_off else "none set"
    return (
        ("Report", str(report_id)),
        ("Snapshot", f"{snapshot.public_id}, taken {taken:%Y-%m-%d %H:%M:%S}, {snapshot.n_patients} patients"),
        ("Snapshot, sha256", snapshot.sha256),
        ("Data", DATA_STATES[data_state]),
        ("Data cut-off", cut_off),
        ("Results, sha256", results_sha256),
        ("Code", code_version),
        ("Computed", f"{timezone.localtime():%Y-%m-%d %H:%M:%S}"),
        ("Asked for by", asked_by),
    )


DATA_STATES: Mapping[str, str] = {
    "complete": "patients whose required forms are all complete",
    "signed": "patients whose required forms are all signed",
    "all": "all patients, drafts included",
}
