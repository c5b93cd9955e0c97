"""The page on operations, as its tests and others that follow it read it."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()


def lines_between(first: str, last: str) -> str:
    """The indented block that begins and ends with these lines."""
    block = re.search(rf"^    ({re.escape(first)}.*?{re.escape(last)})$", PAGE, re.S | re.M)
    assert block, f"docs/operations.md has no block from “{first}” to “{last}”"
    return re.sub(r"^    ", "", block[1], flags=re.M)
