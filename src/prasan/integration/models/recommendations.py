"""The committee asks an agency to change the area or the time of a project."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.areas.models import Area
from prasan.meetings.models import Resolution
from prasan.projects.models import Project


class ChangeKind(models.TextChoices):
    AREA = "AREA", _("เปลี่ยนพื้นที่")
    TIME = "TIME", _("เปลี่ยนช่วงเวลา")


class RecommendationState(models.TextChoices):
    OPEN = "OPEN", _("รอหน่วยงานตอบ")
    ACCEPTED = "ACCEPTED", _("หน่วยงานปรับตาม")
    DECLINED = "DECLINED", _("หน่วยงานคงเดิม")
    WITHDRAWN = "WITHDRAWN", _("จังหวัดถอนข้อเสนอ")


class ChangeRecommendation(models.Model):
    """ก.บ.จ. recommends a change of area or time of an agency's project; the agency decides (R49)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="recommendations")
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="recommendations")
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    to_area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    to_starts_on = models.DateField(null=True)
    to_ends_before = models.DateField(null=True)
    reason = models.TextField()
    state = models.CharField(max_length=12, choices=RecommendationState.choices, default=RecommendationState.OPEN)
    reply = models.TextField(blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    replied_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="AREA", to_area__isnull=False)
                | models.Q(kind="TIME", to_starts_on__isnull=False, to_ends_before__isnull=False),
                name="recommendation_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.project_id}"
