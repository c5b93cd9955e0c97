"""Statements that are true, false or not known, and say in words why: what criteria and severity are built of."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.crf.language import Listing, Message, Words


@dataclass(frozen=True)
class Statement:
    """`holds` is None where an item that decides it is missing."""

    holds: bool | None
    words: Words


def fact(holds: bool | None, yes: Words, no: Words, unknown: Words) -> Statement:
    """What is read from the items, in the words of its truth."""
    return Statement(holds, {True: yes, False: no, None: unknown}[holds])


def conjunction(values: Iterable[bool | None]) -> bool | None:
    """All true; false as soon as one is false, whatever is not known."""
    found = set(values)
    return False if False in found else None if None in found else True


def disjunction(values: Iterable[bool | None]) -> bool | None:
    """One true; not known only where no other is true."""
    found = set(values)
    return True if True in found else None if None in found else False


def all_of(*statements: Statement) -> Statement:
    """Says what fails or is not known; where nothing does, everything."""
    return _decided(conjunction(one.holds for one in statements), statements)


def any_of(*statements: Statement) -> Statement:
    """Says what is true; where nothing is, everything that is not."""
    return _decided(disjunction(one.holds for one in statements), statements)


def at_least(needed: int, *signs: Statement) -> Statement:
    """Enough of these signs; false once even the unknown ones would not suffice."""
    present = sum(sign.holds is True for sign in signs)
    unknown = sum(sign.holds is None for sign in signs)
    holds = True if present >= needed else None if present + unknown >= needed else False
    listed = Listing((sign.words for sign in signs), separator=", ")
    return Statement(
        holds,
        Message("{present} of the signs, {needed} needed ({signs})", present=present, needed=needed, signs=listed),
    )


def _decided(holds: bool | None, statements: Iterable[Statement]) -> Statement:
    return Statement(holds, Listing(one.words for one in statements if one.holds is holds))
