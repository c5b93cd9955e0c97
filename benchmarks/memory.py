"""The highest memory of this process since it was last forgotten. Linux only."""

from pathlib import Path


def forget_highest_memory() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def highest_memory() -> int:
    """In MB, Python and Django included."""
    status = Path("/proc/self/status").read_text()
    highest = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(highest.split()[1]) // 1024
