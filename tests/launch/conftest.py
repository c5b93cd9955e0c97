from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import open_folder


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with open_folder() as path:
        yield path
