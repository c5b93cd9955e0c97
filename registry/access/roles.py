"""The six roles and what each may do. A permission is granted here or not at all."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    DATA_MANAGER = "data_manager", _("Data manager")
    CENTRE_INVESTIGATOR = "centre_investigator", _("Centre investigator")
    MONITOR = "monitor", _("Monitor")
    COORDINATING_INVESTIGATOR = "coordinating_investigator", _("Coordinating investigator")
    STATISTICIAN = "statistician", _("Statistician")
    ADMINISTRATOR = "administrator", _("Administrator")


class Permission(models.TextChoices):
    VIEW_PATIENTS = "view_patients", _("view patients")
    ENTER_DATA = "enter_data", _("enter and correct data")
    REVIEW_CYTOGENETICS = "review_cytogenetics", _("enter the central review of cytogenetics")
    REVIEW_HISTORY = "review_history", _("review the history of all centres")
    VERIFY_AUDIT = "verify_audit", _("verify the audit seals")
    RAISE_QUERY = "raise_query", _("raise and close queries")
    ANSWER_QUERY = "answer_query", _("answer queries")
    VERIFY = "verify", _("verify records")
    LOCK = "lock", _("lock and unlock records")
    SIGN = "sign", _("sign records")
    FREEZE = "freeze", _("freeze the database and schedule reports")
    EXCLUDE = "exclude", _("exclude patients from the analysis")
    TAKE_SNAPSHOT = "take_snapshot", _("take snapshots and run analyses")
    VIEW_REPORTS = "view_reports", _("read the reports of the whole registry")
    VIEW_CENTRE_REPORT = "view_centre_report", _("read the report of the own centre")
    VIEW_RUNS = "view_runs", _("see the state of scheduled runs")
    EXPORT_PATIENTS = "export_patients", _("export patient records")
    EXPORT_DEIDENTIFIED = "export_deidentified", _("export de-identified and aggregate data")
    MANAGE_USERS = "manage_users", _("manage users and centres")
    APPROVE_USERS = "approve_users", _("approve users")


CENTRE_ROLES: Final = (Role.DATA_MANAGER, Role.CENTRE_INVESTIGATOR)
ALL_CENTRES_ROLES: Final = (Role.MONITOR, Role.COORDINATING_INVESTIGATOR)

_P = Permission
PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.DATA_MANAGER: frozenset(
        {_P.VIEW_PATIENTS, _P.ENTER_DATA, _P.ANSWER_QUERY, _P.VIEW_CENTRE_REPORT, _P.EXPORT_PATIENTS}
    ),
    Role.CENTRE_INVESTIGATOR: frozenset(
        {_P.VIEW_PATIENTS, _P.ENTER_DATA, _P.ANSWER_QUERY, _P.SIGN, _P.VIEW_CENTRE_REPORT, _P.EXPORT_PATIENTS}
    ),
    Role.MONITOR: frozenset(
        {
            _P.VIEW_PATIENTS,
            _P.REVIEW_HISTORY,
            _P.VERIFY_AUDIT,
            _P.REVIEW_CYTOGENETICS,
            _P.RAISE_QUERY,
            _P.VERIFY,
            _P.LOCK,
            _P.VIEW_REPORTS,
            _P.VIEW_CENTRE_REPORT,
            _P.VIEW_RUNS,
            _P.EXPORT_PATIENTS,
            _P.EXPORT_DEIDENTIFIED,
        }
    ),
    Role.COORDINATING_INVESTIGATOR: frozenset(
        {
            _P.VIEW_PATIENTS,
            _P.REVIEW_HISTORY,
            _P.VERIFY_AUDIT,
            _P.RAISE_QUERY,
            _P.LOCK,
            _P.FREEZE,
            _P.EXCLUDE,
            _P.TAKE_SNAPSHOT,
            _P.VIEW_REPORTS,
            _P.VIEW_CENTRE_REPORT,
            _P.VIEW_RUNS,
            _P.EXPORT_PATIENTS,
            _P.EXPORT_DEIDENTIFIED,
            _P.APPROVE_USERS,
        }
    ),
    Role.STATISTICIAN: frozenset({_P.TAKE_SNAPSHOT, _P.VIEW_REPORTS, _P.VIEW_RUNS, _P.EXPORT_DEIDENTIFIED}),
    Role.ADMINISTRATOR: frozenset({_P.VERIFY_AUDIT, _P.VIEW_RUNS, _P.MANAGE_USERS}),
}
