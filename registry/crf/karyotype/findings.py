"""What counts among the abnormalities of all clones, and the class that follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from registry.crf.karyotype.abnormality import Abnormality
from registry.crf.karyotype.clone import Clone

KaryotypeClass = Literal["normal", "t922", "complex", "other"]
ABNORMALITIES_OF_A_COMPLEX_KARYOTYPE = 3
CELLS_OF_A_CLONAL_LOSS = 3
CELLS_OF_ANOTHER_CLONAL_CHANGE = 2


@dataclass(frozen=True)
class Findings:
    """Distinct abnormalities over all clones; one that a clone has twice stands twice."""

    clonal: tuple[Abnormality, ...]
    not_clonal: tuple[Abnormality, ...]
    constitutional: tuple[Abnormality, ...]

    @property
    def karyotype_class(self) -> KaryotypeClass:
        if any(abnormality.is_philadelphia for abnormality in self.clonal):
            return "t922"
        if len(self.clonal) >= ABNORMALITIES_OF_A_COMPLEX_KARYOTYPE:
            return "complex"
        return "other" if self.clonal else "normal"


def find(clones: tuple[Clone, ...], *, bcr_abl1_positive: bool) -> Findings:
    every = [abnormality for clone in clones for abnormality in clone.abnormalities]
    acquired = _distinct(one for one in every if not one.is_constitutional)
    clonal: list[Abnormality] = []
    not_clonal: list[Abnormality] = []
    for abnormality in acquired.values():
        always = bcr_abl1_positive and abnormality.is_philadelphia
        carriers = [_Carrier(clone, _mentions(clone, abnormality)) for clone in clones]
        for copy in range(1, max(carrier.copies for carrier in carriers) + 1):
            keep = always or _is_clonal(abnormality, [carrier for carrier in carriers if carrier.copies >= copy])
            (clonal if keep else not_clonal).append(abnormality)
    constitutional = _distinct(one for one in every if one.is_constitutional)
    return Findings(tuple(clonal), tuple(not_clonal), tuple(constitutional.values()))


@dataclass(frozen=True)
class _Carrier:
    """A clone and the places where it has one abnormality."""

    clone: Clone
    mentions: tuple[Abnormality, ...]

    @property
    def copies(self) -> int:
        return sum(one.copies for one in self.mentions)

    @property
    def cells(self) -> int | None:
        """A count written at the abnormality itself comes before the count of the clone."""
        return next((one.cells for one in self.mentions if one.cells is not None), self.clone.cells)


def _mentions(clone: Clone, abnormality: Abnormality) -> tuple[Abnormality, ...]:
    acquired = (one for one in clone.abnormalities if not one.is_constitutional)
    return tuple(one for one in acquired if one.is_repetition_of(abnormality))


def _distinct(abnormalities: Iterable[Abnormality]) -> dict[str, Abnormality]:
    """By name, without those that only repeat another one without its bands."""
    named = {one.name: one for one in abnormalities}
    return {
        name: one
        for name, one in named.items()
        if not any(other is not one and one.is_repetition_of(other) for other in named.values())
    }


def _is_clonal(abnormality: Abnormality, carriers: list[_Carrier]) -> bool:
    counts = [carrier.cells for carrier in carriers]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts) or any(carrier.clone.is_composite for carrier in carriers):
        return True
    return sum(known) >= (CELLS_OF_A_CLONAL_LOSS if abnormality.is_loss else CELLS_OF_ANOTHER_CLONAL_CHANGE)
