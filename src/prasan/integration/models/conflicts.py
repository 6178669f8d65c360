"""Two works of different offices that stand in each other's way, and what was decided about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.projects.models import Project


class ConflictKind(models.TextChoices):
    """In which way two works conflict."""

    WRONG_ORDER = "WRONG_ORDER", _("ทำผิดลำดับ")
    SAME_SPOT_SAME_TIME = "SAME_SPOT_SAME_TIME", _("จุดเดียวกัน เวลาเดียวกัน")
    SAME_GROUP_SAME_TIME = "SAME_GROUP_SAME_TIME", _("กลุ่มเดียวกัน เวลาเดียวกัน")
    COULD_SHARE = "COULD_SHARE", _("จัดร่วมกันได้")


class ConflictCertainty(models.TextChoices):
    """How much is known: days and spot, or only years and the village."""

    LIKELY = "LIKELY", _("น่าจะขัดกัน")
    POSSIBLE = "POSSIBLE", _("อาจขัดกัน")


class ConflictDecision(models.TextChoices):
    """What became of it."""

    WAITING = "WAITING", _("รอพิจารณา")
    MOVED = "MOVED", _("ปรับเวลาหรือพื้นที่แล้ว")
    TOGETHER = "TOGETHER", _("ทำร่วมกัน")
    ACCEPTED = "ACCEPTED", _("คงไว้ทั้งสอง")
    NOT_A_CONFLICT = "NOT_A_CONFLICT", _("ไม่ขัดกัน")


class Conflict(models.Model):
    """Two works in each other's way (R31); `first` has the lower id. Found by rules, decided by officers."""

    first = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="conflicts_as_first")
    second = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="conflicts_as_second")
    kind = models.CharField(max_length=24, choices=ConflictKind.choices)
    certainty = models.CharField(max_length=12, choices=ConflictCertainty.choices)
    reasons = models.JSONField(default=list)  # [{"code", "th", "en"}]
    options = models.JSONField(default=list)  # [{"code", "project", "starts_on", "ends_before"}]: what would solve it
    rule_version = models.CharField(max_length=40)
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=16, choices=ConflictDecision.choices, default=ConflictDecision.WAITING)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["decision", "-found_at"])]
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "kind"], name="conflict_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="conflict_lower_id_first"),
            models.CheckConstraint(
                condition=models.Q(decision="WAITING", decided_at__isnull=True)
                | (~models.Q(decision="WAITING") & models.Q(decided_at__isnull=False)),
                name="conflict_decided_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id} {self.second_id}"
