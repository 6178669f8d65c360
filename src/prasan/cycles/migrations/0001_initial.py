import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Cycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("system", models.CharField(max_length=40)),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("opened_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("system", "fiscal_year"), name="cycle_once"),
                    models.CheckConstraint(
                        condition=models.Q(("fiscal_year__range", (2480, 2650))), name="cycle_year_is_buddhist"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CycleStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=12)),
                ("position", models.PositiveSmallIntegerField()),
                ("level", models.CharField(max_length=16)),
                ("name_th", models.TextField()),
                ("name_en", models.TextField()),
                ("starts_on", models.DateField(null=True)),
                ("ends_before", models.DateField(null=True)),
                ("certainty", models.CharField(max_length=1)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="cycles.cycle"
                    ),
                ),
            ],
            options={
                "ordering": ("cycle", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "number"), name="cycle_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_before__isnull", True), ("starts_on__isnull", True)),
                            models.Q(
                                ("ends_before__gt", models.F("starts_on")),
                                ("ends_before__isnull", False),
                                ("starts_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="cycle_step_window_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certainty__in", ("S", "I", "-"))), name="cycle_step_certainty_known"
                    ),
                ],
            },
        ),
    ]
