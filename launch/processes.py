"""Processes that end when the one that started them ends, however it ended."""

import ctypes
import fcntl
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent(signal_number: int = signal.SIGKILL) -> None:
    """Ask Linux to send this process the signal when its parent ends; elsewhere nothing happens.

    The parent is the thread that started the process: start processes from a thread that stays.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


def dying_with_parent(signal_number: int = signal.SIGKILL) -> Callable[[], None]:
    """For `preexec_fn`: the library is opened before the fork, as no lock may be waited for after it."""
    if sys.platform != "linux":
        return lambda: None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


class Busy(Exception):
    """Another process holds the lock; what it wrote into the lock file is the message."""


@contextmanager
def file_lock(path: Path, *, wait: bool = True, holder: str = "") -> Iterator[None]:
    """Hold an exclusive lock that the system releases when the process ends, by kill -9 too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            file.seek(0)
            raise Busy(file.read()) from None
        file.truncate(0)
        file.write(holder)
        file.flush()
        yield
