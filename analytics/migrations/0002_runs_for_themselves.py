"""Runs stand for themselves: what they make is theirs, and what somebody asks for needs no definition."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("full analysis", "Full analysis"),
    ("centre report", "Centre report"),
    ("data quality", "Data quality"),
    ("safety", "Safety: SOS/VOD"),
]
STATES = [
    ("complete", "patients whose required forms are all complete"),
    ("signed", "patients whose required forms are all signed"),
    ("all", "all patients, drafts included"),
]
ROLES = [
    ("data_manager", "Data manager"),
    ("centre_investigator", "Centre investigator"),
    ("monitor", "Monitor"),
    ("coordinating_investigator", "Coordinating investigator"),
    ("statistician", "Statistician"),
    ("administrator", "Administrator"),
]


def centre(**options):
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.centre", **options
    )


class Migration(migrations.Migration):
    dependencies = [
        ("analytics", "0001_initial"),
        ("registry", "0009_wording_of_queries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(name="reportdefinition", options={"ordering": ("name",)}),
        migrations.AddField("reportdefinition", "centre", centre(blank=True)),
        migrations.AddField(
            "reportdefinition",
            "created_at",
            models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            "reportdefinition", "data_state", models.CharField(choices=STATES, default="complete", max_length=10)
        ),
        migrations.AddField(
            "reportdefinition",
            "recipients",
            models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            "reportdefinition", "run_as_centre", models.PositiveSmallIntegerField(blank=True, null=True)
        ),
        migrations.AddField(
            "reportdefinition",
            "run_as_role",
            models.CharField(choices=ROLES, default="coordinating_investigator", max_length=30),
            preserve_default=False,
        ),
        migrations.AddField("reportdefinition", "schedule", models.CharField(default="0 2 * * *", max_length=60)),
        migrations.AlterField(
            "reportdefinition", "kind", models.CharField(choices=KINDS, default="full analysis", max_length=30)
        ),
        migrations.AddField("run", "centre", centre()),
        migrations.AddField(
            "run", "data_state", models.CharField(choices=STATES, default="complete", max_length=10)
        ),
        migrations.AddField("run", "kind", models.CharField(choices=KINDS, default="full analysis", max_length=30)),
        migrations.AddField(
            "run",
            "snapshot",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="runs",
                to="registry.snapshot",
            ),
        ),
        migrations.AlterField(
            "run",
            "definition",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="analytics.reportdefinition",
            ),
        ),
        migrations.AddField("report", "centre", centre()),
        migrations.AddField(
            "report",
            "data_state",
            models.CharField(choices=STATES, default="complete", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField("report", "problems", models.JSONField(default=list)),
        migrations.AddField("report", "provenance", models.JSONField(default=list), preserve_default=False),
        migrations.AlterField("report", "kind", models.CharField(choices=KINDS, max_length=30)),
    ]
