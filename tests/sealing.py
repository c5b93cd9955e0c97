"""Seals over the audit trail in tests that commit."""

from registry.audit import seals
from tests.processes import wait_until


def seal_everything() -> None:
    """Seal until no row waits: transactions of other tests on the same server can delay a seal."""
    wait_until(_nothing_waits, seconds=60, what="every row sealed")


def _nothing_waits() -> bool:
    seals.seal()
    return seals.unsealed().rows == 0
