"""What stood on definitions and snapshots moves to runs and reports.

Apart from the migrations that alter the tables: PostgreSQL alters no table with events pending.
"""

from django.db import migrations
from django.utils import timezone

DATA_STATES = {
    "complete": "patients whose required forms are all complete",
    "signed": "patients whose required forms are all signed",
    "all": "all patients, drafts included",
}


def schedules_from_hours(apps, schema_editor):
    definitions = apps.get_model("analytics", "ReportDefinition").objects.using(schema_editor.connection.alias)
    for definition in definitions.select_related("run_as"):
        definition.schedule = f"0 {definition.hour} * * *"
        definition.run_as_role = definition.run_as.role
        definition.run_as_centre = definition.run_as.centre_id
        definition.save()


def free_runs_of_on_demand_definitions(apps, schema_editor):
    alias, on_demand = schema_editor.connection.alias, "On demand: "
    apps.get_model("analytics", "Run").objects.using(alias).filter(definition__name__startswith=on_demand).update(
        definition=None
    )
    apps.get_model("analytics", "ReportDefinition").objects.using(alias).filter(name__startswith=on_demand).delete()


def write_provenance(apps, schema_editor):
    """What the footer of a report printed until now, out of the same columns."""
    reports = apps.get_model("analytics", "Report").objects.using(schema_editor.connection.alias)
    for report in reports.select_related("snapshot", "run__requested_by"):
        snapshot = report.snapshot
        report.data_state = snapshot.data_state
        report.provenance = [
            ["Report", str(report.public_id)],
            [
                "Snapshot",
                f"{snapshot.public_id}, taken {timezone.localtime(snapshot.taken_at):%Y-%m-%d %H:%M:%S}, "
                f"{snapshot.n_patients} patients",
            ],
            ["Snapshot, sha256", snapshot.sha256],
            ["Data", DATA_STATES[snapshot.data_state]],
            ["Data cut-off", str(report.data_cut_off or "none set")],
            ["Results, sha256", report.sha256],
            ["Code", report.code_version],
            ["Computed", f"{timezone.localtime(report.published_at):%Y-%m-%d %H:%M:%S}"],
            ["Asked for by", report.run.requested_by.username],
        ]
        report.save()


class Migration(migrations.Migration):
    dependencies = [("analytics", "0002_runs_for_themselves")]

    operations = [
        migrations.RunPython(schedules_from_hours, migrations.RunPython.noop),
        migrations.RunPython(free_runs_of_on_demand_definitions, migrations.RunPython.noop),
        migrations.RunPython(write_provenance, migrations.RunPython.noop),
    ]
