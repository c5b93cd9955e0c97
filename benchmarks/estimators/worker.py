"""One measurement in a process of its own: `python -m benchmarks.estimators.worker SIDE CASE FOLDER N RUNS`.

Prints JSON: `seconds` of processor time of a call in each run, `peak` and `input` in bytes, and the number that came
out. The peak is what the operating system says was resident at most during the first call, less what was before the
arrays were read, so that it holds the arrays themselves; `measure.R` does the same.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.estimators import arrays
from benchmarks.estimators.cases import CASES

MODULES = {"ours": "ours", "lifelines": "peers"}
AT_LEAST = 0.05  # seconds a run lasts: shorter calls are repeated within it
ONCE_ABOVE = 5.0  # seconds: what takes longer is measured once


def main(side: str, name: str, folder: Path, size: tuple[int, int]) -> None:
    n, runs = size
    prepare = getattr(import_module(f"benchmarks.estimators.{MODULES[side]}"), name)
    names = next((case.inputs for case in CASES if case.name == name), ("time",))
    prepare(arrays.read(folder, arrays.WARM, names))()
    before = _resident("VmRSS")
    read = arrays.read(folder, n, names)
    found = measure(prepare(read), runs)
    found["peak"] -= before
    print(json.dumps(found | {"input": sum(values.nbytes for values in read.values())}))


def measure(call: Callable[[], float], runs: int) -> dict[str, Any]:
    """What is printed, but for the size of the input; the peak is that of the whole process."""
    _forget_peak()
    first, value = _timed(call)
    peak = _resident("VmHWM")
    return {"seconds": _runs(call, first, runs), "peak": peak, "value": value}


def _timed(call: Callable[[], float]) -> tuple[float, float]:
    begin = time.process_time()
    value = call()
    return time.process_time() - begin, value


def _runs(call: Callable[[], float], first: float, runs: int) -> list[float]:
    if first > ONCE_ABOVE:
        return [first]
    times = max(1, round(AT_LEAST / max(first, 1e-5)))
    return [sum(_timed(call)[0] for _ in range(times)) / times for _ in range(runs)]


def _resident(which: str) -> int:
    """Bytes, by the name of the line in the kernel's account of this process."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(lines[which].split()[0]) * 1024


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), (int(sys.argv[4]), int(sys.argv[5])))
