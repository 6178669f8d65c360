"""A planning system of the rulebook running for one fiscal year."""

from django.db import models


class Cycle(models.Model):
    """One planning system, instantiated for one fiscal year (Buddhist Era)."""

    system = models.CharField(max_length=40)  # rulebook key, e.g. "moi_2559"
    fiscal_year = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "fiscal_year"], name="cycle_once"),
            models.CheckConstraint(condition=models.Q(fiscal_year__range=(2480, 2650)), name="cycle_year_is_buddhist"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.fiscal_year}"


class CycleStep(models.Model):
    """One step with its window, half-open: `starts_on` is in it, `ends_before` is the first day after."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="steps")
    number = models.CharField(max_length=12)  # as printed: "2a"
    position = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=16)  # lane of the calendar: VILLAGE, LAO, DISTRICT, PROVINCE, …
    name_th = models.TextField()
    name_en = models.TextField()
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)
    certainty = models.CharField(max_length=1)  # S printed, I inferred, - no date printed

    class Meta:
        ordering = ("cycle", "position")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="cycle_step_once"),
            # Both nulls are named: a comparison with null is unknown, and a check lets the unknown pass.
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True, ends_before__isnull=True)
                | models.Q(starts_on__isnull=False, ends_before__isnull=False, ends_before__gt=models.F("starts_on")),
                name="cycle_step_window_runs_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(certainty__in=("S", "I", "-")), name="cycle_step_certainty_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name_th}"
