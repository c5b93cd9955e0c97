"""Definitions have an address, runs say what went wrong in any language, mails and processes leave rows."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

PROBLEMS = [
    ("lost right", "may no longer read this report"),
    ("no address", "the account has no e-mail address"),
    ("refused", "the mail server did not take it"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("analytics", "0005_live_outcomes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("reportdefinition", "created_at", "effective_from"),
        migrations.AddField("reportdefinition", "public_id", models.UUIDField(db_default=RandomUUID())),
        migrations.AlterField(
            "reportdefinition", "public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
        ),
        migrations.AddConstraint(
            "reportdefinition",
            models.CheckConstraint(
                condition=models.Q(("centre__isnull", False), ("kind", "centre report"))
                | models.Q(models.Q(("kind", "centre report"), _negated=True), ("centre__isnull", True)),
                name="definition_centre_by_kind",
                violation_error_message="A centre report is of one centre, or made for every centre; "
                "the other kinds are of the whole registry.",
            ),
        ),
        migrations.AddField("run", "started_at", models.DateTimeField(null=True)),
        migrations.AddField("run", "retried_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "run",
            "retried_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    "alter table analytics_run alter column problem type jsonb using to_jsonb(problem)",
                    "alter table analytics_run alter column problem type text using problem #>> '{}'",
                )
            ],
            [migrations.AlterField("run", "problem", models.JSONField(blank=True, default=str))],
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "process",
                    models.CharField(
                        choices=[("beat", "Beat"), ("worker", "Worker")],
                        max_length=10,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, choices=PROBLEMS, max_length=10)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="analytics.report",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("user__username",),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "user"), name="delivery_once_per_user")
                ],
            },
        ),
    ]
