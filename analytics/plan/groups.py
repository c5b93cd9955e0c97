"""The groups that were named before the analysis: every comparison of the plan is between these and no others."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics.cohort.data_set import AnalysisDataSet, Mask

Members = Mapping[str, Mask]


@dataclass(frozen=True, eq=False)
class Grouping:
    """One way to divide the patients; ``groups`` gives the codes of the column that make each group."""

    id: str
    title: str
    column: str
    groups: Mapping[str, tuple[str, ...]]

    def members(self, data: AnalysisDataSet) -> Members:
        """The patients of each group that anybody is in."""
        codes = data.codes(self.column)
        masks = {label: np.isin(codes, members) for label, members in self.groups.items()}
        return {label: mask for label, mask in masks.items() if mask.any()}

    @property
    def r(self) -> str:
        """The groups in R, as ``groups`` of the prelude makes them."""
        codes = (", ".join(code if code.isdigit() else f'"{code}"' for code in each) for each in self.groups.values())
        return f"groups(d${self.column}, {', '.join(f'c({each})' for each in codes)})"

    @property
    def in_words(self) -> str:
        """The title inside a sentence."""
        return self.title if self.title.startswith("Ph") else self.title[0].lower() + self.title[1:]


def _yes_no(id: str, title: str, *, column: str, yes: str, no: str) -> Grouping:
    return Grouping(id, title, column, {yes: ("1",), no: ("0",)})


GROUPINGS = (
    _yes_no("conditioning", "Conditioning intensity", column="mac", yes="myeloablative", no="reduced intensity"),
    _yes_no(
        "alkylators",
        "Double alkylators",
        column="dual_alkylators",
        yes="two or more alkylators",
        no="one alkylator or none",
    ),
    _yes_no(
        "first-line-hct",
        "Allogeneic HCT at first line",
        column="allo_first_line",
        yes="HCT at first line",
        no="no HCT at first line",
    ),
    _yes_no(
        "blinatumomab",
        "Blinatumomab before INO",
        column="blina_before",
        yes="blinatumomab",
        no="no blinatumomab",
    ),
    _yes_no(
        "cycles",
        "Number of INO cycles",
        column="ino_gt2",
        yes="more than two cycles",
        no="two or fewer cycles",
    ),
    Grouping(
        "remission",
        "Remission before HCT",
        "resp_before_hct",
        {"CR or CRi": ("cr",), "PR, refractory or relapsed": ("pr", "rd", "rel")},
    ),
    Grouping(
        "donor",
        "Donor",
        "donor3",
        {
            "matched related": ("mrel",),
            "matched unrelated": ("mud",),
            "haploidentical or cord blood": ("haplo_cb",),
            "mismatched": ("other",),
        },
    ),
    _yes_no("philadelphia", "Philadelphia chromosome", column="ph_positive", yes="Ph-positive", no="Ph-negative"),
    Grouping(
        "karyotype",
        "Karyotype class at first diagnosis",
        "cyto_class",
        {"normal": ("normal",), "t(9;22)": ("t922",), "complex": ("complex",), "other": ("other",)},
    ),
)
