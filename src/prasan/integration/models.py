"""Pairs that may be the same, what was decided about them, and hand-overs between bodies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.meetings.models import Resolution
from prasan.projects.models import Project


class Verdict(models.TextChoices):
    """What the engine says of a pair."""

    DUPLICATE = "DUPLICATE", _("ซ้ำ")
    OVERLAP = "OVERLAP", _("ทับซ้อน")
    CONTINUATION = "CONTINUATION", _("ต่อเนื่อง")
    RECURRING = "RECURRING", _("ทำประจำ")


class PairDecision(models.TextChoices):
    """What an officer decided of a pair."""

    WAITING = "WAITING", _("รอพิจารณา")
    SAME = "SAME", _("โครงการเดียวกัน")
    OVERLAP = "OVERLAP", _("ทับซ้อน คงไว้ทั้งสอง")
    CONTINUATION = "CONTINUATION", _("ต่อเนื่องกัน")
    DIFFERENT = "DIFFERENT", _("ต่างกัน")


class Pair(models.Model):
    """Two projects the engine found alike; `first` has the lower id. Suggestions are kept with their score."""

    first = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="pairs_as_first")
    second = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="pairs_as_second")
    probability = models.FloatField()
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    reasons = models.JSONField(default=list)  # [{"code", "th", "en"}]
    engine = models.CharField(max_length=40)  # name and version of the weights
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=12, choices=PairDecision.choices, default=PairDecision.WAITING)
    decision_reason = models.TextField(blank=True)
    kept = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="pairs_kept")  # SAME
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["decision", "-probability"])]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="pair_lower_id_first"),
            models.CheckConstraint(
                condition=models.Q(decision="SAME", kept__isnull=False)
                | (~models.Q(decision="SAME") & models.Q(kept__isnull=True)),
                name="pair_same_keeps_one",
            ),
        ]


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
