"""What was given around the transplant and for the central nervous system: D08, D19, D43, D44."""

from collections.abc import Iterable
from decimal import Decimal

from registry.derivations import disease
from registry.derivations.patient import Patient


def bcr_abl1_by_pcr_at_relapse(patient: Patient) -> bool | None:
    """D08: BCR::ABL1 positive by PCR at relapsed or refractory disease."""
    found = disease.sample(patient, disease.RELAPSE)
    positive = found.yes("bcr_abl1")
    return positive and "pcr" in found.codes("bcr_abl1_method")


def bridging_reason(patient: Patient) -> str | None:
    """D19: why treatment was given between INO and HCT, that of the first course; None without a course."""
    courses = patient.all("pre_hct_therapy")
    return courses[0].code("reason") if courses else None


def bridging_given(patient: Patient) -> str | None:
    """D19: agents and cycles of every course, as ``hidac_mito 1; blina 2``."""
    return _written(
        _amount("+".join(sorted(course.codes("agents"))), course.decimal("n_cycles"))
        for course in patient.all("pre_hct_therapy")
    )


def maintenance_given(patient: Patient) -> str | None:
    """D43: agents and courses, as ``blina 3; dli 3``; None without maintenance."""
    return _written(
        _amount(course.code("agent") or "", course.decimal("n_courses")) for course in patient.all("maintenance_course")
    )


def maintenance_mrd(patient: Patient) -> str | None:
    """D43: MRD when the first course was started."""
    courses = patient.all("maintenance_course")
    return courses[0].code("mrd_at_start") if courses else None


def cns_at_relapse_therapy(patient: Patient) -> str | None:
    """D44: CNS-directed treatment at relapsed or refractory disease, as ``hd_arac; hd_mtx``."""
    return _written(sorted(patient.one("baseline").codes("cns_rr_therapy")))


def _amount(what: str, times: Decimal | None) -> str:
    return what if times is None else f"{what} {times.normalize():f}"


def _written(parts: Iterable[str]) -> str | None:
    return "; ".join(parts) or None
