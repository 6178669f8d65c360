"""An exemption ends: the day until which a task is excused takes the place of whether it is."""

from django.db import migrations, models
from django.db.models import Max


def days_of_exemptions(apps, schema_editor):
    Task = apps.get_model("cycles", "Task")
    StepException = apps.get_model("cycles", "StepException")
    held = StepException.objects.filter(kind="EXEMPTION", revoked_at=None, task__excused=True)
    for task, last in held.values_list("task").annotate(last=Max("ends_before")).order_by():
        Task.objects.filter(pk=task).update(excused_until=last)


class Migration(migrations.Migration):

    dependencies = [("cycles", "0002_calendarfeed_cycleevent_gatedecision_stepexception_and_more")]

    operations = [
        migrations.AddField("task", "excused_until", models.DateField(null=True)),
        migrations.RunPython(days_of_exemptions, migrations.RunPython.noop),
    ]
