"""From the forms of a snapshot to the analysis data set."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from analytics.cohort import csv_text
from analytics.cohort.collector import paused
from analytics.cohort.columns import COLUMNS
from analytics.cohort.data_set import AnalysisDataSet, read_csv
from analytics.cohort.forms import Forms, patients
from analytics.cohort.population import STANDING, DataState, Flow, Population, Selection
from registry.derivations import course, disease, outcome, response, transplant, treatment
from registry.derivations.patient import Patient

Value = str | int | bool | Decimal | date | None
Derivation = Callable[[Patient], Value]


def _item(form: str, field: str) -> Derivation:
    """An answer taken as it stands on a form that a patient has once."""
    return lambda patient: patient.one(form).code(field)


DERIVATIONS: Mapping[str, Derivation] = {
    "patient_id": lambda patient: patient.patient_id,
    "centre_no": lambda patient: patient.one("patient").integer("centre_no"),
    "age": disease.age,
    "sex": _item("patient", "sex"),
    "ecog": _item("baseline", "ecog"),
    "wbc": partial(disease.standard_laboratory_value, quantity="wbc"),
    "plt": partial(disease.standard_laboratory_value, quantity="plt"),
    "hb": partial(disease.standard_laboratory_value, quantity="hb"),
    "ldh": partial(disease.standard_laboratory_value, quantity="ldh"),
    "bm_blasts": lambda patient: patient.one("baseline").decimal("bm_blasts"),
    "cyto_class": partial(disease.karyotype_class, timepoint=disease.DIAGNOSIS),
    "ph_positive": disease.ph_positive,
    "emd": lambda patient: patient.one("baseline").yes("emd"),
    "blina_before": treatment.blinatumomab_before_ino,
    "allo_first_line": treatment.allo_first_line,
    "heavily_pretreated": treatment.heavily_pretreated,
    "ino_cycles": treatment.ino_cycles,
    "ino_gt2": treatment.more_than_two_cycles,
    "resp_c1": response.response_after_first_cycle,
    "best_resp_ino": response.best_response,
    "ino_responder": response.is_responder,
    "resp_before_hct": response.response_before_hct,
    "cr_at_hct": response.in_remission_at_hct,
    "mrd_pre_hct": response.mrd_before_hct,
    "mac": transplant.myeloablative,
    "dual_alkylators": transplant.dual_alkylators,
    "donor3": transplant.donor_group,
    "donor_matched": transplant.donor_matched,
    "ino_last_to_hct": transplant.last_dose_to_hct,
    "ino_first_to_hct": transplant.first_dose_to_hct,
    "sos": transplant.sos,
    "sos_grade": _item("sos_vod", "grade"),
    "sos_fatal": transplant.sos_fatal,
    "ino_last_to_sos": transplant.last_dose_to_sos,
    "hct_to_sos": transplant.hct_to_sos,
    "os_days": outcome.survival_from_ino,
    "os_event": outcome.is_dead,
    "os_hct_days": outcome.survival_from_hct,
    "ci_days": outcome.days_to_first_event,
    "ci_status": lambda patient: outcome.first_event(patient)[1],
    "maintenance": transplant.maintenance,
    "death_cause": _item("death", "cause"),
    "cyto_class_rr": partial(disease.karyotype_class, timepoint=disease.RELAPSE),
    "cyto_class_patient": disease.karyotype_class_of_patient,
    "cd22_pos": lambda patient: patient.one("eligibility").yes("cd22_pos"),
    "ino_programme": _item("eligibility", "ino_programme"),
    "dx_entity": _item("diagnosis", "dx_entity"),
    "blina_context": treatment.blinatumomab_context,
    "tki_with_ino": treatment.tki_with_ino,
    "entry_date": treatment.first_dose,
    "last_contact_date": outcome.last_contact,
    "response_day": outcome.response_day,
    "hct_to_relapse": outcome.hct_to_relapse,
    "ino_dose_day1": partial(treatment.planned_dose, day=1),
    "ino_dose_day8": partial(treatment.planned_dose, day=8),
    "ino_dose_day15": partial(treatment.planned_dose, day=15),
    "ino_dose_after_cr": response.first_dose_after_remission,
    "blina_response": treatment.blinatumomab_response,
    "emd_imaging": _item("baseline", "emd_imaging"),
    "cns_dx": lambda patient: patient.one("diagnosis").yes("dx_cns"),
    "cns_rr": lambda patient: patient.one("baseline").yes("cns_rr"),
    "cns_rr_therapy": course.cns_at_relapse_therapy,
    "bcr_abl1_pcr_rr": course.bcr_abl1_by_pcr_at_relapse,
    "bridging_reason": course.bridging_reason,
    "bridging_given": course.bridging_given,
    "mrd_method": response.mrd_method,
    "mrd_lod": response.mrd_detection_limit,
    "maintenance_given": course.maintenance_given,
    "maintenance_mrd": course.maintenance_mrd,
    "maintenance_withheld": _item("maintenance", "not_given_reason"),
}


@dataclass(frozen=True)
class Cohort:
    """The data set and how its patients were chosen."""

    data_set: AnalysisDataSet
    flow: Flow


@paused()
def build(
    forms: Forms,
    *,
    population: Population = STANDING,
    data_state: DataState = DataState.COMPLETE,
    cut_off: date | None = None,
) -> Cohort:
    """The analysis data set of a population; ``cut_off`` is the registry's data cut-off and only a column."""
    return build_from(patients(forms), selection=Selection(population, data_state), cut_off=cut_off)


def build_from(found: Iterable[Patient], *, selection: Selection, cut_off: date | None) -> Cohort:
    """The same of patients that come one after the other, by number, and are not held."""
    text = csv_text.write(_rows(found, selection, cut_off))
    return Cohort(read_csv(text), selection.flow("in the analysis"))


def _rows(found: Iterable[Patient], selection: Selection, cut_off: date | None) -> Iterator[dict[str, str]]:
    """The rows that can be analysed, patient by patient; of the others the selection is told why."""
    for patient in found:
        if selection.takes(patient):
            row = analysis_row(patient) | {"cutoff_date": _cell(cut_off)}
            if reason := not_usable(row):
                selection.leave_out(reason)
            else:
                yield row


def not_usable(row: Mapping[str, str]) -> str | None:
    """Why a row cannot stand in the data set: a clock without dates, dates out of order, a value out of all bounds."""
    for column in COLUMNS.values():
        cell = row[column.name]
        if not column.accepts(cell):
            return f"{'not usable' if cell else 'missing'}: {column.label}"
    return None


def analysis_row(patient: Patient) -> dict[str, str]:
    """Every derived variable of one patient as the text of its cell."""
    return {name: _cell(derive(patient)) for name, derive in DERIVATIONS.items()}


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return str(value)
