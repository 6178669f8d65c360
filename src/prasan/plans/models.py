"""Plan editions of every level: items in priority order, and their totals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.needs.models import Need
from prasan.projects.models import Project


class PlanType(models.TextChoices):
    """Domain glossary §1.7."""

    VILLAGE_PLAN = "VILLAGE_PLAN", _("แผนพัฒนาหมู่บ้าน/ชุมชน")
    LOCAL_PLAN = "LOCAL_PLAN", _("แผนพัฒนาท้องถิ่น")
    LOCAL_ACTION_PLAN = "LOCAL_ACTION_PLAN", _("แผนการดำเนินงานของ อปท.")
    DISTRICT_NEEDS_PLAN = "DISTRICT_NEEDS_PLAN", _("แผนความต้องการระดับอำเภอ")
    PROVINCIAL_ANNUAL_ACTION_PLAN = "PROVINCIAL_ANNUAL_ACTION_PLAN", _("แผนปฏิบัติราชการประจำปีของจังหวัด")


class EditionState(models.TextChoices):
    DRAFT = "DRAFT", _("ร่าง")
    SUBMITTED = "SUBMITTED", _("เสนอแล้ว")
    ENDORSED = "ENDORSED", _("เห็นชอบแล้ว")


class PlanEdition(models.Model):
    """One plan of one body for one fiscal year. It lists projects and needs; it does not own them."""

    plan_type = models.CharField(max_length=32, choices=PlanType.choices)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plan_editions")
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=EditionState.choices, default=EditionState.DRAFT)
    compiled_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan_type", "body", "fiscal_year", "number"], name="plan_edition_once"
            ),
        ]


class PlanItem(models.Model):
    """A project or a need standing in an edition, in priority order."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.CASCADE, related_name="items")
    priority = models.PositiveIntegerField()
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="plan_items")
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="plan_items")

    class Meta:
        ordering = ("edition", "priority")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(project__isnull=False, need__isnull=True)
                | models.Q(project__isnull=True, need__isnull=False),
                name="plan_item_project_or_need",
            ),
            models.UniqueConstraint(fields=["edition", "priority"], name="plan_item_priority_once"),
            models.UniqueConstraint(fields=["edition", "project"], name="plan_item_project_once"),
            models.UniqueConstraint(fields=["edition", "need"], name="plan_item_need_once"),
        ]
