"""Which tables the audit trail covers, and which lie outside it with a reason. Applied after every migration."""

from typing import Any, Final

from django.apps import apps
from django.db import connections

# Tables without centre isolation: their rows are not patients'. Redacted columns hold secrets; ignored ones, noise.
ADMINISTRATION_TABLES: Final[dict[str, dict[str, str]]] = {
    "registry_centre": {"key": "centre_no", "audience": "centre"},
    "registry_registrysettings": {},
    "registry_user": {"redacted": "password", "ignored": "last_login"},
    "registry_exportevent": {"audience": "coordination"},
    "account_emailaddress": {},
    "analytics_reportdefinition": {"audience": "coordination"},
    "analytics_reportdefinition_recipients": {"audience": "coordination"},
    "mfa_authenticator": {"redacted": "data", "ignored": "last_used_at"},
    "registry_apitoken": {"redacted": "digest", "ignored": "last_used_at"},
}

# Work of a centre that is no patient's: under the trail and isolated. Columns that only say how far a worker has come
# are ignored.
TABLES_OF_A_CENTRE: Final[dict[str, str]] = {
    "registry_importbatch": "attempt,lease_until,step,done,total",
    "registry_columnmapping": "",
    "registry_wordmapping": "",
}

# The same without the trail, for the reason given below.
CONTENTS_OF_A_CENTRE: Final = (
    "registry_importfile",
    "registry_importrow",
    "registry_importedrecord",
    "analytics_livepatients",
)

# Each person sees the own rows only.
TABLES_OF_ONE_USER: Final = ("registry_draft", "registry_repeatablerequest")

# What concerns patients of all centres together is seen by who reads all of them.
TABLES_OF_ALL_CENTRES: Final = ("analytics_comparison",)

OUTSIDE_THE_TRAIL: Final[dict[str, str]] = {
    "django_session": "who is logged in at this moment; log-ins have their own log",
    "usersessions_usersession": "a list of open sessions for their owner",
    "registry_draft": "what was typed and not saved: no value of the registry yet, and seen by its author only",
    "registry_repeatablerequest": "the answer to a request that may be sent again, forgotten after a day",
    "registry_cache": "rate limits and used one-time codes, forgotten after minutes",
    "registry_dailywork": "which work of which day was begun and done",
    "registry_importfile": "the bytes of a file; its batch, which is in the trail, has their hash",
    "registry_importrow": "what a file says beside what the registry has: no value of the registry yet",
    "registry_importedrecord": "which changes of the trail an import made, kept to undo them",
    "registry_export": "the queue of work, each attempt a state of the row; what was made and taken is in its log",
    "registry_exportfile": "written once and deleted after its time; its hash is in the log of exports",
    "registry_pseudonymkey": "a secret, made once",
    "registry_snapshot": "written once; carries its own hash and creator",
    "registry_snapshotform": "written once; carries its own hash",
    "analytics_run": "the queue of work; each attempt is a state of the row",
    "analytics_liverun": "the queue of work on the outcomes page",
    "analytics_liveoutcomes": "computed again with every change; never cited",
    "analytics_livepatients": "computed again with every change; seen centre by centre",
    "analytics_livelist": "computed again with every change; names nobody without the table before",
    "analytics_result": "written once; carries its own hash and run",
    "analytics_report": "written once; carries its own hash and run",
    "analytics_comparison": "computed from two reports; can be computed again",
    "analytics_reportfile": "written once; carries its own hash",
    "analytics_delivery": "the queue of mails; each attempt is a state of the row",
    "analytics_heartbeat": "when beat and workers were last seen",
    "django_migrations": "kept by Django; changes of tables are in the log of the database itself",
    "django_content_type": "kept by Django; names of models",
    "auth_permission": "kept by Django and not used: permissions follow from roles",
    "auth_group": "kept by Django and not used",
    "auth_group_permissions": "kept by Django and not used",
    "account_emailconfirmation": "one-time links",
}

# The arguments of audit.protect after the table, and what they are where a table says nothing.
_DEFAULTS: Final = (("audience", "administration"), ("key", "id"), ("ignored", ""), ("redacted", ""))
_PROTECT = "select audit.protect(%s::regclass, %s, %s, %s, %s, %s)"

# centre_id on a form is the patient's: an update that says otherwise is refused by the key itself.
_TRUE_CENTRE = """
do $$ begin
    alter table {table} add constraint {table}_true_centre
        foreign key (patient_id, centre_id) references registry_patient (id, centre_id);
exception when duplicate_object then null;
end $$
"""

# Only the analysis role reads a snapshot's rows, and nobody edits one.
_SNAPSHOT_GRANTS = """
revoke select, update on registry_snapshotform from reg_web;
grant select (id, snapshot_id, form, sha256) on registry_snapshotform to reg_web;
revoke update on registry_snapshot from reg_web;
grant select on registry_snapshot, registry_snapshotform to reg_report;
"""


