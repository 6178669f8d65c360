"""Projects with yearly amounts, targets, places and the needs they take up."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.needs.models import Need
from prasan.strategy.models import Objective


class Origin(models.TextChoices):
    """The list a project first stood in."""

    COMMUNITY = "COMMUNITY", _("แผนหมู่บ้าน/ชุมชน")
    LOCAL_PLAN = "LOCAL_PLAN", _("แผนพัฒนาท้องถิ่น (ผ.02)")
    LOCAL_PLAN_COMMUNITY = "LOCAL_PLAN_COMMUNITY", _("โครงการจากแผนชุมชน (ผ.02/1)")
    LOCAL_PLAN_COORDINATION = "LOCAL_PLAN_COORDINATION", _("โครงการประสานแผน (ผ.02/2)")
    ACTION_PLAN = "ACTION_PLAN", _("แผนการดำเนินงาน")
    AGENCY = "AGENCY", _("บัญชีโครงการของส่วนราชการ")
    LIST = "LIST", _("บัญชีโครงการอื่น")


class AmountKind(models.TextChoices):
    PLANNED = "PLANNED", _("ตามแผน")
    BUDGETED = "BUDGETED", _("งบประมาณ")
    OBLIGATED = "OBLIGATED", _("ผูกพัน")
    PAID = "PAID", _("เบิกจ่าย")


class Span(models.TextChoices):
    """Whether an amount falls in the year, in it and all before, or in it and all after."""

    IN = "IN", _("ในปี")
    UNTIL = "UNTIL", _("จนถึงปี")
    FROM = "FROM", _("ตั้งแต่ปี")


class Progress(models.TextChoices):
    UNKNOWN = "UNKNOWN", _("ไม่ระบุ")
    NOT_STARTED = "NOT_STARTED", _("ยังไม่เริ่ม")
    IN_PROGRESS = "IN_PROGRESS", _("อยู่ระหว่างดำเนินการ")
    DONE = "DONE", _("แล้วเสร็จ")
    CANCELLED = "CANCELLED", _("ยกเลิก")


class ProjectSequence(models.Model):
    """The last number given to a project of a province and fiscal year; its row is the lock of the numbering."""

    province_code = models.CharField(max_length=2)  # "00" where no single province is meant
    fiscal_year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province_code", "fiscal_year"], name="project_sequence_once"),
        ]


class Project(models.Model):
    """One project of one body. It keeps its code from the village list to the result page."""

    code = models.CharField(max_length=24, unique=True)
    owner = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="projects")
    asks = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="asked_projects")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="projects")
    origin = models.CharField(max_length=24, choices=Origin.choices)
    fiscal_year = models.PositiveSmallIntegerField()  # first year of money, or the year of the list
    ordinal = models.PositiveIntegerField(null=True)
    name = models.TextField()
    name_key = models.CharField(max_length=500, db_index=True)
    external_code = models.CharField(max_length=60, blank=True)
    objective = models.TextField(blank=True)
    target = models.TextField(blank=True)
    kpi = models.TextField(blank=True)
    expected_result = models.TextField(blank=True)
    responsible = models.TextField(blank=True)
    strategy = models.TextField(blank=True)
    tactic = models.TextField(blank=True)
    programme = models.TextField(blank=True)
    section = models.TextField(blank=True)  # label inside a sheet, e.g. an amendment
    amendment = models.CharField(max_length=200, blank=True)  # edition label as printed
    place_text = models.TextField(blank=True)
    moos = models.CharField(max_length=60, blank=True)
    progress = models.CharField(max_length=16, choices=Progress.choices, default=Progress.UNKNOWN)
    work_starts_on = models.DateField(null=True)  # when the work is planned to begin and, half-open, to be over
    work_ends_before = models.DateField(null=True)
    notified_on = models.DateField(null=True)  # R48, R50: when the agency told the province
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "fiscal_year"]),
            models.Index(fields=["origin", "fiscal_year"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fiscal_year__range=(2480, 2650)), name="project_year_is_buddhist"
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="project_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def work(self) -> tuple[dt.date, dt.date] | None:
        """The first day of the work and, half-open, the day it is planned to be over."""
        if self.work_starts_on is None or self.work_ends_before is None:
            return None
        return self.work_starts_on, self.work_ends_before

    def canonical(self) -> "Project":
        """The project that stands for this one after merges."""
        project = self
        while project.merged_into is not None:
            project = project.merged_into
        return project


class ProjectYear(models.Model):
    """An amount of a project for one fiscal year, integer satang."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="years")
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=AmountKind.choices)
    span = models.CharField(max_length=8, choices=Span.choices, default=Span.IN)
    amount_satang = models.BigIntegerField()

    class Meta:
        ordering = ("fiscal_year",)
        constraints = [
            models.UniqueConstraint(fields=["project", "fiscal_year", "kind", "span"], name="project_year_once"),
            models.CheckConstraint(condition=models.Q(amount_satang__gte=0), name="project_year_not_negative"),
        ]
        indexes = [models.Index(fields=["fiscal_year", "kind"])]


class TakeUp(models.Model):
    """A need that a project answers (R36: nothing asked may be lost)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="take_ups")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="take_ups")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "need"], name="take_up_once")]


class ProjectObjective(models.Model):
    """A project answers an objective of a strategy (R01): an officer's link, or one read from a file and confirmed."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="objective_links")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="project_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "objective"], name="project_objective_once")]


# At the end of an index, so that some thousand sketches are read off it without a look at the table for each.
READ_OFF = ("project", "sketch")


class ProjectSketch(models.Model):
    """What a standing project is found by when another like it is written; the acts of this room keep it true.

    Places are the numbers that the matching engine gives their names, 0 where nobody named one.
    """

    project = models.OneToOneField(Project, primary_key=True, on_delete=models.CASCADE, related_name="sketch")
    province = models.BigIntegerField()
    district = models.BigIntegerField()
    subdistrict = models.BigIntegerField()
    owner = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    satang = models.BigIntegerField()  # over all years; 0 where no amount is named
    sketch = models.BinaryField()
    reading = models.PositiveSmallIntegerField()  # the version of the engine's sketches

    class Meta:
        indexes = [
            models.Index(fields=["province", "subdistrict", "district", *READ_OFF], name="sketch_of_place"),
            models.Index(fields=["province", "district", "satang", *READ_OFF], name="sketch_of_amount_nearby"),
            models.Index(fields=["owner", "province", "district", *READ_OFF], name="sketch_of_owner"),
            models.Index(fields=["province", "satang", *READ_OFF], name="sketch_of_amount_around"),
            models.Index(fields=["satang"], name="sketch_by_amount"),
        ]
