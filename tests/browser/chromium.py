"""Chromium as a process of its own with a folder of the user's, so that it can be killed and started again."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Page, Playwright

PROGRAM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def started(playwright: Playwright, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Page]]:
    """The process, and a page of it."""
    port_file = folder / "DevToolsActivePort"
    port_file.unlink(missing_ok=True)
    command = [PROGRAM, *ARGUMENTS, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{_port(port_file)}")
        page = browser.contexts[0].new_page()
        page.set_viewport_size({"width": 1280, "height": 900})
        yield process, page
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def _port(file: Path, seconds: float = 30) -> str:
    """Chromium writes the port that it took."""
    deadline = time.monotonic() + seconds
    while not (file.exists() and file.read_text().strip()):
        if time.monotonic() > deadline:
            raise TimeoutError("Chromium did not say on which port it listens.")
        time.sleep(0.1)
    return file.read_text().split()[0]
