"""The case report forms and what the registry keeps around them."""

from registry.models.api_token import ApiToken
from registry.models.audit_entry import AuditEntry
from registry.models.base import CrfForm
from registry.models.baseline import Baseline
from registry.models.centre import Centre
from registry.models.column_mapping import ColumnMapping
from registry.models.conditioning_drug import ConditioningDrug
from registry.models.cytogenetics import Cytogenetics
from registry.models.daily_work import DailyWork
from registry.models.death import Death
from registry.models.diagnosis import Diagnosis
from registry.models.draft import Draft
from registry.models.eligibility import Eligibility
from registry.models.export import Export, ExportEvent, ExportFile, PseudonymKey
from registry.models.follow_up import FollowUp
from registry.models.gvhd import Gvhd
from registry.models.import_batch import ImportBatch, ImportFile
from registry.models.import_row import ImportedRecord, ImportRow
from registry.models.ino_cycle import InoCycle
from registry.models.maintenance import Maintenance
from registry.models.maintenance_course import MaintenanceCourse
from registry.models.patient import Patient
from registry.models.pre_hct_therapy import PreHctTherapy
from registry.models.prior_treatment import PriorTreatment
from registry.models.query import Query, QueryMessage
from registry.models.record_facts import Signature, Verification
from registry.models.registry_settings import RegistrySettings
from registry.models.relapse import Relapse
from registry.models.repeatable_request import RepeatableRequest
from registry.models.snapshot import Snapshot, SnapshotForm
from registry.models.sos_vod import SosVod
from registry.models.transplant import Transplant
from registry.models.user import User
from registry.models.word_mapping import WordMapping

# In the order of the paper form; `maintenance` is two tables.
PATIENT_FORMS: tuple[type[CrfForm], ...] = (
    Eligibility,
    Diagnosis,
    Cytogenetics,
    Baseline,
    PriorTreatment,
    InoCycle,
    PreHctTherapy,
    Transplant,
    ConditioningDrug,
    SosVod,
    Gvhd,
    Maintenance,
    MaintenanceCourse,
    Relapse,
    FollowUp,
    Death,
)
ALL_FORMS: tuple[type[CrfForm], ...] = (Centre, Patient, *PATIENT_FORMS)
FORMS_BY_NAME: dict[str, type[CrfForm]] = {model.form: model for model in ALL_FORMS}

__all__ = [
    "ALL_FORMS",
    "FORMS_BY_NAME",
    "PATIENT_FORMS",
    "ApiToken",
    "AuditEntry",
    "Baseline",
    "Centre",
    "ColumnMapping",
    "ConditioningDrug",
    "CrfForm",
    "Cytogenetics",
    "DailyWork",
    "Death",
    "Diagnosis",
    "Draft",
    "Eligibility",
    "Export",
    "ExportEvent",
    "ExportFile",
    "FollowUp",
    "Gvhd",
    "ImportBatch",
    "ImportFile",
    "ImportRow",
    "ImportedRecord",
    "InoCycle",
    "Maintenance",
    "MaintenanceCourse",
    "Patient",
    "PreHctTherapy",
    "PriorTreatment",
    "PseudonymKey",
    "Query",
    "QueryMessage",
    "RegistrySettings",
    "Relapse",
    "RepeatableRequest",
    "Signature",
    "Snapshot",
    "SnapshotForm",
    "SosVod",
    "Transplant",
    "User",
    "Verification",
    "WordMapping",
]
