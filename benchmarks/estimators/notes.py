"""What was tried where a goal is missed; the document prints it beside the row that misses."""

TRIED: dict[str, str] = {}
