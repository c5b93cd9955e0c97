"""One abnormality between two commas: +8, -Y, del(7)(q22), der(22)t(9;22)(q34;q11.2), 2~4dmin."""

import re
from dataclasses import dataclass

from registry.crf.karyotype.problem import Unreadable
from registry.crf.language import Message

CHROMOSOME = r"\??(?:[1-9]|1[0-9]|2[0-2]|X|Y|\?)"
SYMBOL = r"(?:psu|dir|inv)?(?:add|del|dup|inv|ins|idic|dic|ider|der|rob|hsr|trp|trc|qdp|tas|fis|i|r|t)"
BANDS = r"(?:ter|cen|or|->|::|[pq?\d.~;\-])+"
SEGMENT = re.compile(rf"({SYMBOL})\(({CHROMOSOME}(?:;{CHROMOSOME})*)\)(?:\(({BANDS})\))?", re.ASCII)
WHOLE_CHROMOSOME = re.compile(CHROMOSOME)
UNNAMED = re.compile(r"(\d{1,2})?([~-]\d{1,2})?(mar\d*|dmin|hsr|r\d*)", re.ASCII)
FRAME = re.compile(
    r"(?P<sign>\??[+-]?)\??(?P<body>.+?)(?:x(?P<copies>[1-9]))?(?P<constitutional>\??c)?(?:\[(?P<cells>\d{1,4})\])?",
    re.ASCII,
)
BAND = re.compile(r"[pq]\d*(?:\.\d+)?", re.ASCII)

CENTROMERES_IN_ONE = ("dic", "psudic", "trc", "der", "rob", "r")
KMT2A_PARTNERS = {"4", "6", "9", "10", "19"}


@dataclass(frozen=True)
class Segment:
    """A symbol with its chromosomes and, where they are written, the bands broken in each."""

    symbol: str
    chromosomes: tuple[str, ...]
    bands: tuple[tuple[str, ...], ...]

    def breaks(self, chromosome: str, band: str) -> bool:
        return any(
            name == chromosome and any(found == band or found.startswith(f"{band}.") for found in bands)
            for name, bands in zip(self.chromosomes, self.bands, strict=False)
        )

    @property
    def joins_9q34_and_22q11(self) -> bool:
        if self.symbol != "t" or not {"9", "22"} <= set(self.chromosomes):
            return False
        return not self.bands or (self.breaks("9", "q34") and self.breaks("22", "q11"))

    @property
    def breaks_11q23(self) -> bool:
        if self.symbol == "t" and not self.bands and "11" in self.chromosomes:
            return bool(KMT2A_PARTNERS & set(self.chromosomes))
        return self.breaks("11", "q23")


@dataclass(frozen=True)
class Abnormality:
    """`name` tells distinct abnormalities apart: `written` without question mark, copies, "c" and cells."""

    written: str
    name: str
    sign: str
    chromosome: str
    segments: tuple[Segment, ...]
    copies: int
    copies_vary: bool
    is_constitutional: bool
    cells: int | None

    @property
    def is_loss(self) -> bool:
        return self.sign == "-"

    @property
    def is_double_minute(self) -> bool:
        return self.name.endswith("dmin")

    @property
    def is_unsigned_marker(self) -> bool:
        return not self.sign and not self.segments and not self.is_double_minute

    @property
    def has_bands(self) -> bool:
        return any(segment.bands for segment in self.segments)

    @property
    def is_philadelphia(self) -> bool:
        """A translocation of 9q34 and 22q11, three-way variants and derivatives included.

        A t(9;22) without any bands is taken for it: no other t(9;22) is written so in leukaemia.
        """
        return not self.is_loss and any(segment.joins_9q34_and_22q11 for segment in self.segments)

    @property
    def breaks_11q23(self) -> bool:
        return any(segment.breaks_11q23 for segment in self.segments)

    @property
    def chromosomes_absorbed(self) -> int:
        """Chromosomes that disappear because several centromeres end up in one: 1 for dic(9;20) or rob(13;14)."""
        if self.sign or not self.segments or self.segments[0].symbol not in CENTROMERES_IN_ONE:
            return 0
        return (len(self.segments[0].chromosomes) - 1) * self.copies

    def is_repetition_of(self, other: "Abnormality") -> bool:
        """The same change; the bands may be left out where it is mentioned again."""
        if self.name == other.name:
            return True
        if not other.has_bands or self.has_bands or self.sign != other.sign:
            return False
        return [(s.symbol, s.chromosomes) for s in self.segments] == [(s.symbol, s.chromosomes) for s in other.segments]


def read_abnormality(token: str) -> Abnormality:
    frame = FRAME.fullmatch(token.replace(" ", ""))
    if frame is None:
        raise _unreadable(token)
    sign = frame["sign"].replace("?", "")
    body = frame["body"]
    unnamed = UNNAMED.fullmatch(body)
    is_whole = bool(sign and WHOLE_CHROMOSOME.fullmatch(body))
    markers = unnamed if unnamed and not body.endswith("dmin") else None
    return Abnormality(
        written=token,
        name=sign + (unnamed[3] if unnamed else body),
        sign=sign,
        chromosome=body.replace("?", "") if is_whole else "",
        segments=() if unnamed or is_whole else _segments(body, token),
        copies=int(frame["copies"] or 1) * int(markers[1] or 1 if markers else 1),
        copies_vary=bool(markers and markers[2]),
        is_constitutional=frame["constitutional"] is not None,
        cells=int(frame["cells"]) if frame["cells"] else None,
    )


def _unreadable(token: str) -> Unreadable:
    return Unreadable(Message('abnormality "{token}"', token=token), token)


def _segments(body: str, token: str) -> tuple[Segment, ...]:
    segments, position = [], 0
    while position < len(body):
        found = SEGMENT.match(body, position)
        if found is None:
            raise _unreadable(token)
        segments.append(_segment(found, token))
        position = found.end()
    return tuple(segments)


def _segment(found: re.Match[str], token: str) -> Segment:
    symbol, names, written_bands = found.groups()
    chromosomes = tuple(names.replace("?", "").split(";"))
    bands = tuple(tuple(BAND.findall(part)) for part in (written_bands or "").replace("?", "").split(";"))
    if written_bands is None:
        bands = ()
    elif len(chromosomes) == 1:
        bands = (tuple(band for part in bands for band in part),)
    elif len(bands) != len(chromosomes):
        counts = {"given": len(bands), "needed": len(chromosomes)}
        raise Unreadable(
            Message('"{token}" has breakpoints for {given} of {needed} chromosomes', token=token, **counts), token
        )
    if symbol == "t" and len(chromosomes) == 1:
        raise Unreadable(Message('the translocation "{token}" has one chromosome', token=token), token)
    return Segment(symbol, chromosomes, bands)
