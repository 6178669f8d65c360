"""Several projects of different bodies carried out as one: who leads, who takes part, who pays, what comes first."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.meetings.models import Resolution
from prasan.projects.models import Project


class JointState(models.TextChoices):
    PROPOSED = "PROPOSED", _("เสนอร่วม รอตกลง")
    AGREED = "AGREED", _("ตกลงร่วมกันแล้ว")
    DISSOLVED = "DISSOLVED", _("ยกเลิกการร่วม")


class PartnerRole(models.TextChoices):
    LEAD = "LEAD", _("หน่วยงานหลัก")
    PARTNER = "PARTNER", _("หน่วยงานร่วม")


class PartnerAnswer(models.TextChoices):
    PENDING = "PENDING", _("รอตอบ")
    AGREED = "AGREED", _("ตกลง")
    DECLINED = "DECLINED", _("ไม่ตกลง")


class MoneySource(models.TextChoices):
    """Whose budget a share comes from: the six channels of the three tiers, and what local governments have (1.9)."""

    MINISTRY = "MINISTRY", _("งบประมาณของกระทรวง/กรม")  # M
    CLUSTER = "CLUSTER", _("งบประมาณกลุ่มจังหวัด")  # C1
    PROVINCE_FOR_CLUSTER = "PROVINCE_FOR_CLUSTER", _("งบประมาณจังหวัด เพื่อโครงการของกลุ่มจังหวัด")  # C2
    CLUSTER_TO_MINISTRY = "CLUSTER_TO_MINISTRY", _("กลุ่มจังหวัดขอรับการสนับสนุนจากกระทรวง/กรม")  # C3
    PROVINCE = "PROVINCE", _("งบประมาณจังหวัด")  # P1
    PROVINCE_TO_MINISTRY = "PROVINCE_TO_MINISTRY", _("จังหวัดขอรับการสนับสนุนจากกระทรวง/กรม")  # P2
    LAO = "LAO", _("งบประมาณของ อปท.")
    LAO_SUBSIDY = "LAO_SUBSIDY", _("งบอุดหนุนของ อปท.")  # project type 3
    LAO_TRANSFER = "LAO_TRANSFER", _("งบถ่ายโอนของ อปท.")  # project type 3
    CENTRAL_FUND = "CENTRAL_FUND", _("งบกลาง")


class JointProject(models.Model):
    """One project stands for those joined with it (AFP step 7). The pointers of the merge say what stands now;
    `members` says which projects this act joined, also after it was undone."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="joint_projects")
    members = models.ManyToManyField(Project, related_name="joined_in")
    state = models.CharField(max_length=12, choices=JointState.choices, default=JointState.PROPOSED)
    reason = models.TextField()
    resolution = models.ForeignKey(Resolution, null=True, on_delete=models.PROTECT, related_name="joint_projects")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    dissolved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    dissolved_at = models.DateTimeField(null=True)
    dissolved_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["state", "-proposed_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=~models.Q(state="DISSOLVED"), name="joint_project_stands_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="AGREED") | models.Q(resolution__isnull=False, agreed_at__isnull=False),
                name="joint_project_agreed_by_resolution",
            ),
            models.CheckConstraint(
                condition=models.Q(state="DISSOLVED", dissolved_at__isnull=False)
                | (~models.Q(state="DISSOLVED") & models.Q(dissolved_at__isnull=True)),
                name="joint_project_dissolved_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} ({self.state})"


class JointPartner(models.Model):
    """A body that takes part, and its own answer; one of them leads."""

    joint = models.ForeignKey(JointProject, on_delete=models.CASCADE, related_name="partners")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="joint_parts")
    role = models.CharField(max_length=8, choices=PartnerRole.choices, default=PartnerRole.PARTNER)
    answer = models.CharField(max_length=8, choices=PartnerAnswer.choices, default=PartnerAnswer.PENDING)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "answer"])]
        constraints = [
            models.UniqueConstraint(fields=["joint", "body"], name="joint_partner_once"),
            models.UniqueConstraint(fields=["joint"], condition=models.Q(role="LEAD"), name="joint_one_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.body} ({self.role})"


class CostShare(models.Model):
    """What a body brings in a fiscal year out of one source, integer satang."""

    joint = models.ForeignKey(JointProject, on_delete=models.CASCADE, related_name="shares")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="cost_shares")
    fiscal_year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=24, choices=MoneySource.choices)
    amount_satang = models.BigIntegerField()

    class Meta:
        ordering = ("fiscal_year", "body", "source")
        constraints = [
            models.UniqueConstraint(fields=["joint", "body", "fiscal_year", "source"], name="cost_share_once"),
            models.CheckConstraint(condition=models.Q(amount_satang__gt=0), name="cost_share_positive"),
            models.CheckConstraint(
                condition=models.Q(fiscal_year__range=(2480, 2650)), name="cost_share_year_is_buddhist"
            ),
        ]


class JointTask(models.Model):
    """One piece of the common work: whose, when (half-open), and after which other piece."""

    joint = models.ForeignKey(JointProject, on_delete=models.CASCADE, related_name="tasks")
    ordinal = models.PositiveSmallIntegerField()
    title = models.TextField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="joint_tasks")
    starts_on = models.DateField()
    ends_before = models.DateField()
    after = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="followed_by")

    class Meta:
        ordering = ("joint", "ordinal")
        constraints = [
            models.UniqueConstraint(fields=["joint", "ordinal"], name="joint_task_ordinal_once"),
            models.CheckConstraint(
                condition=models.Q(ends_before__gt=models.F("starts_on")), name="joint_task_runs_forward"
            ),
            models.CheckConstraint(condition=~models.Q(after=models.F("id")), name="joint_task_not_after_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal}. {self.title}"
