"""One clone between two slashes: modal number, sex chromosomes, abnormalities, cells."""

import re
from dataclasses import dataclass
from functools import cached_property

from registry.crf.karyotype.abnormality import Abnormality, read_abnormality
from registry.crf.karyotype.problem import Unreadable
from registry.crf.karyotype.text import split_outside_brackets
from registry.crf.language import Message

MODAL_NUMBER = re.compile(r"(\d{2,3})(?:[~-](\d{2,3}))?(?:<([1-9])n>)?", re.ASCII)
SEX_CHROMOSOMES = re.compile(r"([XYU?]+?)(\??c)?")
REFERENCE = re.compile(r"(idem|sl|sdl)\d*(?:x([1-9]))?", re.ASCII)
CELLS = re.compile(r"\[(cp)? ?(\d{0,4})\]$", re.ASCII)
AUTOSOMES_PER_SET = 22
SEX = ("X", "Y")


@dataclass(frozen=True)
class Clone:
    """`own` are the abnormalities written in this clone, `abnormalities` with those it inherits."""

    text: str
    modal_number: int | None
    ploidy: int
    sex_chromosomes: str
    sex_is_constitutional: bool
    own: tuple[Abnormality, ...]
    cells: int | None
    is_composite: bool
    is_incomplete: bool
    derived_from: "Clone | None"
    times: int

    @cached_property
    def abnormalities(self) -> tuple[Abnormality, ...]:
        if self.derived_from is None:
            return self.own
        inherited = self.derived_from.abnormalities
        # What is written again beside "idem" without a sign is the inherited change, not a second copy of it.
        added = [one for one in self.own if one.sign or not any(one.is_repetition_of(other) for other in inherited)]
        return (*inherited, *added)

    @cached_property
    def modal_expected(self) -> int | None:
        """The number that sex field, gains and losses add up to; None where the string leaves it open."""
        if self.is_composite or self.is_incomplete or any(a.is_unsigned_marker or a.copies_vary for a in self.own):
            return None
        if self.derived_from is not None:
            base = self.derived_from.modal_expected
            return None if base is None else base * self.times + self._gains_less_losses(losses_of=SEX)
        if set(self.sex_chromosomes) - set(SEX):
            return None
        base = AUTOSOMES_PER_SET * self.ploidy + len(self.sex_chromosomes) + self._rearranged_sex_chromosomes()
        # A lost X or Y is already missing from the sex field, unless that field states the constitution.
        return base + self._gains_less_losses(losses_of=SEX if self.sex_is_constitutional else ())

    def _gains_less_losses(self, *, losses_of: tuple[str, ...]) -> int:
        gains = sum(a.copies for a in self.own if a.sign == "+" and not a.is_double_minute)
        losses = sum(a.copies for a in self.own if a.is_loss and (a.chromosome not in SEX or a.chromosome in losses_of))
        return gains - losses - sum(a.chromosomes_absorbed for a in self.own)

    def _rearranged_sex_chromosomes(self) -> int:
        """X and Y that ISCN writes among the abnormalities and not in the sex field, as in 46,X,i(X)(q10)."""
        rearranged = sum(
            name in SEX for a in self.own if not a.sign for part in a.segments[:1] for name in part.chromosomes
        )
        lost = sum(a.copies for a in self.own if a.is_loss and a.chromosome in SEX)
        return max(0, min(rearranged, self.ploidy - len(self.sex_chromosomes) - lost))


def read_clones(karyotype: str) -> tuple[Clone, ...]:
    clones: list[Clone] = []
    for text in split_outside_brackets(karyotype, "/"):
        try:
            clones.append(_read_clone(text, clones))
        except Unreadable as unreadable:
            problem = Message("clone {number}: {problem}", number=len(clones) + 1, problem=unreadable.problem)
            raise Unreadable(problem, unreadable.token) from None
    return tuple(clones)


def _read_clone(text: str, before: list[Clone]) -> Clone:
    if not text:
        raise Unreadable(Message("nothing stands here"), "/")
    cells = CELLS.search(text)
    fields = split_outside_brackets(text[: cells.start()] if cells else text, ",")
    modal = MODAL_NUMBER.fullmatch(fields[0])
    if modal is None or len(fields) < 2:
        raise Unreadable(Message("needs modal number, comma, sex chromosomes"), text)
    sex, sex_is_constitutional, origin, times = _sex_field(fields[1], before)
    return Clone(
        text=text,
        modal_number=None if modal[2] else int(modal[1]),
        ploidy=int(modal[3] or 2),
        sex_chromosomes=sex,
        sex_is_constitutional=sex_is_constitutional,
        own=tuple(read_abnormality(written) for written in fields[2:] if written != "inc"),
        cells=int(cells[2]) if cells and cells[2] else None,
        is_composite=bool(cells and cells[1]),
        is_incomplete="inc" in fields[2:],
        derived_from=origin,
        times=times,
    )


def _sex_field(text: str, before: list[Clone]) -> tuple[str, bool, Clone | None, int]:
    reference = REFERENCE.fullmatch(text)
    if reference:
        if not before:
            raise Unreadable(Message('"{text}" has no clone before it', text=text), text)
        origin = before[-1] if reference[1] == "sdl" else before[0]
        return origin.sex_chromosomes, origin.sex_is_constitutional, origin, int(reference[2] or 1)
    sex = SEX_CHROMOSOMES.fullmatch(text)
    if sex is None:
        raise Unreadable(Message('sex chromosomes "{text}"', text=text), text)
    return sex[1], sex[2] is not None, None, 1
