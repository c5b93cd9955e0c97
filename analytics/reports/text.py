"""Text that knows which of its words are numbers of patients, so that a page can open the patients behind them."""

from collections.abc import Iterable

from analytics.cohort.count import Count

Piece = str | int


class Text(str):
    """Anywhere else a string. ``pieces`` are its parts: strings, and numbers of patients as the plan counted them."""

    pieces: tuple[Piece, ...]

    def __new__(cls, *pieces: Piece) -> "Text":
        flat = tuple(part for piece in pieces for part in pieces_of(piece))
        text = super().__new__(cls, "".join(str(piece) for piece in flat))
        text.pieces = flat
        return text


def pieces_of(piece: Piece) -> tuple[Piece, ...]:
    """The parts of a text; anything else is one part."""
    return piece.pieces if isinstance(piece, Text) else (piece,)


def joined(separator: str, texts: Iterable[str]) -> Text:
    """As ``separator.join(texts)``."""
    pieces = [piece for text in texts for piece in (separator, text)]
    return Text(*pieces[1:])


def counts_in(text: str) -> tuple[Count, ...]:
    """The numbers of patients in a text."""
    return tuple(piece for piece in pieces_of(text) if isinstance(piece, Count))
