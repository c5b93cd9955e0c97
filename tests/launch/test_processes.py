import subprocess
import sys

import pytest

from launch.processes import Busy, file_lock
from tests.services import ROOT, wait_until


def test_who_does_not_wait_for_a_lock_is_told_who_holds_it(tmp_path):
    with (
        file_lock(tmp_path / "lock", holder="process 7"),
        pytest.raises(Busy, match="process 7"),
        file_lock(tmp_path / "lock", wait=False),
    ):
        pass
    with file_lock(tmp_path / "lock", wait=False):
        assert (tmp_path / "lock").read_text() == ""


@pytest.mark.slow
def test_a_process_dies_with_the_one_that_started_it(tmp_path):
    """The parent starts a sleeper and is killed at once."""
    script = f"""
import os, subprocess
from launch.processes import dying_with_parent
sleeper = subprocess.Popen(["sleep", "600"], preexec_fn=dying_with_parent())
open({str(tmp_path / "pid")!r}, "w").write(str(sleeper.pid))
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT)
    pid = (tmp_path / "pid").read_text()
    wait_until(lambda: not is_alive(pid), "the sleeper has ended", seconds=5)


def is_alive(pid: str) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
