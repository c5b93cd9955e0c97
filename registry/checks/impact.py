"""How much an unanswered or doubtful item does to the outcome analyses: the order in which queries are worked on."""

from typing import Final

from registry.checks.finding import Place

OUTCOME, EXPOSURE, DESCRIPTION, OTHER = 1, 2, 3, 4

_ITEMS: Final[dict[int, str]] = {
    # The clocks and events of survival, incidence and SOS/VOD.
    OUTCOME: (
        "follow_up.visit_date follow_up.alive follow_up.disease follow_up.lost death.death_date death.cause "
        "death.in_remission relapse.rel_date relapse.rel_type hct.hct_date ino_cycle.d1_date ino_cycle.d8_date "
        "ino_cycle.d15_date ino_cycle.resp ino_cycle.resp_date sos_vod.occurred sos_vod.dx_date sos_vod.grade "
        "sos_vod.outcome eligibility.ball_confirmed eligibility.hct_after_ino"
    ),
    # The factors of the published models.
    EXPOSURE: (
        "ino_cycle.cycle_no ino_cycle.d8_given ino_cycle.d15_given hct.status hct.intensity hct.donor "
        "prior_treatment.modalities prior_treatment.setting conditioning_drug.drug conditioning_drug.purpose "
        "conditioning_drug.other_alkylator patient.age_rr patient.sex hct.mrd_result hct.mrd_done"
    ),
    # Table 1 and the other descriptions.
    DESCRIPTION: (
        "baseline.ecog baseline.wbc baseline.plt baseline.hb baseline.ldh baseline.bm_blasts baseline.emd "
        "baseline.cns_rr diagnosis.dx_entity diagnosis.dx_cns cytogenetics.banding cytogenetics.iscn "
        "cytogenetics.class_review cytogenetics.bcr_abl1 eligibility.cd22_pos eligibility.ino_programme "
        "prior_treatment.best_response ino_cycle.resp_assessed ino_cycle.concomitant maintenance.given "
        "maintenance_course.agent pre_hct_therapy.reason"
    ),
}
_RANK: Final = {item: rank for rank, items in _ITEMS.items() for item in items.split()}


def of_item(form: str, field: str) -> int:
    return _RANK.get(f"{form}.{field}", OTHER)


def of_places(places: tuple[Place, ...]) -> int:
    """The weightiest of the items concerned."""
    return min((of_item(place.form, place.field) for place in places), default=OTHER)
