"""Apart from the migration that read the hours: PostgreSQL alters no table with events pending."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("analytics", "0002_what_runs_make")]

    operations = [migrations.RemoveField("reportdefinition", "hour")]
