"""A project going from one body to the next, with the verdict and the reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.projects.models import Project


class CapacityVerdict(models.TextChoices):
    """Why a body hands a project on instead of doing it itself (เกินขีดความสามารถ)."""

    MONEY = "MONEY", _("เกินกำลังงบประมาณ")
    SKILL = "SKILL", _("ต้องใช้ความเชี่ยวชาญเฉพาะ")
    CROSSES_BORDER = "CROSSES_BORDER", _("คาบเกี่ยวหลายพื้นที่")
    AUTHORITY = "AUTHORITY", _("ไม่อยู่ในอำนาจหน้าที่")
    NOT_TAKEN = "NOT_TAKEN", _("ไม่ได้รับเข้าแผน")
    NOT_STATED = "NOT_STATED", _("เกินศักยภาพ (แบบไม่ได้ระบุด้าน)")  # what แบบ ผ.02/2 says, and no more
    PROPOSED = "PROPOSED", _("เห็นชอบและเสนอต่อ")  # a committee, which builds nothing, says yes and proposes


class HandoverState(models.TextChoices):
    SENT = "SENT", _("ส่งต่อแล้ว รอตอบ")
    ACCEPTED = "ACCEPTED", _("รับไว้แล้ว")
    RETURNED = "RETURNED", _("ส่งคืน")


class Handover(models.Model):
    """A project handed from one body to another with a capacity verdict and a reason (R36, R37)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="handovers")
    hop = models.PositiveSmallIntegerField()  # 1 for the first hand-over of the project
    from_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="handovers_out")
    to_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="handovers_in")
    coordinator = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")  # R36: กม.
    verdict = models.CharField(max_length=16, choices=CapacityVerdict.choices)
    reason = models.TextField()
    state = models.CharField(max_length=12, choices=HandoverState.choices, default=HandoverState.SENT)
    answer_reason = models.TextField(blank=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("project", "hop")
        indexes = [models.Index(fields=["to_body", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["project", "hop"], name="handover_hop_once"),
            models.CheckConstraint(condition=~models.Q(from_body=models.F("to_body")), name="handover_to_another_body"),
            models.UniqueConstraint(fields=["project"], condition=models.Q(state="SENT"), name="handover_one_open"),
        ]
