"""Plan editions of every level: items in priority order, and their totals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.cycles.models import Task
from prasan.integration.models import Handover
from prasan.letters.models import Letter
from prasan.meetings.models import AgendaItem, DecisionKind, Resolution
from prasan.needs.models import Need
from prasan.projects.models import Project
from prasan.strategy.models import StrategyPlan


class PlanType(models.TextChoices):
    """Domain glossary §1.7."""

    VILLAGE_PLAN = "VILLAGE_PLAN", _("แผนพัฒนาหมู่บ้าน/ชุมชน")
    LOCAL_PLAN = "LOCAL_PLAN", _("แผนพัฒนาท้องถิ่น")
    LOCAL_ACTION_PLAN = "LOCAL_ACTION_PLAN", _("แผนการดำเนินงานของ อปท.")
    DISTRICT_NEEDS_PLAN = "DISTRICT_NEEDS_PLAN", _("แผนความต้องการระดับอำเภอ")
    PROVINCIAL_ANNUAL_ACTION_PLAN = "PROVINCIAL_ANNUAL_ACTION_PLAN", _("แผนปฏิบัติราชการประจำปีของจังหวัด")
    TAMBON_PLAN = "TAMBON_PLAN", _("แผนพัฒนาตำบล")
    DISTRICT_PLAN = "DISTRICT_PLAN", _("แผนพัฒนาอำเภอ")
    PROVINCIAL_PLAN = "PROVINCIAL_PLAN", _("แผนพัฒนาจังหวัด")
    CLUSTER_PLAN = "CLUSTER_PLAN", _("แผนพัฒนากลุ่มจังหวัด")
    CLUSTER_ANNUAL_ACTION_PLAN = "CLUSTER_ANNUAL_ACTION_PLAN", _("แผนปฏิบัติราชการประจำปีของกลุ่มจังหวัด")
    PROVINCIAL_5Y_PLAN = "PROVINCIAL_5Y_PLAN", _("แผนพัฒนาจังหวัด 5 ปี")
    PROVINCIAL_ANNUAL_REQUEST = "PROVINCIAL_ANNUAL_REQUEST", _("แผนพัฒนาจังหวัดประจำปี (คำของบประมาณ)")
    PROVINCIAL_ANNUAL_AREA_PLAN = "PROVINCIAL_ANNUAL_AREA_PLAN", _("แผนพัฒนาจังหวัดประจำปี (กำหนดพื้นที่)")
    PROVINCIAL_ACTION_PLAN = "PROVINCIAL_ACTION_PLAN", _("แผนปฏิบัติการพัฒนาจังหวัดประจำปี")


class EditionState(models.TextChoices):
    DRAFT = "DRAFT", _("ร่าง")
    SUBMITTED = "SUBMITTED", _("เสนอแล้ว")
    ENDORSED = "ENDORSED", _("เห็นชอบแล้ว")
    BOARD_ENDORSED = "BOARD_ENDORSED", _("คณะกรมการจังหวัดเห็นชอบแล้ว")
    FINAL_ENDORSED = "FINAL_ENDORSED", _("เห็นชอบฉบับสมบูรณ์แล้ว")
    SCREENED = "SCREENED", _("กลั่นกรองแล้ว")
    APPROVED = "APPROVED", _("อนุมัติแล้ว")
    CABINET_APPROVED = "CABINET_APPROVED", _("คณะรัฐมนตรีอนุมัติแล้ว")
    PROCLAIMED = "PROCLAIMED", _("ประกาศใช้แล้ว")


class EditionKind(models.TextChoices):
    """What an edition is to the one before it (R71)."""

    ORIGINAL = "ORIGINAL", _("ฉบับแรก")
    ADDED = "ADDED", _("เพิ่มเติม")
    CHANGED = "CHANGED", _("เปลี่ยนแปลง")
    CORRECTED = "CORRECTED", _("แก้ไข")
    REVIEWED = "REVIEWED", _("ทบทวน")


class PlanEdition(models.Model):
    """One plan of one body for one fiscal year. It lists projects and needs; it does not own them."""

    plan_type = models.CharField(max_length=32, choices=PlanType.choices)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plan_editions")
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=EditionKind.choices, default=EditionKind.ORIGINAL)
    amendment_number = models.PositiveSmallIntegerField(null=True)  # ครั้งที่ n/year (R71)
    amendment_year = models.PositiveSmallIntegerField(null=True)
    amendment_reason = models.TextField(blank=True)
    amends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="amendments")
    task = models.ForeignKey(
        Task, null=True, on_delete=models.PROTECT, related_name="editions"
    )  # the step it is made in
    strategy = models.ForeignKey(StrategyPlan, null=True, on_delete=models.PROTECT, related_name="editions")
    proclaimed_on = models.DateField(null=True)
    state = models.CharField(max_length=16, choices=EditionState.choices, default=EditionState.DRAFT)
    compiled_at = models.DateTimeField()
    ordered_by_hand = models.BooleanField(default=False)  # then compiling again keeps the officers' order
    checked_at = models.DateTimeField(null=True)  # when it was last held against the rules
    checked_version = models.PositiveIntegerField(null=True)  # which version that was: a later one is unchecked
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan_type", "body", "fiscal_year", "number"], name="plan_edition_once"),
            models.CheckConstraint(
                condition=models.Q(fiscal_year__range=(2480, 2650)), name="plan_edition_year_is_buddhist"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_plan_type_display()} {self.body} {self.fiscal_year}/{self.number}"


class ItemSource(models.TextChoices):
    """Whether the records put an item into the plan, or an officer did."""

    COMPILED = "COMPILED", _("จากการรวบรวม")
    ADDED = "ADDED", _("เจ้าหน้าที่เพิ่ม")


class PlanItem(models.Model):
    """A project or a need standing in an edition, in priority order."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.CASCADE, related_name="items")
    priority = models.PositiveIntegerField()
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="plan_items")
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="plan_items")
    handover = models.ForeignKey(Handover, null=True, on_delete=models.PROTECT, related_name="plan_items")  # R56
    source = models.CharField(max_length=8, choices=ItemSource.choices, default=ItemSource.COMPILED)
    confirms = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="confirmed_by")  # R08
    confirms_reason = models.TextField(blank=True)  # why it stands in no five-year plan: new or special policy

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