# An export is seen by who reads all, by its centre, and where it is no centre's by who asked for it, unless that person
# is of one centre by now; its file and its log, by the same. The log is not changed, and a file not exchanged.
_EXPORT_POLICIES = """
alter table registry_export enable row level security, force row level security;
drop policy if exists own_exports on registry_export;
create policy own_exports on registry_export using (
    (select audit.reads_all()) or centre_id = any ((select audit.centres('read'))::int[])
    or centre_id is null and requested_by_id::text = (select audit.context() ->> 'user')
    and (select audit.acting_role()) not in ('data_manager', 'centre_investigator'));
alter table registry_exportfile enable row level security, force row level security;
drop policy if exists of_own_exports on registry_exportfile;
create policy of_own_exports on registry_exportfile
    using (exists (select from registry_export e where e.id = export_id));
alter table registry_exportevent enable row level security, force row level security;
drop policy if exists of_own_exports on registry_exportevent;
create policy of_own_exports on registry_exportevent
    using (exists (select from registry_export e where e.id = export_id));
revoke delete on registry_export from reg_web;
revoke update on registry_exportfile from reg_web;
revoke update, delete on registry_exportevent from reg_web;
"""

# A person of one centre reads the reports of that centre, whatever a query asks for. Nobody of one centre makes one:
# workers do, and who reads all.
_REPORT_POLICIES = """
alter table analytics_report enable row level security, force row level security;
drop policy if exists own_reports on analytics_report;
create policy own_reports on analytics_report using (
    (select audit.acting_role()) not in ('data_manager', 'centre_investigator')
    or centre_id = any ((select audit.centres('read'))::int[]))
    with check ((select audit.acting_role()) not in ('data_manager', 'centre_investigator'));
alter table analytics_result enable row level security, force row level security;
drop policy if exists of_own_reports on analytics_result;
create policy of_own_reports on analytics_result
    using (exists (select from analytics_report r where r.id = report_id));
alter table analytics_reportfile enable row level security, force row level security;
drop policy if exists of_own_reports on analytics_reportfile;
create policy of_own_reports on analytics_reportfile
    using (exists (select from analytics_report r where r.id = report_id));
"""


def isolated_tables() -> list[str]:
    """The patient and every table of a patient; the centre itself is not isolated from other centres."""
    return ["registry_patient", *tables_of_a_patient()]


def every_protected_table() -> list[str]:
    return [*isolated_tables(), *CONTENTS_OF_A_CENTRE, "analytics_reportfile"]


def tables_of_a_patient() -> list[str]:
    """The forms, the queries, what is verified and signed: every row carries its patient and its centre."""
    registry = apps.get_app_config("registry").get_models()
    return [model._meta.db_table for model in registry if hasattr(model, "patient") and hasattr(model, "centre")]


def form_tables() -> list[str]:
    registry = apps.get_app_config("registry").get_models()
    return [model._meta.db_table for model in registry if hasattr(model, "repeats") and hasattr(model, "centre")]


def protect_tables(using: str) -> None:
    """Install triggers, policies and keys. Idempotent; run as the owner of the tables."""
    with connections[using].cursor() as cursor:
        for table in isolated_tables():
            cursor.execute(_PROTECT, [table, "centre", "id", "", "", True])
        for table, ignored in TABLES_OF_A_CENTRE.items():
            cursor.execute(_PROTECT, [table, "centre", "id", ignored, "", True])
        for table in CONTENTS_OF_A_CENTRE:
            cursor.execute("select audit.isolate_by_centre(%s::regclass)", [table])
        for table, options in ADMINISTRATION_TABLES.items():
            values = [options.get(name, default) for name, default in _DEFAULTS]
            cursor.execute(_PROTECT, [table, *values, False])
        for table in form_tables():
            cursor.execute("select audit.close_with_registry(%s::regclass)", [table])
        for table in TABLES_OF_ONE_USER:
            cursor.execute("select audit.isolate_by_user(%s::regclass)", [table])
        for table in TABLES_OF_ALL_CENTRES:
            cursor.execute("select audit.isolate_from_centres(%s::regclass)", [table])
        for table in tables_of_a_patient():
            cursor.execute(_TRUE_CENTRE.format(table=table))
        cursor.execute(_SNAPSHOT_GRANTS)
        cursor.execute(_EXPORT_POLICIES)
        cursor.execute(_REPORT_POLICIES)


def protect_after_migration(*, using: str, plan: Any, **_: Any) -> None:
    """Receiver of `post_migrate`. A migration backwards to nothing leaves no table to protect."""
    if all(table in connections[using].introspection.table_names() for table in every_protected_table()):
        protect_tables(using)
