import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0004_comparisons'),
        ('registry', '0013_live_snapshots'),
    ]

    operations = [
        migrations.CreateModel(
            name='LiveOutcomes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('computed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('code_version', models.CharField(max_length=100)),
                ('headline', models.JSONField()),
                ('sections', models.JSONField()),
                ('by_group', models.JSONField()),
                ('problems', models.JSONField()),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.snapshot')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='LiveRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('queued', 'waiting for a worker'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='queued', max_length=10)),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('step', models.CharField(blank=True, max_length=120)),
                ('problem', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-created_at', '-pk'),
                'constraints': [models.UniqueConstraint(models.Value(1), condition=models.Q(('state__in', ('queued', 'running'))), name='one_unfinished_live_run')],
            },
        ),
        migrations.CreateModel(
            name='LiveList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=120)),
                ('title', models.TextField()),
                ('n', models.PositiveIntegerField()),
                ('members', models.BinaryField()),
                ('outcomes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lists', to='analytics.liveoutcomes')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('outcomes', 'place'), name='live_list_once_per_place')],
            },
        ),
        migrations.CreateModel(
            name='LivePatients',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numbers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('rows', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=None)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.centre')),
                ('outcomes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='patients', to='analytics.liveoutcomes')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('outcomes', 'centre'), name='live_patients_once_per_centre')],
            },
        ),
    ]
