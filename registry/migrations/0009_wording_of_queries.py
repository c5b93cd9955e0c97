from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("registry", "0008_daily_work"),
    ]

    operations = [
        migrations.AddField(
            model_name="query",
            name="wording",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="querymessage",
            name="wording",
            field=models.JSONField(null=True),
        ),
    ]
