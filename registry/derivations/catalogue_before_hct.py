"""Derived variables until the last INO dose, in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.derivations import disease, response, treatment
from registry.derivations.derived import Derived, Group

_LINES: Final = ("prior_treatment.setting", "prior_treatment.modalities")
_DOSES: Final = ("ino_cycle.d1_date", "ino_cycle.d8_given", "ino_cycle.d15_given")
_RESPONSES: Final = ("ino_cycle.resp_assessed", "ino_cycle.resp")

PATIENT: Final = Group(
    _("Patient and disease"),
    (
        Derived(
            "D01",
            _("Age"),
            _("Completed years at relapsed or refractory disease, as entered."),
            ("patient.age_rr",),
            disease.age,
            unit=_("years"),
        ),
        Derived(
            "D06",
            _("Cytogenetic class"),
            _(
                "At diagnosis or relapse: t(9;22) if at either, else complex (3 or more abnormalities) if at either, "
                "else the class at diagnosis, else at relapse; central review overrides the ISCN string."
            ),
            (
                "cytogenetics.banding",
                "cytogenetics.iscn",
                "cytogenetics.class_review",
                "cytogenetics.bcr_abl1",
            ),
            disease.karyotype_class_of_patient,
            codes_of="cytogenetics.lab_class",
        ),
        Derived(
            "D07",
            _("Philadelphia chromosome"),
            _("Positive with t(9;22) or BCR::ABL1 at any time, or after CML; negative with a negative result alone."),
            ("cytogenetics.iscn", "cytogenetics.bcr_abl1", "diagnosis.dx_entity"),
            disease.ph_positive,
            codes={"1": _("positive"), "0": _("negative")},
        ),
    ),
)
BEFORE_INO: Final = Group(
    _("Treatment before INO"),
    (
        Derived(
            "D09",
            _("Heavily pretreated"),
            _("Intensive chemotherapy in any line but the treatment of an antecedent CML."),
            _LINES,
            treatment.heavily_pretreated,
        ),
        Derived("D10", _("Blinatumomab"), _("In any line before INO."), _LINES, treatment.blinatumomab_before_ino),
        Derived(
            "D11",
            _("Allo-HCT in first line"),
            _("In first-line therapy, or directed at MRD after it."),
            _LINES,
            treatment.allo_first_line,
        ),
        Derived(
            "D12",
            _("Relapses before INO"),
            _("Lines followed by a relapse, without those of an antecedent CML."),
            ("prior_treatment.setting", "prior_treatment.relapsed_after"),
            lambda patient: treatment.relapses_before_ino(patient) if patient.all("prior_treatment") else None,
        ),
    ),
)
INO: Final = Group(
    _("INO"),
    (
        Derived(
            "D15",
            _("INO cycles"),
            _("Doses given divided by three: five doses are 1.67 cycles."),
            _DOSES,
            treatment.ino_cycles,
        ),
        Derived(
            "D17",
            _("Response after cycle 1"),
            _("Response to cycle 1 if it was assessed; CRi counts as CR."),
            _RESPONSES,
            response.response_after_first_cycle,
            codes_of="ino_cycle.resp",
        ),
        Derived(
            "D18",
            _("Best response to INO"),
            _("The best of all cycles, in the order CR, CRi, PR, refractory, progression."),
            _RESPONSES,
            response.best_response,
            codes_of="ino_cycle.resp",
        ),
    ),
)
