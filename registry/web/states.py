"""How lists and grids show the state of a form: as a shape, a colour and a word."""

EMPTY = "empty"


def css_class(state: str) -> str:
    return f"state-{state.replace(' ', '-')}"
