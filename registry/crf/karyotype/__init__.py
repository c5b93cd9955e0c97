"""A tolerant reader of ISCN karyotypes: normal, t(9;22), complex or other (definitions of the CRF, section 2.4).

    parse("46,XY,t(9;22)(q34;q11)[15]/46,XY[5]").karyotype_class == "t922"

It reads what centres write, tells what it left out, and names the place where it cannot read. It never raises.
"""

from dataclasses import dataclass
from functools import lru_cache

from registry.crf.karyotype.abnormality import Abnormality
from registry.crf.karyotype.clone import Clone, read_clones
from registry.crf.karyotype.findings import Findings, KaryotypeClass, find
from registry.crf.karyotype.problem import Unreadable
from registry.crf.karyotype.text import recipient_karyotype
from registry.crf.language import Message, Words


@dataclass(frozen=True)
class Karyotype:
    """`problem` and `token` are set only if not `ok`, everything else only if `ok`."""

    ok: bool
    karyotype_class: KaryotypeClass | None = None
    abnormalities: tuple[str, ...] = ()
    not_clonal: tuple[str, ...] = ()
    constitutional: tuple[str, ...] = ()
    clones: tuple[Clone, ...] = ()
    breaks_11q23: bool = False
    remarks: tuple[Words, ...] = ()
    problem: Words = ""
    token: str = ""

    @property
    def n_abnormalities(self) -> int:
        return len(self.abnormalities)

    @property
    def _modal_clone(self) -> Clone | None:
        """The first clone whose modal number does not fit, else the first in which both numbers are known."""
        known = [clone for clone in self.clones if clone.modal_number is not None and clone.modal_expected is not None]
        return min(known, key=lambda clone: clone.modal_number == clone.modal_expected, default=None)

    @property
    def modal_number(self) -> int | None:
        return self._modal_clone.modal_number if self._modal_clone else None

    @property
    def modal_expected(self) -> int | None:
        return self._modal_clone.modal_expected if self._modal_clone else None

    @property
    def bracket_cells(self) -> int | None:
        """Cells of all clones together; None if a clone has no count."""
        counts = [clone.cells for clone in self.clones if clone.cells is not None]
        return sum(counts) if counts and len(counts) == len(self.clones) else None

    @property
    def sex_chromosomes(self) -> str:
        """The sex field of the first clone."""
        return self.clones[0].sex_chromosomes if self.clones else ""

    @property
    def has_y(self) -> bool:
        """Y in a sex field, or rearranged as in 46,X,i(Y)(q10)."""
        rearranged = (segment for one in self._every for segment in one.segments if not one.is_loss)
        return any("Y" in clone.sex_chromosomes for clone in self.clones) or any(
            "Y" in s.chromosomes for s in rearranged
        )

    @property
    def lost_y(self) -> bool:
        return any(one.is_loss and one.chromosome == "Y" for one in self._every)

    @property
    def sex_is_undisclosed(self) -> bool:
        return any(set(clone.sex_chromosomes) & set("U?") for clone in self.clones)

    @property
    def _every(self) -> tuple[Abnormality, ...]:
        return tuple(abnormality for clone in self.clones for abnormality in clone.abnormalities)


@lru_cache(maxsize=2000)  # several checks read the same string of one patient
def parse(text: str, *, bcr_abl1_positive: bool = False) -> Karyotype:
    """Read a karyotype; a single t(9;22) cell counts if BCR::ABL1 is known to be positive."""
    try:
        recipient, left_out = recipient_karyotype(text)
        clones = read_clones(recipient)
    except Unreadable as unreadable:
        return Karyotype(ok=False, problem=unreadable.problem, token=unreadable.token)
    findings = find(clones, bcr_abl1_positive=bcr_abl1_positive)
    return Karyotype(
        ok=True,
        karyotype_class=findings.karyotype_class,
        abnormalities=tuple(one.name for one in findings.clonal),
        not_clonal=tuple(one.name for one in findings.not_clonal),
        constitutional=tuple(one.written for one in findings.constitutional),
        clones=clones,
        breaks_11q23=any(one.breaks_11q23 for one in findings.clonal),
        remarks=(*left_out, *_remarks(findings, clones)),
    )


def _remarks(findings: Findings, clones: tuple[Clone, ...]) -> list[Message]:
    remarks = [Message("constitutional: {abnormality}", abnormality=one.written) for one in findings.constitutional]
    if any(not one.is_loss for one in findings.not_clonal):
        remarks.append(Message("single-cell finding, not clonal"))
    if any(one.is_loss for one in findings.not_clonal):
        remarks.append(Message("loss in fewer than three cells, not clonal"))
    for clone in clones:
        if clone.modal_number is not None and clone.modal_expected not in (None, clone.modal_number):
            numbers = {"modal": clone.modal_number, "expected": clone.modal_expected}
            remarks.append(Message("modal {modal} but tokens give {expected}", **numbers))
    return remarks
