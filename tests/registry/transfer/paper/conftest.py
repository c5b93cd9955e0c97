"""What stands on the pages of a PDF."""

import datetime as dt
import subprocess
from collections.abc import Callable

import pytest

AT = dt.datetime(2026, 11, 22, 20, 0, tzinfo=dt.UTC)


@pytest.fixture
def at() -> dt.datetime:
    return AT


@pytest.fixture
def pages() -> Callable[[bytes], list[str]]:
    """The text of each page, in the order in which it is read."""

    def read(pdf: bytes) -> list[str]:
        result = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
        return result.stdout.decode().split("\f")[:-1]

    return read
