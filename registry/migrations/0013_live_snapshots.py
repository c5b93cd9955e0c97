import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0012_exports'),
    ]

    operations = [
        migrations.AddField(
            model_name='snapshot',
            name='is_live',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='moment',
            field=models.TextField(default='0 1:1:'),
        ),
        migrations.AlterField(
            model_name='snapshot',
            name='taken_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_live', True), ('taken_by', None)), models.Q(('is_live', False), ('taken_by__isnull', False)), _connector='OR'), name='a_live_snapshot_is_taken_by_nobody'),
        ),
    ]
