"""The vectors are those of the CRF definitions, section 2.4."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.crf.karyotype import parse

VECTORS = [
    ("46,XX[20]", "normal", 0, ""),
    ("46,XY", "normal", 0, ""),
    ("46,XY,t(9;22)(q34;q11)[15]/46,XY[5]", "t922", 1, ""),
    (
        "46,XX,t(9;22)(q34;q11.2)[18]/47,XX,t(9;22)(q34;q11.2),+der(22)t(9;22)(q34;q11.2)[2]",
        "t922",
        2,
        "",
    ),
    ("49,XX,+X,+14,+21[12]/46,XX[8]", "complex", 3, ""),
    ("47,XX,+5[10]/46,XX[10]", "other", 1, ""),
    ("46,XX,t(4;11)(q21;q23)[20]", "other", 1, ""),
    ("45,XY,-7,del(9)(p21),t(9;22)(q34;q11.2)[14]/46,XY[6]", "t922", 3, ""),
    ("46,XY,del(7)(q22)[8]/47,sl,+8[4]", "other", 2, ""),
    ("46,XY,del(7)(q22),add(12)(p13)[8]/47,idem,+8[4]", "complex", 3, ""),
    ("45,XX,add(3)(q27),del(6)(q15q23),dic(9;20)(p13;q11)[cp10]", "complex", 3, ""),
    ("54~58,XY,+X,+4,+6,+10,+14,+17,+18,+21,+21[cp12]/46,XY[3]", "complex", 9, ""),
    ("46,XY,inv(9)(p12q13)c[20]", "normal", 0, "constitutional: inv(9)(p12q13)c"),
    (
        "46,XX,t(9;22)(q34;q11)[20].nuc ish(ABL1,BCR)x3(ABL1 con BCRx2)[180/200]",
        "t922",
        1,
        "fish/array part ignored",
    ),
    ("46,XY,?del(6)(q21)[3]/46,XY[17]", "other", 1, ""),
    ("45,X,-Y[5]/46,XY[15]", "other", 1, ""),
    ("46,XX,del(5)(q13q33)[1]/46,XX[19]", "normal", 0, "single-cell finding, not clonal"),
    ("47,XXYc[20]", "normal", 0, ""),
    ("46,XX[10]//46,XY[10]", "normal", 0, "donor part ignored"),
    ("46, XX, t(9; 22)(q34; q11) [20]", "t922", 1, ""),
    ("36,X,-Y,-3,-4,-7,-13,-15,-16,-17,-20,-22[10]/46,XY[10]", "complex", 10, ""),
    ("46,XX,t(9;22;11)(q34;q11;q13)[20]", "t922", 1, ""),
    ("46,XY,t(9;22)(p24;q11.2)[20]", "other", 1, ""),
    ("47,XX,+8[10]", "other", 1, ""),
    ("46,XX,+8[10]", "other", 1, "modal 46 but tokens give 47"),
]
UNREADABLE = [
    ("//46,XX[20]", "donor cells only: class not assessable", "//46,XX[20]"),
    ("nuc ish(KMT2Ax2)[200]", "FISH/array only: no banded karyotype", "nuc ish(KMT2Ax2)[200]"),
    ("46 XX", "clone 1: needs modal number, comma, sex chromosomes", "46 XX"),
    ("46,xx", 'clone 1: sex chromosomes "xx"', "xx"),
    ("t(9;22) positive", "clone 1: needs modal number, comma, sex chromosomes", "t(9;22)positive"),
]
OTHER_FAULTS = [
    ("", "no karyotype is given", ""),
    ("46", "clone 1: needs modal number, comma, sex chromosomes", "46"),
    ("46,XX/", "clone 2: nothing stands here", "/"),
    ("46,XX,del(5q)[20]", 'clone 1: abnormality "del(5q)"', "del(5q)"),
    ("46,XX,+23[20]", 'clone 1: abnormality "+23"', "+23"),
    ("46,XX[10]/46,XX,foo[10]", 'clone 2: abnormality "foo"', "foo"),
    ("46,XX,t(9;22)(q34)[20]", 'clone 1: "t(9;22)(q34)" has breakpoints for 1 of 2 chromosomes', "t(9;22)(q34)"),
    ("46,XX,t(9)(q34)[20]", 'clone 1: the translocation "t(9)(q34)" has one chromosome', "t(9)(q34)"),
    ("46,idem,+8[20]", 'clone 1: "idem" has no clone before it', "idem"),
    ("46,XX,del(5)(q13[20]", "a bracket is not closed", "46,XX,del(5)(q13[20]"),
    ("46,XX)[20]", "a bracket is closed that was not opened", "46,XX)[20]"),
    ("46,XX,[20]", 'clone 1: abnormality ""', ""),
]


@pytest.mark.parametrize(("iscn", "expected_class", "n_abnormalities", "remark"), VECTORS)
def test_the_published_vectors_are_classified(
    iscn: str, expected_class: str, n_abnormalities: int, remark: str
) -> None:
    karyotype = parse(iscn)
    assert (karyotype.ok, karyotype.karyotype_class) == (True, expected_class)
    assert (karyotype.n_abnormalities, "; ".join(map(str, karyotype.remarks))) == (n_abnormalities, remark)


@pytest.mark.parametrize(("iscn", "problem", "token"), UNREADABLE + OTHER_FAULTS)
def test_what_cannot_be_read_is_named(iscn: str, problem: str, token: str) -> None:
    karyotype = parse(iscn)
    assert (karyotype.ok, karyotype.karyotype_class) == (False, None)
    assert (karyotype.problem, karyotype.token) == (problem, token)


ISCN_SIGNS = "0123456789XYcpqtdelrinsmaxo+-?~,;:/()[]<> .\u2212\n"
CLONES = (
    "46,XX,t(9;22)(q34;q11.2)[10]",
    "47,XX,t(9;22),+8[3]",
    "45,XX,-7,del(9)(p21)[4]",
    "49,XX,+X,+14,+21[12]",
    "46,XX,del(5)(q13q33)[1]",
    "45,XX,-7[2]",
    "46,XX[8]",
    "48,XX,+21,+21[cp5]",
)
READABLE = [iscn for iscn, *_ in VECTORS if "//" not in iscn and "nuc ish" not in iscn]


@given(st.text() | st.text(alphabet=ISCN_SIGNS) | st.text(alphabet=ISCN_SIGNS).map("46,XX,".__add__))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    karyotype = parse(text)
    assert karyotype.ok is (karyotype.karyotype_class is not None) is not bool(karyotype.problem)
    assert karyotype.modal_number is None or isinstance(karyotype.modal_expected, int)


@given(st.sampled_from(READABLE), st.text())
def test_the_donor_part_is_ignored(iscn: str, donor: str) -> None:
    alone, chimera = parse(iscn), parse(f"{iscn}//{donor}")
    assert (chimera.karyotype_class, chimera.abnormalities, chimera.bracket_cells) == (
        alone.karyotype_class,
        alone.abnormalities,
        alone.bracket_cells,
    )


@given(st.sampled_from(READABLE), st.data())
def test_blanks_beside_separators_do_not_matter(iscn: str, data: st.DataObject) -> None:
    blanks = st.sampled_from(["", " ", "  ", "\t", "\u00a0", "\n"])
    spaced = "".join(data.draw(blanks) + sign + data.draw(blanks) if sign in ",;/()[]" else sign for sign in iscn)
    assert parse(spaced) == parse(iscn)


@given(st.lists(st.sampled_from(CLONES), min_size=1, max_size=5, unique=True), st.randoms())
def test_the_order_of_clones_does_not_change_the_class(clones: list[str], random: Random) -> None:
    shuffled = random.sample(clones, len(clones))
    first, second = parse("/".join(clones)), parse("/".join(shuffled))
    assert first.karyotype_class == second.karyotype_class
    assert sorted(first.abnormalities) == sorted(second.abnormalities)
    assert sorted(first.not_clonal) == sorted(second.not_clonal)


@pytest.mark.parametrize(
    ("iscn", "counted", "not_clonal"),
    [
        ("45,XX,-7[2]/46,XX[18]", (), ("-7",)),
        ("45,XX,-7[3]/46,XX[17]", ("-7",), ()),
        ("47,XX,+8[1]/46,XX[19]", (), ("+8",)),
        ("47,XX,+8[2]/46,XX[18]", ("+8",), ()),
        ("46,XX,+8,-7[cp1]", ("+8", "-7"), ()),
        ("46,XX,del(7)(q22)[1]/47,sl,+8[4]", ("del(7)(q22)", "+8"), ()),
        ("47,XX,+8[5]/48,sl,+8[1]", ("+8",), ("+8",)),
        ("46,XX,del(5)(q13)[3],+8[1]", ("del(5)(q13)",), ("+8",)),
        ("46,XX,t(9;22)(q34;q11)[1]/46,XX[19]", (), ("t(9;22)(q34;q11)",)),
    ],
)
def test_a_gain_needs_two_cells_and_a_loss_three(
    iscn: str, counted: tuple[str, ...], not_clonal: tuple[str, ...]
) -> None:
    karyotype = parse(iscn)
    assert (karyotype.abnormalities, karyotype.not_clonal) == (counted, not_clonal)


def test_a_single_t922_cell_counts_if_bcr_abl1_is_positive() -> None:
    assert parse("46,XX,t(9;22)(q34;q11)[1]/46,XX[19]").karyotype_class == "normal"
    assert parse("46,XX,t(9;22)(q34;q11)[1]/46,XX[19]", bcr_abl1_positive=True).karyotype_class == "t922"


@pytest.mark.parametrize(
    ("iscn", "expected_class", "n_abnormalities"),
    [
        ("46,XX,t(9;22)(q34;q11)[18]/47,XX,t(9;22),+8[2]", "t922", 2),
        ("46,XX,t(9;22)(q34;q11)[18]/47,idem,t(9;22),+8[2]", "t922", 2),
        ("46,XX,t(9;22)[18]", "t922", 1),
        ("46,XX,der(22)t(9;22)(q34;q11.2)[18]", "t922", 1),
        ("46,XX,ider(9)(q10)t(9;22)(q34;q11.2)[18]", "t922", 1),
        ("46,XX,t(9;22)(q34;q11)c[18]", "normal", 0),
        ("45,XX,dic(9;22)(q34;q11)[18]", "other", 1),
        ("48,XX,+8x2[10]", "other", 2),
        ("48,XX,+2mar[10]", "other", 2),
        ("46,XX,2~4dmin[10]", "other", 1),
        ("46,XX,inc[10]", "normal", 0),
        ("48,XX,+21c,+21[10]", "other", 1),
        ("46,XX,del(7)(q22)[5]/47,sdl1,+8[5]/48,sdl2,+9[5]", "complex", 3),
        ("46,XX,del(7)(q22)[5]/47,sl,+8[5]/47,sl,+9[5]", "complex", 3),
        ("92<4n>,XXXX[5]/46,XX[5]", "normal", 0),
        ("46,XX,t(9;22)(q34;q11)[20] nuc ish(ABL1x3)[50]", "t922", 1),
        ("45,XX,\u22127[20]", "other", 1),
    ],
)
def test_a_change_counts_once_however_it_is_written(iscn: str, expected_class: str, n_abnormalities: int) -> None:
    karyotype = parse(iscn)
    assert (karyotype.karyotype_class, karyotype.n_abnormalities) == (expected_class, n_abnormalities)


@pytest.mark.parametrize(
    ("iscn", "stated", "expected"),
    [
        ("46,XX[20]", 46, 46),
        ("45,X,-Y[5]/46,XY[15]", 45, 45),
        ("45,XX,dic(9;20)(p13;q11)[20]", 45, 45),
        ("45,XX,rob(13;14)(q10;q10)[20]", 45, 45),
        ("46,X,i(X)(q10)[20]", 46, 46),
        ("46,Y,t(X;18)(p11;q11)[20]", 46, 46),
        ("45,X,-Y,t(X;1)(p11;q21)[20]", 45, 45),
        ("46,XXYc,-X[20]", 46, 46),
        ("65<3n>,XXX,-8,-9,-10,-11[20]", 65, 65),
        ("46,XY,del(7)(q22)[8]/45,sl,-Y[4]", 46, 46),
        ("46,XY,del(7)(q22)[8]/48,sl,+8[4]", 48, 47),
        ("46,XY[8]/92,slx2[4]", 46, 46),
        ("46,XY,del(7)(q22)[8]/47,sl,+8[5]/48,sdl,+9[5]", 46, 46),
        ("46,X,i(X)(q10),-7,+8[10]", 46, 46),
        ("46,XY,2~4dmin[8]", 46, 46),
        ("54~58,XY,+X[12]", None, None),
        ("46,XX,+8[cp10]", None, None),
        ("46,XX,mar[10]", None, None),
        ("46,XX,inc[10]", None, None),
        ("47,U,+8[10]", None, None),
    ],
)
def test_the_modal_number_is_compared_with_gains_and_losses(
    iscn: str, stated: int | None, expected: int | None
) -> None:
    karyotype = parse(iscn)
    assert (karyotype.modal_number, karyotype.modal_expected) == (stated, expected)


@pytest.mark.parametrize(
    ("iscn", "breaks"),
    [
        ("46,XX,t(4;11)(q21;q23)[20]", True),
        ("46,XX,t(11;19)(q23.3;p13.3)[20]", True),
        ("46,XX,t(4;11)[20]", True),
        ("46,XX,del(11)(q14q23)[20]", True),
        ("46,XX,t(11;14)(q13;q32)[20]", False),
        ("46,XX,t(4;11)(q23;p15)[20]", False),
        ("46,XX,t(11;14)[20]", False),
    ],
)
def test_a_break_in_11q23_is_seen(iscn: str, breaks: bool) -> None:
    assert parse(iscn).breaks_11q23 is breaks


def test_the_cells_in_brackets_are_added_if_every_clone_has_them() -> None:
    assert parse("46,XY,t(9;22)(q34;q11)[15]/46,XY[5]").bracket_cells == 20
    assert parse("45,XX,-7,-8[cp10]/46,XX[3]").bracket_cells == 13
    assert parse("45,XX,-7[10]/46,XX").bracket_cells is None
    assert parse("46,XX").bracket_cells is None


def test_sex_chromosomes_are_told_apart() -> None:
    assert (parse("46,XX[20]").sex_chromosomes, parse("46,XX[20]").has_y) == ("XX", False)
    assert parse("46,X,i(Y)(q10)[20]").has_y
    assert parse("46,XX[2]/46,XY[18]").has_y
    assert (parse("45,X,-Y[20]").has_y, parse("45,X,-Y[20]").lost_y) == (False, True)
    assert not parse("45,X,-X[20]").lost_y
    assert parse("46,U[20]").sex_is_undisclosed
