"""Derived variables from HCT on, in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.derivations import conditioning, outcome, response, sos_criteria, sos_severity, transplant
from registry.derivations.derived import Derived, Group
from registry.derivations.patient import Patient

_LAST_DOSE: Final = ("ino_cycle.d1_date", "ino_cycle.d8_date", "ino_cycle.d15_date")
_DRUGS: Final = ("conditioning_drug.drug", "conditioning_drug.purpose")
_CONTACT: Final = ("death.death_date", "follow_up.visit_date", "follow_up.alive")
_DAYS: Final = _("days")
_NO_SOS: Final = _("no SOS/VOD")


def _criteria_met(patient: Patient) -> tuple[str, ...] | None:
    """The sets that are met; None where none is and one could be."""
    assessed = sos_criteria.assess(patient)
    met = tuple(code for code, each in assessed.items() if each.is_met)
    return None if not met and any(each.is_met is None for each in assessed.values()) else met


def _severity(patient: Patient) -> str | None:
    grade = sos_severity.severity(patient).grade
    return None if grade is None else str(grade)


TRANSPLANT: Final = Group(
    _("Transplant"),
    (
        Derived(
            "D24",
            _("First INO dose to HCT"),
            _("Date of HCT minus the earliest day 1 of INO."),
            ("ino_cycle.d1_date", "hct.hct_date"),
            transplant.first_dose_to_hct,
            unit=_DAYS,
        ),
        Derived(
            "D23",
            _("Last INO dose to HCT"),
            _("Date of HCT minus the latest INO dose given."),
            (*_LAST_DOSE, "hct.hct_date"),
            transplant.last_dose_to_hct,
            unit=_DAYS,
        ),
        Derived(
            "D20",
            _("CR at HCT"),
            _("CR or CRi on the HCT form, whatever treatment led to it."),
            ("hct.status",),
            response.in_remission_at_hct,
        ),
        Derived(
            "D21",
            _("Response before HCT"),
            _("Relapse if one lies between remission on INO and HCT, even if re-induced; else the status at HCT."),
            ("hct.status", "hct.hct_date", "relapse.rel_date", "ino_cycle.resp", "ino_cycle.resp_date"),
            response.response_before_hct,
            codes_of="hct.status",
        ),
        Derived(
            "D22",
            _("MRD before HCT"),
            _("In CR at HCT: the result on the HCT form, else the last one on INO since remission."),
            ("hct.status", "hct.mrd_done", "hct.mrd_result", "ino_cycle.mrd_date", "ino_cycle.mrd_result"),
            response.mrd_before_hct,
            codes_of="hct.mrd_result",
            applies=response.in_remission_at_hct,
            otherwise=_("not in CR at HCT"),
        ),
        Derived(
            "D25",
            _("Dual alkylators"),
            _("Two or more different alkylating agents as conditioning; cyclophosphamide after HCT does not count."),
            (*_DRUGS, "conditioning_drug.other_alkylator", "hct.tbi"),
            transplant.dual_alkylators,
        ),
        Derived(
            "D47",
            _("Myeloablative conditioning"),
            _("As classified by the centre; reduced intensity and non-myeloablative are one class."),
            ("hct.intensity",),
            transplant.myeloablative,
        ),
        Derived(
            "D26",
            _("Intensity by the doses"),
            _("Myeloablative once a dose reaches its cut-off; unclear while a dose is missing or with two alkylators."),
            (*_DRUGS, "conditioning_drug.total_dose", "hct.tbi", "hct.tbi_gy", "hct.tbi_fractions"),
            lambda patient: conditioning.derived_intensity(patient) if patient.one("hct") else None,
            codes={"unclear": _("unclear")},
            codes_of="hct.intensity",
        ),
        Derived(
            "D27",
            _("Donor"),
            _("Matched related (with syngeneic), matched unrelated, haploidentical or cord blood, other."),
            ("hct.donor",),
            transplant.donor_group,
            codes={
                "mrel": _("matched related"),
                "mud": _("matched unrelated"),
                "haplo_cb": _("haploidentical or cord blood"),
                "other": _("other, mismatched"),
            },
        ),
    ),
)
SOS_VOD: Final = Group(
    _("SOS/VOD"),
    (
        Derived("D28", _("SOS/VOD"), _("After the index HCT, as entered."), ("sos_vod.occurred",), transplant.sos),
        Derived(
            "D30",
            _("Day after HCT"),
            _("Date of diagnosis minus date of HCT; the day of HCT is day 0."),
            ("sos_vod.dx_date", "hct.hct_date"),
            transplant.hct_to_sos,
            applies=transplant.sos,
            otherwise=_NO_SOS,
        ),
        Derived(
            "D31",
            _("Onset"),
            _("Classical until day 21 after HCT, late onset from day 22 on."),
            ("sos_vod.dx_date", "hct.hct_date"),
            transplant.sos_onset,
            codes={"classical": _("classical"), "late onset": _("late onset")},
            applies=transplant.sos,
            otherwise=_NO_SOS,
        ),
        Derived(
            "D32",
            _("Criteria met"),
            _("The published sets that the signs entered meet; a missing sign can leave a set open."),
            (
                *("sos_vod.dx_date", "hct.hct_date", "sos_vod.bili_dx", "sos_vod.hepatomegaly", "sos_vod.ruq_pain"),
                *("sos_vod.weight_gain", "sos_vod.ascites", "sos_vod.doppler", "sos_vod.elastography", "sos_vod.hvpg"),
                *("sos_vod.biopsy", "sos_vod.other_cause_excluded"),
            ),
            _criteria_met,
            codes_of="sos_vod.criteria",
            applies=transplant.sos,
            otherwise=_NO_SOS,
        ),
        Derived(
            "D33",
            _("EBMT severity"),
            _(
                "The highest class that two items reach, one higher for two risk factors below severe; "
                "very severe with organ dysfunction."
            ),
            (
                *("sos_vod.symptom_date", "sos_vod.dx_date", "sos_vod.bili_max", "sos_vod.bili_doubled"),
                *("sos_vod.alt_max", "hct.alt_uln", "sos_vod.weight_gain", "sos_vod.creat_max", "hct.creat"),
                "sos_vod.mod_organs",
            ),
            _severity,
            codes_of="sos_vod.ebmt_severity",
            applies=transplant.sos,
            otherwise=_NO_SOS,
        ),
    ),
)
OUTCOME: Final = Group(
    _("Outcome"),
    (
        Derived(
            "D34",
            _("Last contact"),
            _("The day of death, else the latest visit alive."),
            _CONTACT,
            outcome.last_contact,
        ),
        Derived(
            "D34",
            _("Status"),
            _("Dead once a date of death is entered, else alive at the last contact."),
            _CONTACT,
            outcome.status_at_last_contact,
            codes={"dead": _("dead"), "alive": _("alive at last contact")},
        ),
        Derived(
            "D35",
            _("Survival from INO"),
            _("Days from the first INO dose to death or last contact."),
            ("ino_cycle.d1_date", *_CONTACT),
            outcome.survival_from_ino,
            unit=_DAYS,
        ),
        Derived(
            "D36",
            _("Survival from HCT"),
            _("Days from HCT to death or last contact."),
            ("hct.hct_date", *_CONTACT),
            outcome.survival_from_hct,
            unit=_DAYS,
        ),
        Derived(
            "D40",
            _("First event, CIR or CID"),
            _(
                "Relapse after HCT (CIR) or death in remission (CID), whichever came first; relapse wins a tie, "
                "and a death outside remission counts as relapse."
            ),
            ("relapse.rel_date", "relapse.rel_type", *_CONTACT, "death.in_remission", "hct.hct_date"),
            outcome.incidence_status,
            codes={
                outcome.CENSORED: _("none until last contact"),
                outcome.RELAPSE: _("relapse (CIR)"),
                outcome.DEATH_IN_REMISSION: _("death in remission (CID)"),
            },
        ),
        Derived(
            "D40",
            _("Time to first event"),
            _("Days from the first CR or CRi on INO, or from HCT without one, to the event or last contact."),
            ("ino_cycle.resp", "ino_cycle.resp_date", "hct.hct_date", "relapse.rel_date", *_CONTACT),
            outcome.days_to_first_event,
            unit=_DAYS,
        ),
    ),
)
