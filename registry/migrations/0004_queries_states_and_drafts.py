import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0003_rules_within_a_record'),
    ]

    operations = [
        migrations.AddField(
            model_name='registrysettings',
            name='frozen_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='Frozen since'),
        ),
        migrations.AddField(
            model_name='registrysettings',
            name='frozen_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='Query',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('form_name', models.CharField(max_length=30, verbose_name='Form')),
                ('instance_no', models.PositiveSmallIntegerField(null=True, verbose_name='Number')),
                ('field_name', models.CharField(blank=True, max_length=40, verbose_name='Item')),
                ('check_id', models.CharField(blank=True, max_length=20, verbose_name='Check')),
                ('check_version', models.PositiveSmallIntegerField(null=True)),
                ('places', models.JSONField(default=list)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('settled', models.JSONField(default=list)),
                ('message', models.TextField(verbose_name='Question')),
                ('impact', models.PositiveSmallIntegerField(default=4, verbose_name='Effect on the outcome analyses')),
                ('state', models.CharField(choices=[('open', 'open'), ('answered', 'answered'), ('closed', 'closed'), ('reopened', 'reopened')], default='open', max_length=10, verbose_name='State')),
                ('answer', models.CharField(blank=True, choices=[('corrected', 'corrected'), ('confirmed', 'confirmed as it stands'), ('unavailable', 'data unavailable')], max_length=12, verbose_name='Answer')),
                ('raised_at', models.DateTimeField(auto_now_add=True)),
                ('state_since', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.centre')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='queries', to='registry.patient')),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Query',
                'verbose_name_plural': 'Queries',
                'ordering': ('impact', 'raised_at'),
            },
        ),
        migrations.CreateModel(
            name='QueryMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('state', models.CharField(choices=[('open', 'open'), ('answered', 'answered'), ('closed', 'closed'), ('reopened', 'reopened')], max_length=10)),
                ('answer', models.CharField(blank=True, choices=[('corrected', 'corrected'), ('confirmed', 'confirmed as it stands'), ('unavailable', 'data unavailable')], max_length=12)),
                ('text', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.centre')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.patient')),
                ('query', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='registry.query')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('form_name', models.CharField(max_length=30)),
                ('record_id', models.BigIntegerField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('meaning', models.CharField(choices=[('approved', 'I have reviewed this record and it is correct and complete.')], default='approved', max_length=20)),
                ('signer_name', models.CharField(max_length=120)),
                ('content_sha256', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.centre')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='registry.patient')),
            ],
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('form_name', models.CharField(max_length=30)),
                ('record_id', models.BigIntegerField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('fields', models.JSONField(default=list)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.centre')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='registry.patient')),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_name', models.CharField(max_length=30)),
                ('record', models.UUIDField(null=True)),
                ('base_version', models.PositiveIntegerField(default=0)),
                ('content', models.JSONField(default=dict)),
                ('kept_at', models.DateTimeField(auto_now=True)),
                ('patient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='registry.patient')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'patient', 'form_name', 'record'), name='one_draft_a_page', nulls_distinct=False)],
            },
        ),
        migrations.AddIndex(
            model_name='query',
            index=models.Index(fields=['centre', 'state'], name='query_by_centre_and_state'),
        ),
        migrations.AddIndex(
            model_name='query',
            index=models.Index(fields=['patient', 'form_name'], name='query_by_record'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('form_name', 'record_id'), name='signed_once'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.UniqueConstraint(fields=('form_name', 'record_id'), name='verified_once'),
        ),
    ]
