"""Apart from the step before: PostgreSQL changes no table whose rows were changed in the same transaction."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("cycles", "0003_task_excused_until")]

    operations = [migrations.RemoveField("task", "excused")]
