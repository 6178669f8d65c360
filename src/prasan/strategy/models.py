"""Strategy: each level's plan with vision, issues, goals, strategies, indicators, and links to the level above."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body


class StrategyLevel(models.TextChoices):
    """From the highest level to the lowest; a link goes up to a level above."""

    NATIONAL = "NATIONAL", _("ชาติ")
    REGION = "REGION", _("ภาค")
    CLUSTER = "CLUSTER", _("กลุ่มจังหวัด")
    PROVINCE = "PROVINCE", _("จังหวัด")
    DISTRICT = "DISTRICT", _("อำเภอ")
    LAO = "LAO", _("องค์กรปกครองส่วนท้องถิ่น")


class StrategyPlan(models.Model):
    """The strategic frame of one level for a span of fiscal years; proclaimed on a day, or still a draft."""

    code = models.CharField(max_length=40)  # e.g. "national_strategy_2561", "PROVINCE-46"
    number = models.PositiveSmallIntegerField(default=1)  # version; what is proclaimed never changes
    level = models.CharField(max_length=12, choices=StrategyLevel.choices)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="strategy_plans")
    title_th = models.TextField()
    title_en = models.TextField(blank=True)
    vision = models.TextField(blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    proclaimed_on = models.DateField(null=True)
    proclaimed_by = models.CharField(max_length=200, blank=True)  # number of the resolution or announcement
    reference = models.TextField(blank=True)
    certainty = models.CharField(max_length=1, default="S")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="strategy_plan_once"),
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")), name="strategy_plan_runs_forward"
            ),
            models.CheckConstraint(
                condition=models.Q(first_year__range=(2480, 2650)), name="strategy_plan_year_is_buddhist"
            ),
        ]

    def __str__(self) -> str:
        return self.title_th


class ObjectiveKind(models.TextChoices):
    ISSUE = "ISSUE", _("ประเด็นยุทธศาสตร์")
    GOAL = "GOAL", _("เป้าประสงค์")
    STRATEGY = "STRATEGY", _("กลยุทธ์/แนวทางการพัฒนา")


class Objective(models.Model):
    """A node of a plan's goal tree: issue > goal > strategy."""

    plan = models.ForeignKey(StrategyPlan, on_delete=models.CASCADE, related_name="objectives")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    kind = models.CharField(max_length=12, choices=ObjectiveKind.choices)
    code = models.CharField(max_length=20)  # "1", "1.2", as printed
    position = models.PositiveSmallIntegerField()
    name_th = models.TextField()
    name_en = models.TextField(blank=True)
    name_key = models.CharField(max_length=500, blank=True, db_index=True)

    class Meta:
        ordering = ("plan", "position")
        constraints = [models.UniqueConstraint(fields=["plan", "kind", "code"], name="objective_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name_th}"


class Indicator(models.Model):
    """What tells whether an objective is reached: unit, baseline and its year."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    name_th = models.TextField()
    name_en = models.TextField(blank=True)
    unit = models.CharField(max_length=100)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    baseline_year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("objective", "position")
        constraints = [models.UniqueConstraint(fields=["objective", "position"], name="indicator_position_once")]

    def __str__(self) -> str:
        return self.name_th


class IndicatorTarget(models.Model):
    """The target value of an indicator for one fiscal year."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    fiscal_year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        ordering = ("indicator", "fiscal_year")
        constraints = [models.UniqueConstraint(fields=["indicator", "fiscal_year"], name="indicator_target_once")]


class ObjectiveLink(models.Model):
    """An objective answers one of a level above."""

    below = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="links_up")
    above = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="links_down")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["below", "above"], name="objective_link_once"),
            models.CheckConstraint(condition=~models.Q(below=models.F("above")), name="objective_link_not_to_itself"),
        ]