class PlanRemoval(models.Model):
    """An officer took this out of an edition and said why; compiling again does not bring it back."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.CASCADE, related_name="removals")
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="plan_removals")
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="plan_removals")
    reason = models.TextField()
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(project__isnull=False, need__isnull=True)
                | models.Q(project__isnull=True, need__isnull=False),
                name="plan_removal_project_or_need",
            ),
            models.UniqueConstraint(fields=["edition", "project"], name="plan_removal_project_once"),
            models.UniqueConstraint(fields=["edition", "need"], name="plan_removal_need_once"),
        ]


class Gate(models.Model):
    """A state an edition reached by a resolution of the right body and kind (R03, R45)."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.CASCADE, related_name="gates")
    state = models.CharField(max_length=16, choices=EditionState.choices)  # the state reached
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    decision_kind = models.CharField(max_length=16, choices=DecisionKind.choices)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="gates")
    passed_at = models.DateTimeField()
    passed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    snapshot = models.JSONField(default=dict)  # the edition as it was decided on, frozen
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the snapshot

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "state"], name="gate_once")]


class Referral(models.Model):
    """An edition put on the agenda of a meeting, for the stage it waits for."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.CASCADE, related_name="referrals")
    agenda_item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="referral")
    state = models.CharField(max_length=16, choices=EditionState.choices)  # the state asked for

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "agenda_item"], name="referral_once")]


class EditionDispatch(models.Model):
    """An edition sent with a letter (R14, R25, R27)."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.CASCADE, related_name="dispatches")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="editions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "letter"], name="edition_dispatch_once")]


class FindingState(models.TextChoices):
    """What the officer answered, and what was decided of it."""

    OPEN = "OPEN", _("รอคำตอบ")
    ACCEPTED = "ACCEPTED", _("รับว่าไม่เป็นไปตามกฎ")
    CORRECTED = "CORRECTED", _("แก้ไขแล้ว")
    JUSTIFIED = "JUSTIFIED", _("ชี้แจงเหตุผล")
    APPEALED = "APPEALED", _("โต้แย้ง")
    GONE = "GONE", _("ตรวจใหม่แล้วไม่พบ")


class FindingDecision(models.TextChoices):
    NONE = "NONE", _("ยังไม่วินิจฉัย")
    UPHELD = "UPHELD", _("ยืนตามข้อสังเกต")
    LIFTED = "LIFTED", _("ยกข้อสังเกต")


class ConformityFinding(models.Model):
    """Where an edition, or one item of it, does not keep a rule; with the officer's answer and the decision."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.CASCADE, related_name="findings")
    item = models.ForeignKey(PlanItem, null=True, on_delete=models.SET_NULL, related_name="findings")
    subject_code = models.CharField(max_length=60, blank=True)  # the record's code, kept when the item goes
    rule = models.CharField(max_length=8)  # rulebook id
    consequence = models.CharField(max_length=8)  # BLOCKS, WARNS, INFORMS, as the rulebook said that day
    explanation_th = models.TextField()
    explanation_en = models.TextField()
    found_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=FindingState.choices, default=FindingState.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, choices=FindingDecision.choices, default=FindingDecision.NONE)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    resolution = models.ForeignKey(Resolution, null=True, on_delete=models.PROTECT, related_name="findings")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "rule", "subject_code"], name="conformity_finding_once"),
        ]
        indexes = [models.Index(fields=["edition", "state"])]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject_code}"
